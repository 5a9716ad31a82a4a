"""Whoever stands in for somebody does what she may do herself, on her days, and nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.administration.delegations import ended, stand_in, stood_in
from tests.recruitment.names import names_open
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import ask
from vetting.accounts.models import Account
from vetting.recruitment.actions.candidacy import create_candidacy
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.models import Recusal
from vetting.recruitment.queries.readers import access_to
from vetting.recruitment.queries.visible import reach_of


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world, "buyer").open()


def sees(world: World, name: str, walk: Walk) -> bool:
    """Page, list, search, export and the door say the same."""
    client = client_of(world, name)
    reference = walk.case().recruitment.reference
    page = client.get(f"/rekryteringar/{walk.pk}/").status_code == 200
    listed = reach_of(world.actor(name)).recruitments.filter(pk=walk.pk).exists()
    answer = client.get(f"/rekryteringar/?visa=alla&q={reference}")
    shown = answer.status_code == 200 and f"/rekryteringar/{walk.pk}/" in answer.content.decode()
    door = ask(world.actor(name), "recruitment.view", walk.case().facts_for(world.actor(name))).allowed
    assert page == listed == shown == door, (page, listed, shown, door)
    return page


def recused(world: World, walk: Walk, name: str) -> None:
    put(
        Recusal(
            recruitment=walk.case().recruitment,
            person=world.person(name),
            state="excluded",
            declared_on=walk.on,
            decided_by=world.person("hr_head"),
            decided_on=walk.on,
            changed_at=clock.now(),
        )
    )


@pytest.mark.parametrize("absent", ["manager", "hr"])
def test_the_substitute_sees_what_the_absent_sees_and_no_more(world: World, walk: Walk, absent: str) -> None:
    world.hire("stranger", None)
    assert not sees(world, "stranger", walk)
    stand_in(world, absent, "stranger")
    assert sees(world, "stranger", walk)
    other = Walk(world, "assistant")
    theirs = set(reach_of(world.actor(absent)).recruitments.values_list("pk", flat=True))
    mine = set(reach_of(world.actor("stranger")).recruitments.values_list("pk", flat=True))
    assert mine == theirs
    assert other.pk in theirs
    for permission in ("candidacy.list", "check.view", "engagement.list", "waiver.list"):
        want = set(reach_of(world.actor(absent), permission).recruitments.values_list("pk", flat=True))
        assert want == set(
            reach_of(world.actor("stranger"), permission).recruitments.values_list("pk", flat=True)
        )


def test_acts_in_her_place_and_the_log_says_for_whom(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stand_in(world, "hr", "stranger")
    case, stranger = walk.case(), world.actor("stranger")
    give_declaration(case, by=stranger, names=names_open(case, stranger))
    create_candidacy(walk.case(), by=world.actor("stranger"), name="Testa Persson", contact="0700")
    entry = Entry.objects.filter(action="candidacy.created").latest("id")
    assert entry.actor_person == world.person_id("stranger")
    assert entry.actor_role == "hr_officer"
    assert entry.on_behalf_of == world.person_id("hr")
    page = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/handelser/").content.decode()
    assert "Stranger (som ersättare för Hr)" in page


def test_what_one_does_in_ones_own_right_is_nobody_elses(world: World, walk: Walk) -> None:
    stand_in(world, "other_manager", "hr")
    create_candidacy(walk.case(), by=world.actor("hr"), name="Testa Persson", contact="0700")
    assert Entry.objects.filter(action="candidacy.created").latest("id").on_behalf_of is None


def test_a_substitute_records_her_checks_and_decides_in_her_place(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    world.hire("stranger", None)
    stand_in(world, "manager", "stranger")
    walk.declare("stranger")
    walk.finish({"decision"})
    walk.manager = "stranger"
    walk.sign(finalist)
    entry = Entry.objects.filter(action="decision.signed").latest("id")
    assert (entry.actor_role, entry.on_behalf_of) == ("hiring_manager", world.person_id("manager"))


def test_it_begins_and_ends_by_itself_also_in_a_session_under_way(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stand_in(world, "manager", "stranger", first=world.today + timedelta(days=1), days=2)
    moment = clock.now()
    url, statuses = f"/rekryteringar/{walk.pk}/", []
    for days in (0, 1, 2, 3):
        with clock.at(moment + timedelta(days=days)):
            statuses.append(client_of(world, "stranger").get(url).status_code)
    assert statuses == [404, 200, 200, 404]


def test_ended_early_the_next_request_of_a_live_session_is_refused(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    row = stand_in(world, "manager", "stranger")
    client = client_of(world, "stranger")
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 200
    ended(world, row, "manager")
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 404
    assert client.post(f"/rekryteringar/{walk.pk}/pausa/").status_code == 404


def test_what_is_over_gives_nothing(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stood_in(world, "manager", "stranger")
    assert not sees(world, "stranger", walk)


def test_a_substitutes_substitute_gets_nothing_of_the_first(world: World, walk: Walk) -> None:
    world.hire("third", None)
    stand_in(world, "manager", "other_manager")
    stand_in(world, "other_manager", "third")
    assert sees(world, "other_manager", walk)
    assert not sees(world, "third", walk)


def test_never_past_ones_own_recusal(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stand_in(world, "manager", "stranger")
    recused(world, walk, "stranger")
    assert not sees(world, "stranger", walk)
    assert client_of(world, "stranger").get(f"/rekryteringar/{walk.pk}/javsforklaring/").status_code == 404


def test_nor_where_the_absent_stands_aside(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stand_in(world, "other_hr", "stranger")
    world.hire("other_hr", "hr_officer", unit=world.units["procurement"])
    assert sees(world, "stranger", walk)
    recused(world, walk, "other_hr")
    assert not sees(world, "stranger", walk)


def test_a_protected_finalist_is_nobody_elses_to_see(world: World, walk: Walk) -> None:
    finalist = walk.finalist()
    world.hire("stranger", None)
    stand_in(world, "hr", "stranger")
    case = walk.case()
    assert ask(
        world.actor("stranger"), "candidacy.reveal",
        case.facts_for(world.actor("stranger"), candidacy=case.candidacy(finalist.pk)),
    ).allowed  # fmt: skip
    mark_protected(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk),
        alias="Alfa",
        handlers=[world.person_id("hr"), world.person_id("manager")], kept_at="Registrator",
    )  # fmt: skip
    case = walk.case()
    for permission in ("candidacy.reveal", "candidacy.edit", "check.record"):
        check = next(iter(case.checks_of(case.candidacy(finalist.pk))))
        facts = case.facts_for(world.actor("stranger"), candidacy=case.candidacy(finalist.pk), check=check)
        assert not ask(world.actor("stranger"), permission, facts).allowed, permission


def test_her_second_account_is_the_same_substitute(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    world.accounts["second"] = Account.objects.create_user("second", None, person=world.person("stranger"))
    stand_in(world, "manager", "stranger")
    assert sees(world, "second", walk)
    recused(world, walk, "stranger")
    assert not sees(world, "second", walk)


def test_my_work_and_who_sees_it_say_so(world: World, walk: Walk) -> None:
    world.hire("stranger", None)
    stand_in(world, "manager", "stranger")
    page = client_of(world, "stranger").get("/arbete/").content.decode()
    assert "Du är ersättare" in page
    assert "som ersättare för Manager" in page
    readers = {reader.name: reader.reasons for reader in access_to(walk.case()).readers}
    assert any("Ersättare för Manager" in why for why in readers["Stranger"])
