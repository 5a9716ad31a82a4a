"""Protective security: one row - not requested, under way, done - set by that function alone. Nothing else here."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import Answer
from vetting.recruitment.actions.checks import candidacy_of, live_state
from vetting.recruitment.actions.common import Once, require_moving, require_past, step
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Check

ROW = "security_vetting"


def request_vetting(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """Ask the protective-security function to examine the finalist."""
    answer = case.require(by, "protective.request", check=check)
    _move(case, check, answer, by, "request_protective", "protective.requested", "in_progress", once)


def confirm_vetting(case: Case, *, by: Actor, check: Check, done_on: date, once: Once = None) -> None:
    """The examination is done. Neither level nor content is stored here."""
    require_past(done_on=done_on)
    answer = case.require(by, "protective.confirm", check=check)
    check.evidence_on, check.recorded_by_id, check.recorded_on = done_on, by.person_id, by.on
    _move(case, check, answer, by, "confirm_protective", "protective.confirmed", "done", once)


def end_vetting(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """End the examination without the row becoming done. No reason is stored."""
    answer = case.require(by, "protective.end", check=check)
    _move(case, check, answer, by, "end_protective", "protective.ended", "", once)


def _move(
    case: Case, check: Check, answer: Answer, by: Actor, transition: str, event: str, outcome: str, once: Once
) -> None:
    if check.code != ROW:
        raise WrongState("check", transition, check.code)
    require_moving(case)
    check.state = step("check", transition, live_state(case, check))
    check.outcome, check.changed_at = outcome, now()
    with case.act(event, by, answer.role, candidacy=candidacy_of(case, check), once=once) as entry:
        entry.save(check)
