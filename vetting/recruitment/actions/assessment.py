"""*Att bedöma*: the candidate is told, may reply within five working days, and a person assesses. Nothing fails."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_json_into
from vetting.policy.calendar import add_working_days
from vetting.recruitment.actions.checks import candidacy_of
from vetting.recruitment.actions.common import Once, require_moving, require_past, step
from vetting.recruitment.actions.errors import BadInput, NotComplete
from vetting.recruitment.actions.waiver_after import end_waiver_of
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.models import Check

WORKING_DAYS_TO_REPLY = 5
REPLIES = ("replied", "declined", "silent")


def notify_candidate(case: Case, *, by: Actor, check: Check, told_on: date, once: Once = None) -> None:
    """The candidate has been told what has come up, and until when she may reply."""
    decision = case.require(by, "check.notify_candidate", check=check)
    require_moving(case)
    check.state = step("check", "notify_candidate", check.state)
    require_past(told_on=told_on)
    check.told_on, check.reply_by = told_on, add_working_days(told_on, WORKING_DAYS_TO_REPLY)
    check.changed_at = now()
    with case.act(
        "check.candidate_notified",
        by,
        decision.role,
        candidacy=candidacy_of(case, check),
        check=check,
        once=once,
        date=check.reply_by.isoformat(),
    ) as entry:
        entry.save(check)


def record_reply(
    case: Case, *, by: Actor, check: Check, reply: str, replied_on: date, once: Once = None
) -> None:
    """She has replied, declined, or not been heard from in time; silence is not held against her."""
    decision = case.require(by, "check.record_reply", check=check)
    require_moving(case)
    check.state = step("check", "record_reply", check.state)
    if check.told_on is None or check.reply_by is None:
        raise NotComplete([Missing("stop", "candidate_told")])
    if reply not in REPLIES:
        raise BadInput(reply="choice")
    require_past(replied_on=replied_on)
    if replied_on < check.told_on:
        raise BadInput(replied_on="before_told")
    if reply == "silent" and by.on <= check.reply_by:
        raise BadInput(reply="time_left")
    check.reply_code, check.replied_on, check.changed_at = reply, replied_on, now()
    with case.act(
        "check.reply_recorded",
        by,
        decision.role,
        candidacy=candidacy_of(case, check),
        check=check,
        once=once,
        date=replied_on.isoformat(),
    ) as entry:
        entry.save(check)


def assess_check(
    case: Case,
    *,
    by: Actor,
    check: Check,
    relevant: str,
    certain: str,
    condition: str,
    conclusion: str,
    once: Once = None,
) -> None:
    """The assessment against this post's risk: three answers and a conclusion, sealed. The check is then done.

    Raises NotComplete before the candidate has been told and has replied, declined or let the time pass.
    """
    decision = case.require(by, "check.assess", check=check)
    require_moving(case)
    check.state = step("check", "assess", check.state)
    if check.told_on is None:
        raise NotComplete([Missing("stop", "candidate_told")])
    if not check.reply_code:
        raise NotComplete([Missing("stop", "candidate_heard")])
    answers = {"relevant": relevant, "certain": certain, "condition": condition, "conclusion": conclusion}
    empty = {name: "required" for name, text in answers.items() if not text.strip()}
    if empty:
        raise BadInput(**empty)
    seal_json_into(check, "assessment", answers)
    check.assessed_on, check.assessed_by_id, check.changed_at = by.on, by.person_id, now()
    with case.act(
        "check.assessed", by, decision.role, candidacy=candidacy_of(case, check), check=check, once=once
    ) as entry:
        entry.save(check)
        end_waiver_of(case, entry, check)
