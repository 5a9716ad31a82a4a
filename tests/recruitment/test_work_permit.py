"""A work permit must last until the first day: *Får börja* falls when it ends before, however well it was recorded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from audit.clock import at
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk, evidence_for
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.decision import Terms, sign_decision
from vetting.recruitment.actions.engagement import confirm_start
from vetting.recruitment.actions.errors import BadInput, NotComplete
from vetting.recruitment.engine.progress import may_start, missing_for_start
from vetting.recruitment.models import Check


@pytest.fixture
def decided(world: World) -> tuple[Walk, Any]:
    """An administrator who needs a permit, decided on: the first day is in thirty days."""
    walk = Walk(world, "clerk").open()
    finalist = walk.finalist()
    case = walk.case()
    edit_candidacy(
        case,
        by=world.actor("hr"),
        candidacy=case.candidacy(finalist.pk),
        answers={"requires_work_permit": True},
    )
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    sign_decision(
        case, by=world.actor("manager"), candidacy=case.candidacy(finalist.pk),
        terms=Terms(walk.on + timedelta(days=30)), answers={"trial_period": False},
    )  # fmt: skip
    return walk, finalist


def permit(walk: Walk, finalist: Any, until: date) -> None:
    """Record the permit with its last day, as it stands on the paper."""
    case = walk.case()
    check = case.check_named("work_right", case.candidacy(finalist.pk))
    assert check is not None
    typed = evidence_for("work_right", case.today) | {"valid_until": until}
    record_check(case, by=walk.world.actor("hr"), check=check, outcome="permit_valid", evidence=typed)


def others(walk: Walk, finalist: Any) -> None:
    """Everything else before the start."""
    case = walk.case()
    for check in case.checks_of(case.candidacy(finalist.pk)):
        if check.belongs_to == "engagement" and check.code in {"secrecy_notice", "terms"}:
            walk.record(check)


def page(walk: Walk, finalist: Any) -> str:
    return str(client_of(walk.world, "hr").get(f"/rekryteringar/{walk.pk}/?k=K1").content.decode())


def allowed(walk: Walk, finalist: Any) -> bool:
    case = walk.case()
    return may_start(case, case.candidacy(finalist.pk))


def test_one_that_lasts_until_the_first_day_is_enough(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=30))
    assert allowed(walk, finalist)
    assert "Får inte börja" not in page(walk, finalist)


def test_one_that_ends_the_day_before_stops_the_start_and_says_so(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=29))
    case = walk.case()
    assert [m.code for m in missing_for_start(case, case.candidacy(finalist.pk))] == ["work_right"]
    shown = page(walk, finalist)
    assert "Får inte börja" in shown
    assert "före första dagen" in shown
    with pytest.raises(NotComplete):
        confirm_start(
            case, by=walk.world.actor("manager"), candidacy=case.candidacy(finalist.pk), started_on=walk.on
        )
    answer = client_of(walk.world, "manager").post(
        f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/har-borjat/", filled(started_on=walk.on.isoformat())
    )
    assert "har börjat" not in answer.content.decode()
    assert walk.case().candidacy(finalist.pk).state == "selected"


def test_a_new_permit_recorded_over_it_opens_the_start(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=5))
    assert not allowed(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=400))
    assert allowed(walk, finalist)


def test_it_falls_by_itself_when_the_start_is_late(decided: tuple[Walk, Any]) -> None:
    """Nothing is recorded anew; the last day passes while the person has not begun, and the sign turns."""
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=32))
    assert allowed(walk, finalist)
    first, last = (datetime.combine(walk.on + timedelta(days=days), time(9), STOCKHOLM) for days in (32, 33))
    with at(first):
        others_again(walk, finalist)
        assert allowed(walk, finalist)
    with at(last):
        assert not allowed(walk, finalist)
        case = walk.case()
        with pytest.raises(NotComplete):
            confirm_start(
                case,
                by=walk.world.actor("manager"),
                candidacy=case.candidacy(finalist.pk),
                started_on=case.today,
            )
        assert "gick ut" in page(walk, finalist)


def others_again(walk: Walk, finalist: Any) -> None:
    """The look at the permit itself is at most a month old: looked at again, with the same last day."""
    case = walk.case()
    check = case.check_named("work_right", case.candidacy(finalist.pk))
    assert check is not None
    if check.evidence_on is not None and (case.today - check.evidence_on).days > 28:
        permit(walk, finalist, walk.on + timedelta(days=32))


def test_after_the_start_the_first_day_is_what_it_was(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=31))
    moment = datetime.combine(walk.on + timedelta(days=25), time(9), STOCKHOLM)
    with at(moment):
        case = walk.case()
        confirm_start(
            case, by=walk.world.actor("manager"), candidacy=case.candidacy(finalist.pk), started_on=case.today
        )
    with at(moment + timedelta(days=40)):
        assert walk.states(finalist)["work_right"] == "done"


def test_one_recorded_before_its_day_was_asked_for_says_so_and_gets_it(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    others(walk, finalist)
    permit(walk, finalist, walk.on + timedelta(days=31))
    walk.start(finalist)
    engagement = walk.case().engagement_of(walk.case().candidacy(finalist.pk))
    assert engagement is not None
    client = client_of(walk.world, "hr")
    here = f"/anstallningar/{walk.pk}/{finalist.pk}/"
    assert "aknar datum" not in client.get(here).text + client.get("/anstallningar/").text
    engagement.renewals = {code: day for code, day in engagement.renewals.items() if code != "work_right"}
    put(engagement)
    assert "Saknar datum" in client.get(here).text
    assert "Tillstånd saknar datum" in client.get("/anstallningar/").text
    last = walk.on + timedelta(days=500)
    typed = filled(code="work_right", done_on=walk.on.isoformat(), valid_until=last.isoformat())
    assert client.post(f"{here}fornya/", typed).status_code == 302
    assert "aknar datum" not in client.get(here).text + client.get("/anstallningar/").text
    engagement = walk.case().engagement_of(walk.case().candidacy(finalist.pk))
    assert engagement is not None
    assert engagement.renewals["work_right"] == last.isoformat()


def test_one_that_has_ended_is_still_refused_when_it_is_recorded(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    with pytest.raises(BadInput) as refused:
        permit(walk, finalist, walk.on - timedelta(days=1))
    assert refused.value.errors == {"valid_until": "passed"}


def test_only_the_last_day_lies_open_and_protection_takes_it_away(decided: tuple[Walk, Any]) -> None:
    walk, finalist = decided
    permit(walk, finalist, walk.on + timedelta(days=400))
    check = Check.objects.get(recruitment=walk.pk, code="work_right")
    assert check.valid_until == walk.on + timedelta(days=400)
    assert not list(Check.objects.exclude(code="work_right").exclude(valid_until=None))
    case = walk.case()
    hr = walk.world.actor("hr")
    mark_protected(
        case, by=hr, candidacy=case.candidacy(finalist.pk), alias="Kandidat 7", kept_at="Kassaskåp",
        handlers=[hr.person_id],
    )  # fmt: skip
    check.refresh_from_db()
    assert check.valid_until is None
