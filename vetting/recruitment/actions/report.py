"""What follows a delegate's decision: its report to the committee, and the dates from which it gains legal force."""

from __future__ import annotations

from datetime import date, timedelta

from vetting.access.actor import Actor
from vetting.recruitment.actions.common import Once, require_past
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.models import Decision


def report_to_board(
    case: Case, *, by: Actor, decision: Decision, reported_on: date, once: Once = None
) -> None:
    """Report a delegate's decision to the committee's meeting (kommunallagen 7:8)."""
    answer = case.require(by, "decision.report_to_board")
    require_past(reported_on=reported_on)
    if decision.maker != Decision.Maker.DELEGATE or decision.reported_on is not None:
        raise WrongState("decision", "report_to_board", "reported")
    if reported_on < decision.decided_on:
        raise BadInput(reported_on="before_decision")
    decision.reported_on = reported_on
    with case.act(
        "decision.reported_to_board", by, answer.role, once=once, count=1, date=reported_on.isoformat()
    ) as entry:
        entry.save(decision)


def record_dates(
    case: Case,
    *,
    by: Actor,
    decision: Decision,
    minutes_approved_on: date,
    posted_on: date,
    once: Once = None,
) -> None:
    """When the minutes were approved and posted; the decision gains legal force three weeks after (KL 13:5)."""
    answer = case.require(by, "decision.record_dates")
    if decision.reported_on is None:
        raise NotComplete([Missing("stop", "not_reported")])
    require_past(minutes_approved_on=minutes_approved_on, posted_on=posted_on)
    if not decision.reported_on <= minutes_approved_on <= posted_on:
        raise BadInput(posted_on="order")
    decision.minutes_approved_on, decision.posted_on = minutes_approved_on, posted_on
    decision.final_on = posted_on + timedelta(weeks=3)
    with case.act(
        "decision.dates_recorded",
        by,
        answer.role,
        once=once,
        field="final_on",
        date=decision.final_on.isoformat(),
        count=1,
    ) as entry:
        entry.save(decision)
