"""The recruitment's page: who sees what, the one next step, and how many questions it asks the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from tests.recruitment.pages import signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.abilities import CANDIDACY, RECRUITMENT, abilities

HR_MAY = {
    "recruitment.view_timeline", "recruitment.view_access", "recruitment.edit", "recruitment.open",
    "recruitment.assign", "recruitment.join", "recruitment.hold", "recruitment.resume", "recruitment.reopen",
    "recruitment.close", "recruitment.print", "merit_statement.issue", "hold.set", "hold.view",
    "declaration.give", "recruitment.copy",
    "position.view",
    "declaration.list", "note.add",
    "candidacy.list", "candidacy.create", "candidacy.rank", "candidacy.edit", "candidacy.reveal",
    "candidacy.mark_protected", "candidacy.print_information", "candidate_link.issue", "candidacy.proceed",
    "candidacy.take_over",
    "candidacy.set_reserve", "candidacy.withdraw", "candidacy.mark_not_selected", "opinion.view",
    "opinion.prepare", "decision.view", "decision.record_board", "engagement.view",
    "engagement.confirm_start", "check.view",
}  # fmt: skip


def test_the_door_is_asked_for_everything_at_once(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    case = walk.case()
    asked = abilities(world.actor("hr"), case, case.candidacy(finalist.pk))
    assert asked == {code: code in HR_MAY for code in RECRUITMENT + CANDIDACY}


@pytest.mark.parametrize("name", ["hr", "manager", "hr_head", "security_head", "registrar"])
def test_people_of_the_case_see_it(world: World, name: str) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    answer = signed_in(world, name).get(url("recruitment_view", walk))
    assert answer.status_code == 200
    assert "Testa Persson" not in answer.content.decode()


@pytest.mark.parametrize("name", ["other_hr", "other_manager", "employee", "administrator", "archivist"])
def test_outside_scope_is_not_found(world: World, name: str) -> None:
    walk = Walk(world, "assistant").open()
    assert signed_in(world, name).get(url("recruitment_view", walk)).status_code == 404


def test_reading_outside_assignments_is_recorded_before_it_is_shown(world: World) -> None:
    walk = Walk(world, "assistant").open()
    signed_in(world, "hr").get(url("recruitment_view", walk))
    assert not Entry.objects.filter(action="recruitment.viewed").exists()
    signed_in(world, "hr_head").get(url("recruitment_view", walk))
    assert Entry.objects.get(action="recruitment.viewed").actor_person == world.person_id("hr_head")


@pytest.mark.parametrize(("position", "finalists"), [("assistant", 1), ("buyer", 6)])
def test_the_same_few_queries_at_two_sizes(world: World, position: str, finalists: int) -> None:
    walk = Walk(world, position, places=3).open()
    for number in range(finalists):
        walk.finalist(f"Testa {number}")
    client = signed_in(world, "hr")
    client.get(url("recruitment_view", walk))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url("recruitment_view", walk)).status_code == 200
    assert len(asked) <= 20, [query["sql"][:90] for query in asked]


def test_the_next_step_follows_the_recruitment(world: World) -> None:
    walk = Walk(world, "assistant")
    client = signed_in(world, "hr")
    assert "Besvara frågorna och öppna" in client.get(url("recruitment_view", walk)).content.decode()
    walk.open()
    assert "Föreslå slutkandidat" in client.get(url("recruitment_view", walk)).content.decode()
    finalist = walk.finalist()
    assert "Fyll i kontrollerna" in client.get(url("recruitment_view", walk)).content.decode()
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    page = client.get(url("recruitment_view", walk)).content.decode()
    assert "Gå vidare till slutkontroll med K1" in page
    assert "Får inte börja" in page
    assert "data-calm" in page, "before the decision it is no alarm"


def test_the_newest_that_was_done_is_not_pushed_out_by_who_has_looked(world: World) -> None:
    walk = Walk(world, "assistant").open()
    for _each in range(12):
        signed_in(world, "auditor").get(url("recruitment_timeline", walk))
    client = signed_in(world, "hr")
    page = client.get(url("recruitment_view", walk)).text
    assert "öppnade rekryteringen" in page
    assert "läste händelserna" not in page
    assert "läste händelserna" in client.get(url("recruitment_view", walk) + "?visa=lasningar").text
    assert "läste händelserna" in client.get(url("recruitment_timeline", walk)).text


def test_a_finalist_that_is_not_there_is_not_found(world: World) -> None:
    walk = Walk(world, "assistant").open()
    assert signed_in(world, "hr").get(url("recruitment_view", walk) + "?k=K9").status_code == 404


def test_all_events_are_told_in_sentences(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    page = client.get(url("recruitment_timeline", walk)).content.decode()
    assert "lade in slutkandidaten K1" in page
    only = client.get(url("recruitment_timeline", walk) + "?visa=kontroller").content.decode()
    assert "lade in slutkandidaten" not in only
    assert client.get(url("recruitment_timeline", walk) + "?efter=x").status_code == 404
