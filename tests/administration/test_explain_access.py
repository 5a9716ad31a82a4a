"""*Varför ser X det här?*: the door's own answers, told; a conflict of interest only to whoever may know of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from audit.models import Entry
from tests.access.routes import every_route
from tests.administration.delegations import stand_in
from tests.administration.proposals import confirmed, proposed
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.administration.queries.explanation import ABOUT_ONE, answers, explain
from vetting.recruitment.models import Recusal

PAGE = "/behorigheter/varfor/"


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world, "assistant").open()


def asked(world: World, by: str, about: str, reference: str) -> tuple[int, str]:
    answer = client_of(world, by).post(PAGE, filled(username=about, reference=reference))
    return answer.status_code, answer.content.decode()


def reference(walk: Walk) -> str:
    return walk.case().recruitment.reference


def shut_out(world: World, walk: Walk, name: str) -> None:
    recruitment, person = walk.case().recruitment, world.person(name)
    recusal = Recusal.objects.filter(recruitment=recruitment, person=person).first()
    recusal = recusal or Recusal(recruitment=recruitment, person=person, declared_on=walk.on)
    recusal.state, recusal.changed_at = "excluded", person.created_at
    recusal.decided_by, recusal.decided_on = world.person("head"), walk.on
    put(recusal)


def test_every_permission_that_an_address_of_a_recruitment_asks_for_is_explained() -> None:
    asked_for = {
        route.declaration.permission
        for route in every_route()
        if route.declaration and route.pattern.startswith("rekryteringar/<uuid:pk>")
    }
    assert asked_for <= set(ABOUT_ONE)


def test_each_answer_is_the_doors(world: World, walk: Walk) -> None:
    """For everybody in the municipality, what is told as given is what the door says yes to, and nothing besides."""
    case = walk.case()
    for name, account in world.accounts.items():
        (told,) = explain(case, [account], world.actor("auditor"))
        given = {code for reason in told.gives for code in reason.permissions}
        actor = world.actor(name)
        whole = case.facts_for(actor)
        for code in ABOUT_ONE:
            if ask(actor, code, whole).allowed:
                assert code in given, (name, code)
            elif not code.startswith(("check.", "opinion.", "escalation.")):
                assert code not in given, (name, code)


def test_the_role_grant_that_is_named_is_the_one_that_gives(world: World, walk: Walk) -> None:
    """Without it the door says no; with it alone the door says yes."""
    case = walk.case()
    world.hire("both", "hr_officer", unit=world.units["school"])
    world.hire("both", "hr_officer", unit=world.units["procurement"])
    (told,) = explain(case, [world.accounts["both"]], world.actor("auditor"))
    sees = next(reason for reason in told.gives if "recruitment.view" in reason.permissions)
    assert [grant.unit_id for grant in sees.grants] == [world.units["school"].pk]
    actor = world.actor("both")
    without = [replace(held, unit_paths=frozenset({"0002.0001."})) for held in actor.roles]
    assert not ask(replace(actor, roles=tuple(without)), "recruitment.view", case.facts_for(actor)).allowed


def test_a_role_tells_since_when_and_on_whose_word(world: World, walk: Walk) -> None:
    grant = confirmed(world, proposed(world, place=world.units["school"]))
    status, page = asked(world, "hr_head", "employee", reference(walk))
    assert status == 200
    assert "HR-handläggare i den egna enheten med underenheter" in page
    assert "Föreslagen av Administrator, bekräftad av Hr Head" in page
    assert str(grant.valid_from.year) in page


def test_a_substitute_is_told_whom_she_stands_in_for(world: World, walk: Walk) -> None:
    world.hire("temp", None, manager="head")
    stand_in(world, "hr", "temp", days=7)
    stand_in(world, "other_hr", "temp", days=7)
    _status, page = asked(world, "auditor", "temp", reference(walk))
    assert "Ersättare: det som rollen HR-handläggare skulle ge" in page
    assert "Ersättare för Hr från och med" in page
    assert "Utsedd av Hr." in page
    assert "Ersättare för Other Hr" not in page, "she has nothing here"
    person = world.person("hr")
    person.is_protected = True
    put(person)
    _status, page = asked(world, "auditor", "temp", reference(walk))
    assert "Ersättare för Namnet visas inte" in page


def test_an_assignment_and_the_managers_place_are_told(world: World, walk: Walk) -> None:
    _status, officer = asked(world, "auditor", "hr", reference(walk))
    assert "Tilldelad som HR-handläggare av" in officer
    _status, manager = asked(world, "auditor", "manager", reference(walk))
    assert "Ansvarig chef för rekryteringen sedan den" in manager


def test_what_is_missing_is_told_to_whoever_may_know(world: World, walk: Walk) -> None:
    _status, page = asked(world, "hr_head", "other_hr", reference(walk))
    assert "ger det bara i den egna enheten" in page
    _status, page = asked(world, "hr_head", "employee", reference(walk))
    assert "Ingen av personens roller ger det här" in page


@pytest.mark.parametrize("viewer", ["hr_head", "security_head", "auditor"])
def test_who_may_know_is_told_of_the_conflict(world: World, walk: Walk, viewer: str) -> None:
    shut_out(world, walk, "hr")
    _status, page = asked(world, viewer, "hr", reference(walk))
    assert "Jäv – deltar inte" in page
    assert "Beslutat av Head den" in page


@pytest.mark.parametrize("viewer", ["administrator", "data_protection_officer"])
def test_others_read_it_as_any_lack_of_access(world: World, walk: Walk, viewer: str) -> None:
    """Word for word what they read of somebody who simply has no access."""
    world.hire("stranger", "hr_officer", unit=world.units["procurement"])
    shut_out(world, walk, "hr")
    pages = []
    for name in ("hr", "stranger"):
        _status, page = asked(world, viewer, name, reference(walk))
        assert "Beslutat" not in page
        told = re.sub(r'(value|id|nonce|aria-labelledby)="[^"]*"', "", page)
        pages.append(told.replace("Stranger", "X").replace(">Hr<", ">X<").replace("Det Hr kan", "Det X kan"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("name", ["hr", "manager", "security_one", "registrar", "employee", "chief"])
def test_who_may_not_ask(world: World, walk: Walk, name: str) -> None:
    assert client_of(world, name).get(PAGE).status_code == 404
    assert asked(world, name, "hr", reference(walk))[0] == 404


def test_one_does_not_learn_that_a_recruitment_exists(world: World, walk: Walk) -> None:
    """Outside one's authority, or where one takes no part, the answer is that of a reference that is nobody's."""
    world.hire("elsewhere_head", "hr_head", authority=world.other_authority)
    for agreement in world.authority.receives.all():
        if agreement.function == "hr":
            agreement.valid_to = agreement.valid_from
            put(agreement)

    def answer(by: str, ref: str) -> str:
        status, page = asked(world, by, "hr", ref)
        assert status == 422
        return re.sub(r'(value|id|nonce)="[^"]*"', "", page)

    assert answer("elsewhere_head", reference(walk)) == answer("elsewhere_head", "R-1999-0001")
    assert not Entry.objects.filter(action="access.explained").exists()


def test_whoever_stands_aside_does_not_reach_it_either(world: World, walk: Walk) -> None:
    shut_out(world, walk, "hr_head")
    assert asked(world, "hr_head", "hr", reference(walk))[0] == 422
    assert asked(world, "security_head", "hr", reference(walk))[0] == 200


def test_no_content_and_no_names_of_candidates(world: World, walk: Walk) -> None:
    finalist = walk.finalist("Björk Kanarieberg")
    _status, page = asked(world, "auditor", "hr", reference(walk))
    assert "Kanarieberg" not in page
    assert f"{finalist.pk}" not in page


def test_every_question_is_written_down_and_names_nobody(world: World, walk: Walk) -> None:
    asked(world, "data_protection_officer", "hr", reference(walk))
    entry = Entry.objects.get(action="access.explained")
    assert entry.subject == walk.pk
    assert entry.facts == {
        "role": "data_protection_officer",
        "reference": reference(walk),
        "target_role": "hr_officer",
    }


def test_looking_at_the_empty_page_writes_nothing(world: World, walk: Walk) -> None:
    client = client_of(world, "auditor")
    before = Entry.objects.count()
    assert client.get(PAGE).status_code == 200
    assert Entry.objects.count() == before


def test_each_open_account_is_answered_for_and_a_shut_one_reaches_nothing(world: World, walk: Walk) -> None:
    world.accounts["second"] = Account.objects.create_user("second", None, person=world.person("hr"))
    shut = Account.objects.create_user("third", None, person=world.person("hr"))
    shut.is_active = False
    shut.save(update_fields=["is_active"])
    _status, page = asked(world, "auditor", "third", reference(walk))
    assert page.count("kan göra i") == 2
    assert page.count("Det som personen inte kan – second") == 1, "each card has a name of its own"
    assert ">second<" not in page, "and says it once"
    assert "1 stängt konto" in page


def test_the_answers_about_a_part_count(world: World, walk: Walk) -> None:
    """What somebody may do with some of the checks is told as given; nobody performs a recruitment as a whole."""
    actor = world.actor("hr")
    assert not ask(actor, "check.begin", walk.case().facts_for(actor)).allowed
    assert answers(walk.case(), actor)["check.begin"].allowed


def test_from_a_role_one_asks_about_its_person_and_no_address_names_her(world: World) -> None:
    grant = RoleGrant.objects.get(person=world.person_id("security_one"))
    head = client_of(world, "hr_head")
    username = world.accounts["security_one"].username
    page = head.get(f"/behorigheter/roller/{grant.pk}/").text
    for room in ("varfor", "vad-skulle"):
        address = f"/behorigheter/{room}/?roll={grant.pk}"
        assert address in page
        assert f'value="{username}"' in head.get(address).text
        for odd in ("nothing", str(grant.person_id), ""):
            assert f'value="{username}"' not in head.get(f"/behorigheter/{room}/?roll={odd}").text
    person = grant.person
    person.is_protected = True
    put(person)
    assert f'value="{username}"' not in head.get(address).text
