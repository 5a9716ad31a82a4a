"""*Komplettera efter start*: one of the municipality's own checks is done after the start of a short engagement.

Never one that a statute demands: the database's own rule about waivers holds for these rows too.
"""

from __future__ import annotations

from datetime import date

from vetting.access.actor import Actor
from vetting.policy.reasons import DEFERRED
from vetting.policy.waivers import DEFERRABLE, LONGEST_ENGAGEMENT_DAYS, deferred_until
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.waiver import new_waiver, require_waivable
from vetting.recruitment.actions.waiver_after import heard_by_opinion, put_to_an_end
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.engine.rows import left_for_later
from vetting.recruitment.models import Candidacy, Check, Waiver


def defer_check(
    case: Case, *, by: Actor, check: Check, reason_code: str, without_access: bool, once: Once = None
) -> Waiver:
    """Put the check off until ten working days after the start, from this moment on. The manager's choice alone.

    `reason_code`: a code of DEFERRED. `without_access`: she says that the person works without access beyond the
    ordinary meanwhile; the row where such access is confirmed is shut until the check is done. Raises Denied,
    WrongState where the check or the engagement is not such, NotComplete, BadInput.
    """
    answer = case.require(by, "waiver.defer", check=check)
    candidacy = require_deferrable(case, check)
    until = last_day(case, candidacy)
    if until is None or until < by.on:
        raise BadInput(reason_code="no_start" if until is None else "passed")
    if reason_code not in DEFERRED:
        raise BadInput(reason_code="reason")
    if not without_access:
        raise BadInput(without_access="no_access")
    past = case.live_waiver_of(check)
    waiver = new_waiver(case, by, candidacy, check, "defer", until, reason_code)
    waiver.deferred, waiver.barred = True, by.person_id.hex
    with case.act(
        "waiver.deferred",
        by,
        answer.role,
        candidacy=candidacy,
        check=check,
        once=once,
        until=until.isoformat(),
    ) as entry:
        if past is not None:
            put_to_an_end(case, past)
            entry.save(past)
        entry.save(waiver)
        heard_by_opinion(case, entry, candidacy)
    case.waivers.append(waiver)
    return waiver


def require_deferrable(case: Case, check: Check) -> Candidacy:
    """The finalist whose check it is, where it may be completed after the start. Raises WrongState, NotComplete."""
    days = case.recruitment.engagement_days
    if check.code not in DEFERRABLE or check.code not in required(case).may_complete_after_start:
        raise WrongState("waiver", "defer", "not_deferrable")
    if days is None or not 0 < days <= LONGEST_ENGAGEMENT_DAYS:
        raise WrongState("waiver", "defer", "not_deferrable")
    candidacy = require_waivable(case, check)
    if any(w.deferred and w.of_check_id == check.pk for w in case.waivers):
        raise WrongState("waiver", "defer", "waiver_there")  # once: what was put off is not put off again
    past = case.live_waiver_of(check)
    if past is not None and not past.has_lapsed(case.today):
        raise WrongState("waiver", "defer", "waiver_there")
    return candidacy


def last_day(case: Case, candidacy: Candidacy) -> date | None:
    """The last day on which the check is to be done, counted from the planned start; None where none is planned."""
    start = case.recruitment.planned_start
    return deferred_until(start) if start is not None else None


def require_short(case: Case, candidacy: Candidacy, start: date, end: date | None) -> None:
    """The engagement that is decided is the short one that a check was put off for. Raises BadInput."""
    later = [w for w in left_for_later(case, candidacy) if w.is_live]
    if not later:
        return
    if end is None or (end - start).days >= LONGEST_ENGAGEMENT_DAYS:
        raise BadInput(planned_end="deferred_short")
    require_not_sooner(case, candidacy, start, "planned_start")


def require_not_sooner(case: Case, candidacy: Candidacy, start: date, field: str = "started_on") -> None:
    """Nobody starts sooner than what was put off is counted from. Raises BadInput about `field`."""
    later = [w.until for w in left_for_later(case, candidacy) if w.is_live]
    if later and max(later) > deferred_until(start):
        raise BadInput(**{field: "deferred_start"})
