"""*Komplettera efter start*: a few of the municipality's own checks, for at most 14 days' work, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from audit.models import Entry
from tests.access.agreed import roles
from tests.policy.test_signed_off import agreed
from tests.recruitment.short_work import AGREED, add_access_row, at, decide, put_off, short
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.waivers import go_on, propose, raw, raw_copy, row, stored
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.calendar import is_working_day, working_days_between
from vetting.policy.engagement_forms import FORMS
from vetting.policy.waivers import DEFERRABLE, deferred_until
from vetting.recruitment.actions.defer import defer_check, require_deferrable
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.engine.progress import may_start, missing_to_close
from vetting.recruitment.engine.rows import candidacy_rows
from vetting.recruitment.models import Waiver
from vetting.recruitment.queries.cases import light_cases


def test_the_agreed_table_says_which_and_the_opinion_is_not_among_them() -> None:
    assert set(DEFERRABLE) == AGREED == {"education", "references"}
    assert {form for form in FORMS if FORMS[form].complete_after_start_allowed} == {
        each["code"] for each in agreed("engagement_forms") if each["complete_after_start_allowed"] == "yes"
    }


@pytest.mark.parametrize("start", [date(2026, 12, 18), date(2027, 3, 22), date(2026, 6, 12)])
def test_ten_working_days_after_the_start_whatever_holidays_lie_between(start: date) -> None:
    last = deferred_until(start)
    assert working_days_between(start, last) == 10
    assert is_working_day(last)


def test_the_check_waits_at_once_and_the_last_day_is_counted_from_the_start(world: World) -> None:
    walk, finalist = short(world)
    waiver = stored(put_off(walk, finalist).pk)
    assert (waiver.state, waiver.deferred, waiver.confirmed_by_id) == ("in_force", True, None)
    assert waiver.until == deferred_until(walk.on)
    assert row(walk, finalist).is_settled
    assert not row(walk, finalist).is_finished
    entry = Entry.objects.filter(action="waiver.deferred").get()
    assert entry.facts["until"] == waiver.until.isoformat()


def test_lists_judge_it_as_the_page_does(world: World) -> None:
    walk, finalist = short(world)
    put_off(walk, finalist)
    (light,) = light_cases([walk.case().recruitment])
    (shown,) = [r for r in candidacy_rows(light, light.candidacies[0]) if r.spec.code == "references"]
    assert (shown.is_settled, shown.waived_until) == (True, row(walk, finalist).waived_until)


@pytest.mark.parametrize("days", [None, 0])
def test_without_a_number_of_days_nothing_waits(world: World, days: int | None) -> None:
    walk, finalist = short(world, days)
    with pytest.raises(WrongState, match="not_deferrable"):
        put_off(walk, finalist)


def test_nor_for_more_than_fourteen_days(world: World) -> None:
    walk, finalist = short(world, 15)
    with pytest.raises(WrongState, match="not_deferrable"):
        put_off(walk, finalist)
    again, another = short(world, 14)
    assert put_off(again, another).deferred


def test_only_the_forms_that_the_agreed_table_names(world: World) -> None:
    """Judged on the case in memory; the form of a recruitment is not changed once it is open."""
    walk, finalist = short(world)
    for code, form in FORMS.items():
        case = walk.case()
        case.recruitment.form = code
        check = case.check_named("references", case.candidacy(finalist.pk))
        assert check is not None
        if not form.allowed:
            continue
        if form.complete_after_start_allowed and "references" not in form.checkpoints_removed:
            assert require_deferrable(case, check).pk == finalist.pk
        else:
            with pytest.raises(WrongState, match="not_deferrable"):
                require_deferrable(case, check)


def test_no_other_check_of_the_catalogue_waits(world: World) -> None:
    walk, finalist = short(world)
    rows = every_check(walk, finalist)
    for code in rows:
        if code not in AGREED:
            with pytest.raises(WrongState, match="not_deferrable"):
                put_off(walk, finalist, code)


def test_posts_that_lead_or_need_vetting_put_off_nothing(world: World) -> None:
    walk, finalist = short(world)
    for profile in ("leading_post", "security_vetting_required"):
        case = walk.case()
        case.recruitment.profiles = [profile]
        check = case.check_named("references", case.candidacy(finalist.pk))
        assert check is not None
        with pytest.raises(WrongState, match="not_deferrable"):
            defer_check(
                case,
                by=world.actor("manager"),
                check=check,
                reason_code="answer_delayed",
                without_access=True,
            )


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"reason_code": "met_otherwise"}, "reason_code", "reason"),
        ({"without_access": False}, "without_access", "no_access"),
    ],
)
def test_reason_and_promise_are_asked_for(world: World, typed: dict[str, Any], field: str, why: str) -> None:
    walk, finalist = short(world)
    with pytest.raises(BadInput) as refused:
        put_off(walk, finalist, **typed)
    assert refused.value.errors == {field: why}


def test_without_a_planned_start_there_is_no_day_to_count_from(world: World) -> None:
    walk, finalist = short(world, start=None)
    with pytest.raises(BadInput) as refused:
        put_off(walk, finalist)
    assert refused.value.errors == {"reason_code": "no_start"}


def test_once_and_not_beside_a_waiver(world: World) -> None:
    walk, finalist = short(world)
    put_off(walk, finalist)
    with pytest.raises(WrongState, match="waiver_there"):
        put_off(walk, finalist)
    again, another = short(world)
    propose(again, another)
    with pytest.raises(WrongState, match="waiver_there"):
        put_off(again, another)


def test_nobody_but_the_manager_chooses_it(world: World) -> None:
    walk, finalist = short(world)
    for role in roles():
        if role != "hiring_manager":
            world.hire(f"some_{role}", role, authority=world.authority)
            with pytest.raises(Denied):
                put_off(walk, finalist, by=f"some_{role}")
    assert not Waiver.objects.exists()


def test_the_decision_is_of_the_short_engagement_that_it_was_chosen_for(world: World) -> None:
    walk, finalist = short(world, start=3)
    put_off(walk, finalist)
    go_on(walk, finalist)
    for start, end, field in ((3, None, "planned_end"), (3, 17, "planned_end"), (0, 5, "planned_start")):
        with pytest.raises(BadInput) as refused:
            decide(walk, finalist, start=start, end=end)
        assert field in refused.value.errors
    decide(walk, finalist, start=3, end=16)
    walk.finish({"start"}, finalist)
    with pytest.raises(BadInput, match="started_on"):
        walk.start(finalist)


def test_somebody_starts_without_access_and_is_not_done_with_before_the_check_is(world: World) -> None:
    walk, finalist = short(world)
    add_access_row(walk)
    put_off(walk, finalist)
    go_on(walk, finalist)
    decide(walk, finalist)
    walk.finish({"start"}, finalist)
    case = walk.case()
    candidacy = case.candidacy(finalist.pk)
    assert may_start(case, candidacy)
    assert row(walk, finalist, "access_grant").why == "deferred"
    walk.start(finalist)
    assert "references" in {item.code for item in missing_to_close(walk.case())}
    references = walk.case().check_named("references", walk.case().candidacy(finalist.pk))
    assert references is not None
    walk.record(references, by="manager")
    assert row(walk, finalist).is_finished
    assert row(walk, finalist, "access_grant").why == ""
    assert "references" not in {item.code for item in missing_to_close(walk.case())}


def test_when_the_day_has_passed_it_stops_again_and_access_stays_shut(world: World) -> None:
    walk, finalist = short(world)
    add_access_row(walk)
    waiver = put_off(walk, finalist)
    go_on(walk, finalist)
    decide(walk, finalist)
    with at(waiver.until):
        assert row(walk, finalist).is_settled
    with at(waiver.until + timedelta(days=1)):
        assert not row(walk, finalist).is_settled
        assert row(walk, finalist).waiver_over is not None
        assert row(walk, finalist, "access_grant").why == "deferred"
        case = walk.case()
        assert not may_start(case, case.candidacy(finalist.pk))


def test_plain_sql_puts_off_nothing_that_a_statute_demands_nor_what_is_not_among_the_few(
    world: World,
) -> None:
    walk, finalist = short(world)
    waiver = put_off(walk, finalist).pk
    rows = every_check(walk, finalist)
    for code, check in rows.items():
        if code == "references":
            continue
        true = {
            "of_check_id": check.pk,
            "code": code,
            "ground": check.ground,
            "documentation": check.documentation,
            "is_statutory": check.is_statutory,
        }
        if code in AGREED:
            raw_copy(waiver, **true)
            continue
        for lie in ({}, {"is_statutory": False}, {"code": "references", "is_statutory": False}):
            with pytest.raises(IntegrityError):
                raw_copy(waiver, **(true | lie))
    for columns in (
        {"deferred": False},
        {"confirmed_by_id": world.person_id("hr_head")},
        {"state": "proposed"},
    ):
        with pytest.raises(IntegrityError):
            raw("recruitment_waiver", waiver, **columns)


def test_a_proposal_is_not_turned_into_one_that_needs_no_second_signature(world: World) -> None:
    walk, finalist = short(world)
    waiver = propose(walk, finalist)
    for columns in ({"state": "in_force", "deferred": True}, {"deferred": True}):
        with pytest.raises(IntegrityError):
            raw("recruitment_waiver", waiver, **columns)


def test_nothing_waits_while_the_recruitment_is_on_hold(world: World) -> None:
    from vetting.recruitment.actions.recruitment import hold_recruitment

    walk, finalist = short(world)
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    with pytest.raises(NotComplete):
        put_off(walk, finalist)
