"""A whole meeting of the committee at once: each decision in its own transaction, with its own entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID, uuid5

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.recruitment.actions.errors import Refused
from vetting.recruitment.actions.report import record_dates, report_to_board
from vetting.recruitment.case import Case
from vetting.recruitment.models import Decision

Outcome = list[tuple[Decision, Refused | Denied | None]]
Do = Callable[[Case, Decision, UUID], None]


def report_each(by: Actor, decisions: Iterable[Decision], *, reported_on: date, once: UUID) -> Outcome:
    """*Anmäl till nämnd* for every decision (kommunallagen 7:8); the error of each that could not be."""

    def do(case: Case, decision: Decision, key: UUID) -> None:
        report_to_board(case, by=by, decision=decision, reported_on=reported_on, once=key)

    return [(decision, _one(decision, once, do)) for decision in decisions]


def date_each(
    by: Actor, decisions: Iterable[Decision], *, minutes_approved_on: date, posted_on: date, once: UUID
) -> Outcome:
    """When the minutes were approved and posted, for every decision of the meeting (kommunallagen 13:5)."""

    def do(case: Case, decision: Decision, key: UUID) -> None:
        record_dates(
            case,
            by=by,
            decision=decision,
            minutes_approved_on=minutes_approved_on,
            posted_on=posted_on,
            once=key,
        )

    return [(decision, _one(decision, once, do)) for decision in decisions]


def _one(decision: Decision, once: UUID, do: Do) -> Refused | Denied | None:
    key = uuid5(once, str(decision.pk))
    try:
        with Case.locked(decision.recruitment_id) as case:
            if not Entry.objects.filter(once=key).exists():
                do(case, next(own for own in case.decisions if own.pk == decision.pk), key)
    except (Refused, Denied) as error:
        return error
    return None
