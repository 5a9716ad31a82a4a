"""Preparing and asking for the security function's opinion."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.grants import permission_for
from vetting.crypto.sealed import seal_into
from vetting.recruitment.actions.common import Once, require_complete, require_moving, step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.lift import direct_lift
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import approvers_needed, missing_for_opinion
from vetting.recruitment.engine.rows import (
    candidacy_rows,
    material_of,
    needs_opinion,
    opinion_lapsed,
    opinion_outdated,
    recruitment_rows,
)
from vetting.recruitment.guests import UNDER_WAY, needs_guest
from vetting.recruitment.models import Candidacy, Opinion, Recruitment, RecruitmentGrant
from vetting.recruitment.standing import have_managed


def prepare_opinion(
    case: Case, *, by: Actor, candidacy: Candidacy, recommendation: str = "", once: Once = None
) -> Opinion:
    """Begin a round: the preparer and the manager are copied into it and never change.

    Raises WrongState when the profile calls for no opinion, or a round is under way.
    """
    decision = case.require(by, "opinion.prepare", candidacy=candidacy)
    require_moving(case)
    if not needs_opinion(case, candidacy):
        raise WrongState("opinion", "prepare", "not_called_for")
    opinion = _new_round(case, by, candidacy)
    opinion.state = Opinion.State.DRAFT
    seal_into(opinion, "recommendation", recommendation.strip() or None)
    with case.act(
        "opinion.prepared", by, decision.role, candidacy=candidacy, once=once, round=opinion.round
    ) as entry:
        entry.save(opinion)
    case.opinions.append(opinion)
    return opinion


def _new_round(case: Case, by: Actor, candidacy: Candidacy) -> Opinion:
    current = case.current_opinion(candidacy)
    alive = {
        "draft",
        "requested",
        "half_given",
        "approved",
        "approved_with_conditions",
        "escalated",
        "refused",
        "overruled",
        "set_aside",
        "used",
    }
    if case.recruitment.manager_id == by.person_id:
        raise SamePerson
    if have_managed(case) & by.tied_since(case.recruitment.created_on):
        raise SamePerson  # whoever has stood in for the manager, or the other way round, does not prepare
    gone = current is not None and (opinion_lapsed(current, by.on) or opinion_outdated(case, current))
    if current is not None and current.state in alive and not gone:
        raise WrongState("opinion", "prepare", str(current.state))
    return Opinion(
        recruitment=case.recruitment,
        candidacy=candidacy,
        round=current.round + 1 if current else 1,
        preparer_id=by.person_id,
        manager_id=case.recruitment.manager_id,
        approvers=1,
        binds=case.authority.opinion_binds,
        planned_start=case.recruitment.planned_start,
        changed_at=now(),
    )


def request_opinion(case: Case, *, by: Actor, opinion: Opinion, once: Once = None) -> None:
    """Hand the material to the security function. Raises NotComplete with each row that is left.

    Level 3: one person; a second is added on a deviation or when the finalist was drawn. Levels 4–5: two.
    """
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.request", candidacy=candidacy, opinion=opinion)
    require_moving(case)
    opinion.state = step("opinion", "request", opinion.state)
    candidacy.state = step("candidacy", "send_for_opinion", candidacy.state)
    require_complete(missing_for_opinion(case, candidacy))
    _hand_over(case, by, opinion, candidacy)
    with case.act(
        "opinion.requested",
        by,
        decision.role,
        candidacy=candidacy,
        once=once,
        round=opinion.round,
        approvers=opinion.approvers,
    ) as entry:
        entry.save(opinion)
        entry.save(candidacy)


def renew_opinion(case: Case, *, by: Actor, candidacy: Candidacy, once: Once = None) -> Opinion:
    """Open a new round with the same material after a return or when the last one lapsed."""
    decision = case.require(by, "opinion.renew", candidacy=candidacy)
    require_moving(case)
    last = case.current_opinion(candidacy)
    if last is None or not (
        last.state in {"returned", "recalled", "invalidated"} or opinion_lapsed(last, by.on)
    ):
        raise WrongState("opinion", "renew", str(last.state) if last else "none")
    if candidacy.state == Candidacy.State.CLEARED:
        candidacy.state = Candidacy.State.CHECKING  # fall_back_by_time: the opinion lapsed, judged when read
    candidacy.state = step("candidacy", "send_for_renewed_opinion", candidacy.state)
    require_complete(missing_for_opinion(case, candidacy))
    lapsed = opinion_lapsed(last, by.on) or opinion_outdated(case, last)
    opinion = _new_round(case, by, candidacy)
    opinion.state = Opinion.State.REQUESTED
    _hand_over(case, by, opinion, candidacy)
    with case.act(
        "opinion.renewed",
        by,
        decision.role,
        candidacy=candidacy,
        once=once,
        round=opinion.round,
        approvers=opinion.approvers,
    ) as entry:
        if lapsed:
            last.state, last.changed_at = step("opinion", "lapse", last.state), now()
            entry.save(last)
        entry.save(opinion)
        entry.save(candidacy)
    case.opinions.append(opinion)
    return opinion


def _hand_over(case: Case, by: Actor, opinion: Opinion, candidacy: Candidacy) -> None:
    opinion.approvers, opinion.second_because = approvers_needed(case, candidacy)
    opinion.requested_on, opinion.changed_at = by.on, now()
    opinion.needs_guest = needs_guest(case)
    opinion.binds = case.authority.opinion_binds
    opinion.planned_start = case.recruitment.planned_start
    candidacy.changed_at = now()
    opinion.basis = material(case, candidacy)


def material(case: Case, candidacy: Candidacy) -> dict[str, int]:
    """Check id → the log entry of each row in the material."""
    rows = [*recruitment_rows(case), *candidacy_rows(case, candidacy)]
    return {str(row.check.pk): material_of(case, row.check) for row in rows if row.check is not None}


def changed_since_last_round(case: Case, opinion: Opinion) -> set[str]:
    """Ids of the checks that differ from the round before (empty in the first): what the new round marks."""
    earlier = [
        o
        for o in case.opinions
        if o.candidacy_id == opinion.candidacy_id and o.round < opinion.round and o.basis
    ]
    if not earlier:
        return set()
    before = max(earlier, key=lambda o: o.round).basis
    return {check for check, entry in opinion.basis.items() if before.get(check) != entry}


def recall_opinion(case: Case, *, by: Actor, opinion: Opinion, once: Once = None) -> None:
    """Take the request back before the opinion is finished; a vote already given is never shown."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.recall", candidacy=candidacy, opinion=opinion)
    opinion.state = step("opinion", "recall", opinion.state)
    candidacy.state = step("candidacy", "recall", candidacy.state)
    opinion.changed_at = candidacy.changed_at = now()
    with case.act(
        "opinion.recalled", by, decision.role, candidacy=candidacy, once=once, round=opinion.round
    ) as entry:
        entry.save(opinion)
        entry.save(candidacy)


def take_opinion(case: Case, *, by: Actor, opinion: Opinion, once: Once = None) -> None:
    """*Ta nästa*: be assigned to the round, so that its sealed material may be opened with a purpose."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.take", candidacy=candidacy, opinion=opinion)
    if opinion.state not in UNDER_WAY:
        raise WrongState("opinion", "take", str(opinion.state))
    if any(grant.user_id == by.account_id for grant in case.grants):
        return
    grant = RecruitmentGrant(
        permission=permission_for(Recruitment, decision.role),
        user_id=by.account_id,
        content_object=case.recruitment,
        granted_by_id=by.person_id,
        since=now(),
        reason="opinion",
    )
    grant = case.given(grant)
    with case.act(
        "opinion.taken", by, decision.role, candidacy=candidacy, once=once, round=opinion.round
    ) as entry:
        entry.save(grant)
    case.grants.append(grant)


def escalate_opinion(case: Case, *, by: Actor, opinion: Opinion, reason: str, once: Once = None) -> None:
    """*Lyft beslutet*: after *avstyrks*, to whoever the delegation order names (nobody named: the committee)."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.escalate", candidacy=candidacy, opinion=opinion)
    require_moving(case)
    opinion.state = step("opinion", "escalate", opinion.state)
    candidacy.state = step("candidacy", "escalate", candidacy.state)
    if len(reason.strip()) < 10:
        raise BadInput(reason="too_short")
    seal_into(opinion, "escalation_reason", reason.strip())
    lets_in = direct_lift(case, by, opinion)
    candidacy.changed_at = now()
    body = "head_of_administration" if opinion.escalated_to_id else "committee"
    with case.act(
        "opinion.escalated", by, decision.role, candidacy=candidacy, once=once, target_body=body
    ) as entry:
        entry.save(opinion)
        entry.save(candidacy)
        for grant in lets_in:
            entry.save(grant)
    case.grants += lets_in
