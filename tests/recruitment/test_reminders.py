"""What must not be forgotten once somebody has begun: in *Mitt arbete* of whoever performs it, with its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from audit.clock import at
from tests.recruitment.raw import raw_update
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.profiles import PROFILES
from vetting.policy.reminders import due_on, told_from
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.engagement import begin_exit, due_renewals, record_renewal
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.queries.reminders import reminders_of
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.manager_home import tasks_of


def begun(world: World, position: str, form: str = "permanent", **answers: bool) -> tuple[Walk, Any]:
    """Somebody who began today."""
    walk = Walk(world, position, form=form).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    if position == "buyer":
        walk.vote(walk.ask_opinion(finalist), "security_one")
    walk.answer_decision(finalist, **{k: v for k, v in answers.items() if k != "trial_period"})
    trial = {"trial_period": answers["trial_period"]} if "trial_period" in answers else {}
    walk.sign(finalist, Terms(walk.on, add_months(walk.on, 10) if form == "fixed_term" else None), **trial)
    walk.finish({"start"}, finalist)
    walk.start(finalist)
    return walk, finalist


def told(world: World, name: str, on: date) -> dict[str, date]:
    """Code → last day of what this person is reminded of that day."""
    with at(datetime.combine(on, time(9), UTC)):
        actor = world.actor(name)
        return {each.code: each.day for each in reminders_of(actor, reach_of(actor))}


def undone(walk: Walk, finalist: Any, *codes: str) -> None:
    """The checks as if nobody had noted them."""
    case = walk.case()
    for code in codes:
        check = case.check_named(code, case.candidacy(finalist.pk))
        assert check is not None, code
        raw_update(
            check, state="not_started", outcome="", evidence_on=None, recorded_by_id=None, recorded_on=None
        )


def test_terms_trial_and_union_with_their_days(world: World) -> None:
    walk, finalist = begun(world, "clerk", trial_period=True)
    undone(walk, finalist, "terms")
    on = walk.on
    seventh = on + timedelta(days=7)
    for name in ("manager", "hr"):
        assert told(world, name, on) == {"terms": seventh}, name
        assert told(world, name, seventh + timedelta(days=1)) == {"terms": seventh}, "late, and still there"
    before = add_months(on, 5) - timedelta(days=1)
    assert "trial" not in told(world, "manager", before)
    last = add_months(on, 6) - timedelta(days=15)
    assert told(world, "manager", add_months(on, 5))["trial"] == last
    for name in ("other_manager", "security_one", "registrar"):
        assert told(world, name, seventh) == {}, name
    with at(datetime.combine(seventh + timedelta(days=1), time(9), UTC)):
        actor = world.actor("manager")
        tasks = tasks_of(actor, reach_of(actor))
        assert (tasks[0].name, tasks[0].status) == (
            "Lämna skriftlig information om anställningen",
            "Försenat",
        )
        assert walk.case().recruitment.reference in tasks[0].note
        assert "Testa" not in tasks[0].note
        own = [task for task in tasks if walk.case().recruitment.reference in task.note]
        assert len(own) == 1, "the recruitment's next step is the same thing, and is said once"
    # Fixed term: the union is told by HR, and nothing is asked of anybody's membership.
    fixed, _who = begun(world, "clerk", "fixed_term", fixed_term_over_month=True)
    assert told(world, "hr", fixed.on)["fixed_term_notice"] == due_on("fixed_term_notice", fixed.on)
    assert "fixed_term_notice" not in told(world, "manager", fixed.on)


def test_a_yearly_declaration_from_level_3_and_the_exit(world: World) -> None:
    walk, finalist = begun(world, "buyer", trial_period=False)
    on, year = walk.on, add_months(walk.on, 12)
    assert told(world, "manager", on) == {"intro_influence": on + timedelta(days=30)}
    first = year - timedelta(days=30)
    assert "annual_declaration" not in told(world, "manager", first - timedelta(days=1))
    assert told(world, "manager", first)["annual_declaration"] == year
    assert "annual_declaration" not in told(world, "hr", first), "the manager receives it"
    assert "access_grant" in told(world, "manager", add_months(on, 6)), (
        "the review of access, every half year"
    )
    with at(datetime.combine(year, time(9), UTC)):
        case = walk.case()
        own = case.candidacy(finalist.pk)
        record_renewal(
            case, by=world.actor("manager"), candidacy=own, code="annual_declaration", done_on=year
        )
        case = walk.case()
        begin_exit(case, by=world.actor("manager"), candidacy=case.candidacy(finalist.pk), last_day=year)
    # On the way out nothing is renewed: what is left is to close access and remind of secrecy.
    assert told(world, "manager", year + timedelta(days=1)) == {"exit": year}
    rows = {code for code in PROFILES if "annual_declaration" in PROFILES[code].checkpoints_added}
    assert {PROFILES[code].level for code in rows} & {1, 2} == set()


def test_a_permit_is_renewed_when_it_ends(world: World) -> None:
    walk, finalist = begun(world, "clerk", trial_period=False)
    ends = walk.on + timedelta(days=90)
    row = walk.case().engagements[0]
    row.renewals = {"work_right": ends.isoformat()}
    assert due_renewals(row, ends - timedelta(days=31)) == []
    assert due_renewals(row, ends - timedelta(days=30)) == [("work_right", ends)]
    case = walk.case()
    case.engagements[0].renewals = {"work_right": ends.isoformat()}
    ask = {"by": world.actor("hr"), "candidacy": case.candidacy(finalist.pk), "code": "work_right"}
    for until, why in ((None, "required"), (walk.on - timedelta(days=1), "passed")):
        with pytest.raises(BadInput) as refused:
            record_renewal(case, done_on=walk.on, valid_until=until, **ask)
        assert refused.value.errors == {"valid_until": why}
    record_renewal(case, done_on=walk.on, valid_until=ends + timedelta(days=365), **ask)
    assert walk.case().engagements[0].renewals == {"work_right": str(ends + timedelta(days=365))}


def test_what_recurs_is_never_a_look_up_in_a_register() -> None:
    kinds = {spec.renewal.kind for spec in CHECKPOINTS.values() if spec.renewal is not None}
    assert kinds == {"declaration", "licence", "permit", "training", "access_review"}
    assert not [code for code, spec in CHECKPOINTS.items() if spec.renewal and spec.intrusive]
    start = date(2026, 8, 31)
    assert due_on("trial", start) == date(2027, 2, 13), "two weeks before the last day of six months"
    assert told_from("trial", start) == date(2027, 1, 31)


def test_the_list_begins_with_what_is_late(world: World) -> None:
    today = world.today
    world.today = today - timedelta(days=9)
    with at(datetime.combine(world.today, time(9), UTC)):
        late, who = begun(world, "clerk", trial_period=False)
    undone(late, who, "terms")
    world.today = today
    settled, _who = begun(world, "clerk", trial_period=False)
    page = client_of(world, "hr").get("/anstallningar/").content.decode()
    first, second = (page.index(walk.case().recruitment.reference) for walk in (late, settled))
    assert first < second, "the newest would stand first otherwise"
    assert page.count("Försenat: ") == 1
    assert first < page.index("Försenat: ") < second


def test_everything_late_of_one_engagement_is_marked_late(world: World) -> None:
    walk, _who = begun(world, "buyer", trial_period=False)
    with at(datetime.combine(add_months(walk.on, 14), time(9), UTC)):
        page = client_of(world, "hr").get("/anstallningar/").content.decode()
    assert page.count("Försenat: ") == page.count("app-overdue") > 1
