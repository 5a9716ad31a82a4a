"""Conflict of interest through the pages: told, opened, decided, set and lifted; shut out as a stranger is."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.waivers import put_proposal
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.candidacy import create_candidacy
from vetting.recruitment.actions.declaration import give_declaration, lift_recusal, set_recusal
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recusal, Round

STORY = "Vi har arbetat nära varandra i två år på samma enhet."
REASON = "Samarbetet är avslutat sedan länge och saknar betydelse."


@pytest.fixture
def walk(world: World) -> Walk:
    """An open recruitment with one finalist; HR and the manager have declared."""
    walk = Walk(world, "assistant").open()
    walk.finalist()
    return walk


def address(walk: Walk, step: str = "javsforklaring/") -> str:
    return f"/rekryteringar/{walk.pk}/{step}"


def own(walk: Walk, name: str) -> Recusal:
    return Recusal.objects.get(recruitment=walk.pk, person=walk.world.person_id(name))


def tell(walk: Walk, name: str = "hr") -> Recusal:
    give_declaration(walk.case(), by=walk.world.actor(name), interest=STORY)
    return own(walk, name)


def test_nothing_to_tell_is_one_tap(world: World) -> None:
    walk = Walk(world, "assistant")
    client = client_of(world, "hr")
    assert "Inget att anmäla" in client.get(address(walk)).content.decode()
    once = {"once": str(uuid4())}
    for _click in range(2):
        answer = client.post(address(walk), once)
        assert answer.headers["Location"] == f"/rekryteringar/{walk.pk}/oppna/"
    assert own(walk, "hr").state == "clear"
    assert Entry.objects.filter(action="declaration.given").count() == 1


def test_it_is_asked_again_when_a_finalist_is_entered(walk: Walk) -> None:
    create_candidacy(walk.case(), by=walk.world.actor("hr"), name="Ny Testsson")
    page = client_of(walk.world, "hr").get(address(walk)).content.decode()
    assert "behöver svara igen" in page


def test_names_are_hidden_until_an_entry_says_who_read_them(walk: Walk) -> None:
    client = client_of(walk.world, "manager")
    page = client.get(address(walk)).content.decode()
    assert "Testa Persson" not in page
    assert "Namnet är dolt" in page
    assert client.get(address(walk, "javsforklaring/namn/")).status_code == 405
    answer = client.post(address(walk, "javsforklaring/namn/"), {"once": str(uuid4())})
    entry = Entry.objects.get(action="candidacy.revealed")
    assert entry.facts["purpose"] == "declare_conflict"
    assert entry.facts["field"] == "name"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Testa Persson" in page
    assert "Testa Persson" not in page.split("<title>")[1].split("</title>")[0]


def test_whoever_takes_no_part_is_a_stranger(walk: Walk) -> None:
    for name in ("other_manager", "hr_head", "registrar", "employee"):
        client = client_of(walk.world, name)
        assert client.get(address(walk)).status_code == 404
        assert client.post(address(walk, "javsforklaring/namn/")).status_code == 404


def test_an_interest_is_sealed_and_shuts_out(walk: Walk) -> None:
    client = client_of(walk.world, "hr")
    answer = client.post(address(walk), filled(interest=STORY))
    assert answer.status_code == 302
    found = own(walk, "hr")
    assert found.state == "declared"
    assert STORY.encode() not in bytes(found.interest._bytes if hasattr(found.interest, "_bytes") else b"")
    assert client.get(address(walk)).status_code == 404


def test_a_number_in_the_story_is_asked_about(walk: Walk) -> None:
    text = "Min bekanta 19811228-9874 söker."
    answer = client_of(walk.world, "hr").post(address(walk), filled(interest=text))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "personnummer" in page
    assert text in page
    assert own(walk, "hr").state == "clear"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 100_000, "dolt \u202e tecken"])
def test_what_cannot_be_taken_comes_back(walk: Walk, text: str) -> None:
    assert client_of(walk.world, "hr").post(address(walk), filled(interest=text)).status_code == 200
    assert own(walk, "hr").state == "clear"


def test_the_manager_of_whoever_told_reads_and_decides(walk: Walk) -> None:
    found = tell(walk)
    head = client_of(walk.world, "head")
    assert walk.case().recruitment.reference in head.get("/jav/").content.decode()
    page = address(walk, f"jav/{found.pk}/")
    assert STORY not in head.get(page).content.decode()
    head.post(address(walk, f"jav/{found.pk}/las/"), filled(purpose="declare_conflict"))
    assert Entry.objects.get(action="declaration.revealed").purpose == "declare_conflict"
    assert STORY in head.get(page).content.decode()
    answer = head.post(page, filled(decision="participates", reason="kort"))
    assert "minst tio tecken" in answer.content.decode()
    assert head.post(page, filled(decision="participates", reason=REASON)).status_code == 302
    assert own(walk, "hr").state == "participates"
    assert client_of(walk.world, "hr").get(address(walk)).status_code == 200
    assert "Inget väntar på dig" in head.get("/jav/").content.decode()
    assert head.post(page, filled(decision="excluded", reason=REASON)).status_code == 409
    assert not list(findings())


def test_a_text_is_not_opened_without_a_purpose(walk: Walk) -> None:
    found = tell(walk)
    head = client_of(walk.world, "head")
    head.post(address(walk, f"jav/{found.pk}/las/"), filled(purpose="nyfiken"))
    assert not Entry.objects.filter(action="declaration.revealed").exists()


def test_nobody_else_decides(walk: Walk) -> None:
    found = tell(walk)
    for name in ("hr", "manager", "other_manager", "security_head", "auditor", "employee"):
        client = client_of(walk.world, name)
        assert client.get(address(walk, f"jav/{found.pk}/")).status_code == 404, name
        assert client.post(address(walk, f"jav/{found.pk}/las/")).status_code == 404, name
    assert client_of(walk.world, "employee").get("/jav/").status_code == 404
    assert (
        walk.case().recruitment.reference
        not in client_of(walk.world, "manager").get("/jav/").content.decode()
    )
    assert walk.case().recruitment.reference in client_of(walk.world, "hr_head").get("/jav/").content.decode()


def test_the_list_says_who_and_never_what(walk: Walk) -> None:
    tell(walk)
    page = client_of(walk.world, "security_head").get(address(walk, "jav/")).content.decode()
    assert "Anmält – väntar på besked" in page
    assert STORY not in page
    assert Entry.objects.filter(action="declaration.listed").count() == 1
    client_of(walk.world, "manager").get(address(walk, "jav/"))
    assert Entry.objects.filter(action="declaration.listed").count() == 1


def test_a_head_shuts_out_and_another_lifts(walk: Walk) -> None:
    world = walk.world
    head = client_of(world, "security_head", fresh=True)
    person = str(world.person_id("manager"))
    assert head.post(address(walk, "jav/satt/"), filled(person=person, reason=REASON)).status_code == 302
    assert client_of(world, "manager").get(address(walk)).status_code == 404
    lift = address(walk, f"jav/{own(walk, 'manager').pk}/hav/")
    assert head.get(lift).status_code == 404
    assert client_of(world, "hr_head").post(lift, filled(reason=REASON)).status_code == 401
    assert own(walk, "manager").state == "excluded"
    assert client_of(world, "hr_head", fresh=True).post(lift, filled(reason=REASON)).status_code == 302
    assert own(walk, "manager").state == "participates"
    assert client_of(world, "hr").get(address(walk, "jav/satt/")).status_code == 404


def test_nobody_shuts_herself_out_that_way(walk: Walk) -> None:
    head = client_of(walk.world, "hr_head")
    page = head.get(address(walk, "jav/satt/")).content.decode()
    assert str(walk.world.person_id("hr_head")) not in page


def test_after_a_lift_an_interest_can_be_told(walk: Walk) -> None:
    world, case = walk.world, walk.case()
    found = set_recusal(case, by=world.actor("hr_head"), person_id=world.person_id("hr"), reason=REASON)
    case = walk.case()
    lift_recusal(
        case, by=world.actor("security_head"), recusal=case.recusal_of(found.person_id), reason=REASON
    )
    assert tell(walk).state == "declared"


def test_whoever_is_shut_out_shuts_out_nobody(walk: Walk) -> None:
    world = walk.world
    set_recusal(
        walk.case(), by=world.actor("hr_head"), person_id=world.person_id("security_head"), reason=REASON
    )
    head = client_of(world, "security_head")
    assert head.get(address(walk, "jav/satt/")).status_code == 404
    assert head.get(address(walk, "jav/")).status_code == 404


def _routes(patterns: list[Any], before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += _routes(pattern.url_patterns, route)
        elif route.startswith("rekryteringar/<uuid:pk>/"):
            found.append((route, pattern))
    return found


def a_round(world: World, case: Case) -> UUID:
    """A list that was entered once."""
    by = {"added_on": world.today, "added_by": world.person("hr")}
    row = Round(recruitment=case.recruitment, digest="ab" * 32, first=90, count=1, **by)
    put(row)
    return row.pk


@pytest.mark.deadline(180)  # every address, twice
def test_to_the_recused_every_address_answers_as_to_a_stranger(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    case = walk.case()
    parts = {
        "<uuid:pk>": walk.pk,
        "<uuid:candidacy>": finalist.pk,
        "<uuid:check>": case.checks_of(case.candidacy(finalist.pk))[0].pk,
        "<uuid:opinion>": opinion,
        "<uuid:recusal>": case.recusals[0].pk,
        "<uuid:grant>": case.grants[0].pk,
        "<uuid:waiver>": put_proposal(world, case, finalist),
        "<str:group>": "finalist",
        "<slug:group>": "finalist",
        "<slug:code>": "references",
        "<uuid:round>": a_round(world, case),
    }
    tell(walk)
    tell(walk, "manager")
    people = {name: client_of(world, name) for name in ("hr", "manager", "other_manager")}
    routes = _routes(get_resolver().url_patterns)
    assert len(routes) > 10
    for route, _pattern in routes:
        url = "/" + route
        for part, value in parts.items():
            url = url.replace(part, str(value))
        assert "<" not in url, f"say in this test what stands in {route}"
        answers = {name: _answers(client, url) for name, client in people.items()}
        assert answers["hr"] == answers["manager"] == answers["other_manager"], route
        assert set(answers["hr"]) <= {404, 405}, route


def _answers(client: Client, url: str) -> tuple[int, int]:
    return client.get(url).status_code, client.post(url).status_code


def test_the_case_is_still_there_for_the_others(walk: Walk) -> None:
    tell(walk)
    assert Case.load(walk.pk)
    assert client_of(walk.world, "manager").get(address(walk)).status_code == 200
