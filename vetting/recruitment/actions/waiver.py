"""Waivers (Undantag): proposed with a reason and an end date, signed or rejected by another, ended when not needed.

Only a check that the agreed catalogue marks as the municipality's own. The form, these acts and the database each
refuse the rest; nothing is ever postponed or broken through where a statute demands the check.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.standing_in import tied_to
from vetting.crypto.sealed import seal_into
from vetting.policy.reasons import WAIVER, WAIVER_REJECTED
from vetting.policy.waivers import last_day_from, may_be_waived
from vetting.recruitment.actions.common import Once, require_moving, step
from vetting.recruitment.actions.errors import BadInput, NotComplete, SamePerson, WrongState
from vetting.recruitment.actions.waiver_after import heard_by_opinion, put_to_an_end
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.engine.rows import NOT_WAIVED, SETTLED, stored_row
from vetting.recruitment.models import Candidacy, Check, Waiver
from vetting.recruitment.relations import may_not_sign_waiver

SHORTEST_REASON = 10
UNDER_REFUSAL = {Candidacy.State.REFUSED, Candidacy.State.ESCALATED}
"""While the security function advises against, what it read is not exchanged for a waiver."""


def propose_waiver(
    case: Case, *, by: Actor, check: Check, until: date, reason_code: str, reason: str, once: Once = None
) -> Waiver:
    """The first signature. Raises WrongState where the check may not be waived, BadInput, NotComplete, Denied.

    A waiver of the check whose end date has passed is ended by the way: it was over already.
    """
    answer = case.require(by, "waiver.propose", check=check)
    candidacy = require_waivable(case, check)
    _require_typed(by, until, reason_code, reason, candidacy)
    past = case.live_waiver_of(check)
    if past is not None and not past.has_lapsed(by.on):
        raise WrongState("waiver", "propose", "waiver_there")
    waiver = new_waiver(case, by, candidacy, check, "propose", until, reason_code)
    waiver.barred = _barred(case, waiver)
    # Of a person with protected identity no words are kept: the coded reason is all there is.
    seal_into(waiver, "reason", None if candidacy.is_protected else reason.strip())
    with case.act(
        "waiver.proposed",
        by,
        answer.role,
        candidacy=candidacy,
        check=check,
        once=once,
        until=until.isoformat(),
        reason_code=reason_code,
    ) as entry:
        if past is not None:
            put_to_an_end(case, past)
            entry.save(past)
        entry.save(waiver)
    case.waivers.append(waiver)
    return waiver


def new_waiver(
    case: Case, by: Actor, candidacy: Candidacy, check: Check, transition: str, until: date, reason_code: str
) -> Waiver:
    """An unsaved waiver of the check as its ground is, begun by `transition`. The caller has asked the door."""
    return Waiver(
        recruitment=case.recruitment,
        candidacy=candidacy,
        of_check=check,
        code=check.code,
        ground=check.ground,
        documentation=check.documentation,
        is_statutory=check.is_statutory,
        state=step("waiver", transition, "new"),
        until=until,
        reason_code=reason_code,
        proposed_by_id=by.person_id,
        proposed_on=by.on,
        changed_at=now(),
    )


def require_waivable(case: Case, check: Check) -> Candidacy:
    """The finalist whose check it is, where the check may be waived today. Raises WrongState, NotComplete.

    What has come up and is to be assessed is assessed, not waived; what is done needs no waiver.
    """
    if check.is_statutory or not may_be_waived(check.code) or check.candidacy_id is None:
        raise WrongState("waiver", "propose", "not_waivable")
    require_moving(case)
    candidacy = case.candidacy(check.candidacy_id)
    if candidacy.ended_on is not None:
        raise WrongState("waiver", "propose", "waiver_ended")
    if candidacy.state in UNDER_REFUSAL:
        raise WrongState("waiver", "propose", "waiver_refused")
    if check.belongs_to == "candidacy" and case.decision_of(candidacy) is not None:
        raise WrongState("waiver", "propose", "decided")
    row = stored_row(case, check, candidacy, case.today)
    if row.state == "blocked":
        raise NotComplete([Missing("blocked", row.why, row)])
    if row.state in NOT_WAIVED:
        raise WrongState("waiver", "propose", "waiver_done" if row.state in SETTLED else "waiver_to_assess")
    return candidacy


def _require_typed(by: Actor, until: date, reason_code: str, reason: str, candidacy: Candidacy) -> None:
    errors = {}
    if until < by.on:
        errors["until"] = "passed"
    elif until > last_day_from(by.on):
        errors["until"] = "waiver_too_long"
    if reason_code not in WAIVER:
        errors["reason_code"] = "reason"
    if not candidacy.is_protected and len(reason.strip()) < SHORTEST_REASON:
        errors["reason"] = "too_short"
    if errors:
        raise BadInput(**errors)


def _barred(case: Case, waiver: Waiver) -> str:
    """The ids that the database holds the second signature apart from, those of earlier days kept."""
    found: set[UUID] = {UUID(each) for each in waiver.barred.split()} | may_not_sign_waiver(case, waiver)
    found |= tied_to(found, case.recruitment.created_on, case.today)
    return " ".join(sorted(person.hex for person in found))


def confirm_waiver(case: Case, *, by: Actor, waiver: Waiver, once: Once = None) -> None:
    """The second signature: from now on the check stops nothing through the end date.

    Raises SamePerson for anybody with a hand in it, WrongState where it is no longer a proposal, the end date has
    passed or the check has been done meanwhile; NotComplete while the recruitment is on hold.
    """
    answer = case.require(by, "waiver.confirm", waiver=waiver)
    target = step("waiver", "confirm", waiver.state)
    check = case.check(waiver.of_check_id)
    candidacy = require_waivable(case, check)
    if waiver.has_lapsed(by.on):
        raise WrongState("waiver", "confirm", "waiver_lapsed")
    waiver.barred = _barred(case, waiver)
    if by.person_id.hex in waiver.barred:
        raise SamePerson
    waiver.state, waiver.confirmed_by_id, waiver.confirmed_on = target, by.person_id, by.on
    waiver.changed_at = now()
    with case.act(
        "waiver.confirmed",
        by,
        answer.role,
        candidacy=candidacy,
        check=check,
        once=once,
        seal=True,
        until=waiver.until.isoformat(),
    ) as entry:
        entry.save(waiver)
        heard_by_opinion(case, entry, candidacy)


def reject_waiver(case: Case, *, by: Actor, waiver: Waiver, reason_code: str, once: Once = None) -> None:
    """The other says no: the check stops as before. Raises WrongState, BadInput, Denied."""
    answer = case.require(by, "waiver.reject", waiver=waiver)
    target = step("waiver", "reject", waiver.state)
    if reason_code not in WAIVER_REJECTED:
        raise BadInput(reason_code="reason")
    if waiver.proposed_by_id == by.person_id:
        raise SamePerson
    waiver.state, waiver.rejected_by_id, waiver.rejected_on = target, by.person_id, by.on
    waiver.reject_code, waiver.changed_at = reason_code, now()
    with case.act(
        "waiver.rejected",
        by,
        answer.role,
        candidacy=case.candidacy(waiver.candidacy_id),
        check=case.check(waiver.of_check_id),
        once=once,
        reason_code=reason_code,
    ) as entry:
        entry.save(waiver)


def end_waiver(case: Case, *, by: Actor, waiver: Waiver, once: Once = None) -> None:
    """Before its time, or a proposal taken back. The check stops again if it is not done. Raises WrongState."""
    answer = case.require(by, "waiver.end", waiver=waiver)
    step("waiver", "end", waiver.state)
    put_to_an_end(case, waiver)
    with case.act(
        "waiver.ended",
        by,
        answer.role,
        candidacy=case.candidacy(waiver.candidacy_id),
        check=case.check(waiver.of_check_id),
        once=once,
    ) as entry:
        entry.save(waiver)
