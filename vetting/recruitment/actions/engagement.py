"""The engagement: start when the page says *Får börja*, renewals that are never register look-ups, exit."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.reasons import EXIT_CANCELLED
from vetting.policy.reminders import RENEWAL_DAYS
from vetting.recruitment.actions.common import Once, require_complete, require_past, step
from vetting.recruitment.actions.defer import require_not_sooner
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, missing_for_start
from vetting.recruitment.engine.rows import stored_row
from vetting.recruitment.engine.undated import undated
from vetting.recruitment.models import Candidacy, Check, Engagement, Recruitment


def name_of(case: Case, candidacy: Candidacy) -> str:
    """How the log names an engagement: reference and the finalist's label."""
    return f"{case.recruitment.reference} {candidacy.label}"


def confirm_start(
    case: Case, *, by: Actor, candidacy: Candidacy, started_on: date, once: Once = None
) -> None:
    """The person has begun. Raises NotComplete unless the page says *Får börja*."""
    answer = case.require(by, "engagement.confirm_start", candidacy=candidacy)
    engagement = case.engagement_of(candidacy)
    if engagement is None:
        raise NotComplete([Missing("check", "decision")])
    target = step("engagement", "start", engagement.state)
    require_complete(missing_for_start(case, candidacy))
    require_past(started_on=started_on)
    require_not_sooner(case, candidacy, started_on)
    decision = case.decision_of(candidacy)
    if decision is not None and started_on < decision.decided_on:
        raise BadInput(started_on="before_decision")
    engagement.state, engagement.started_on = target, started_on
    engagement.renewals = renewals_from(case, candidacy, started_on)
    candidacy.state = step("candidacy", "start", candidacy.state)
    candidacy.changed_at = now()
    recruitment = case.recruitment
    with case.act(
        "engagement.started",
        by,
        answer.role,
        candidacy=candidacy,
        once=once,
        engagement=name_of(case, candidacy),
        date=started_on.isoformat(),
    ) as entry:
        entry.save(engagement)
        entry.save(candidacy)
        if recruitment.state == Recruitment.State.DECIDED:
            recruitment.state = step("recruitment", "begin_onboarding", recruitment.state)
            recruitment.changed_at = now()
            entry.save(recruitment)


def renewals_from(case: Case, candidacy: Candidacy, start: date) -> dict[str, str]:
    """Check code → ISO day on which it is next due, for what recurs during the engagement."""
    due = {}
    for check in case.checks_of(candidacy):
        renewal = CHECKPOINTS[check.code].renewal
        if renewal is None or check.state == Check.State.NOT_APPLICABLE:
            continue
        if renewal.months is not None:
            due[check.code] = add_months(start, renewal.months).isoformat()
        elif check.valid_until is not None:
            due[check.code] = check.valid_until.isoformat()
    return due


def due_renewals(engagement: Engagement, on: date, within_days: int = RENEWAL_DAYS) -> list[tuple[str, date]]:
    """What falls due within `within_days` of `on` or is late: (check code, day), soonest first; judged when read."""
    if engagement.state != Engagement.State.ACTIVE:
        return []
    days = [(code, date.fromisoformat(day)) for code, day in engagement.renewals.items()]
    return sorted(
        ((code, day) for code, day in days if (day - on).days <= within_days), key=lambda pair: pair[1]
    )


def record_renewal(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    code: str,
    done_on: date,
    valid_until: date | None = None,
    once: Once = None,
) -> None:
    """Note a renewed declaration, licence, permit, training or access review; the next day follows from it.

    A permit's next day is its own last one, `valid_until`: for nothing else is it asked. One that was recorded before
    its last day was asked for gets it here.
    """
    answer = case.require(by, "engagement.record_renewal", candidacy=candidacy)
    engagement = _engagement(case, candidacy)
    if engagement.state != Engagement.State.ACTIVE:
        raise WrongState("engagement", "renew", str(engagement.state))
    asked = code in engagement.renewals or code in undated(case, candidacy)
    renewal = CHECKPOINTS[code].renewal if asked else None
    if renewal is None:
        raise BadInput(code="choice")
    require_past(done_on=done_on)
    following = add_months(done_on, renewal.months) if renewal.months is not None else valid_until
    if following is None:
        raise BadInput(valid_until="required")
    if renewal.months is None and following < case.today:
        raise BadInput(valid_until="passed")
    engagement.renewals = {**engagement.renewals, code: following.isoformat()}
    with case.act(
        "engagement.renewed",
        by,
        answer.role,
        once=once,
        engagement=name_of(case, candidacy),
        check=case.check_named(code, candidacy),
        date=done_on.isoformat(),
    ) as entry:
        entry.save(engagement)


def begin_exit(case: Case, *, by: Actor, candidacy: Candidacy, last_day: date, once: Once = None) -> None:
    """The engagement will end: access is closed and the last day is set."""
    answer = case.require(by, "engagement.begin_exit", candidacy=candidacy)
    engagement = _engagement(case, candidacy)
    engagement.state = step("engagement", "begin_exit", engagement.state)
    if engagement.started_on is not None and last_day < engagement.started_on:
        raise BadInput(last_day="before_start")
    engagement.planned_end = last_day
    with case.act(
        "engagement.exit_begun",
        by,
        answer.role,
        once=once,
        engagement=name_of(case, candidacy),
        date=last_day.isoformat(),
    ) as entry:
        entry.save(engagement)


def cancel_exit(case: Case, *, by: Actor, candidacy: Candidacy, reason: str, once: Once = None) -> None:
    """The engagement goes on after all."""
    answer = case.require(by, "engagement.cancel_exit", candidacy=candidacy)
    engagement = _engagement(case, candidacy)
    engagement.state = step("engagement", "cancel_exit", engagement.state)
    if reason not in EXIT_CANCELLED:
        raise BadInput(reason="reason")
    engagement.planned_end = None
    with case.act(
        "engagement.exit_cancelled", by, answer.role, once=once, engagement=name_of(case, candidacy)
    ) as entry:
        entry.save(engagement)


def complete_exit(case: Case, *, by: Actor, candidacy: Candidacy, ended_on: date, once: Once = None) -> None:
    """Access is closed and the reminder of secrecy given (the row *Avslut*, where the post has one)."""
    answer = case.require(by, "engagement.complete_exit", candidacy=candidacy)
    engagement = _engagement(case, candidacy)
    engagement.state = step("engagement", "complete_exit", engagement.state)
    require_past(ended_on=ended_on)
    exit_row = case.check_named("exit", candidacy)
    if exit_row is not None and exit_row.state != Check.State.DONE:
        row = stored_row(case, exit_row, candidacy, case.today)
        if row.waived_until is None:
            raise NotComplete([Missing("check", "exit", row)])
    engagement.ended_on, engagement.renewals = ended_on, {}
    with case.act(
        "engagement.ended",
        by,
        answer.role,
        once=once,
        engagement=name_of(case, candidacy),
        date=ended_on.isoformat(),
    ) as entry:
        entry.save(engagement)


def _engagement(case: Case, candidacy: Candidacy) -> Engagement:
    engagement = case.engagement_of(candidacy)
    if engagement is None:
        raise WrongState("engagement", "none", "none")
    return engagement


__all__ = ["begin_exit", "cancel_exit", "complete_exit", "confirm_start", "due_renewals", "record_renewal"]
