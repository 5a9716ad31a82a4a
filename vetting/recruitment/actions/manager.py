"""Another manager takes over where the ordinary one stands aside or has left, so that nothing stops for it."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.grants import role_of
from vetting.access.standing_in import tied_to
from vetting.accounts.models import Person
from vetting.policy.reasons import ASSIGN
from vetting.policy.workflow import transition
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.lift import ESCALATION, direct_lift
from vetting.recruitment.case import Case
from vetting.recruitment.guests import UNDER_WAY, needs_guest, rows_that_need_guest
from vetting.recruitment.models import Candidacy, Opinion, Recruitment, RecruitmentGrant, Vote
from vetting.recruitment.queries.beginnings import recruits_for
from vetting.recruitment.standing import OPINING, stands_aside


def change_manager(case: Case, *, by: Actor, manager: Person, reason: str, once: Once = None) -> None:
    """Make `manager` the hiring manager; she declares conflicts of interest as everybody does on joining.

    Four eyes hold on what has been said already: nobody who has opined here becomes manager, whoever has been manager
    opines nowhere here, and an opinion the new manager prepared, or let pass after a lift, falls.
    Raises Denied (nobody makes herself manager), BadInput, WrongState.
    """
    answer = case.require(by, "recruitment.assign")
    recruitment = case.recruitment
    if manager.pk == by.person_id:
        raise Denied("recruitment.assign", "excluded:self_gain")
    if recruitment.state == Recruitment.State.CANCELLED or manager.pk == recruitment.manager_id:
        raise WrongState("recruitment", "change_manager", "assigned")
    if reason not in ASSIGN:
        raise BadInput(reason="reason")
    _require_free(case, by, manager)
    earlier = {"person": str(recruitment.manager_id), "until": by.on.isoformat()}
    recruitment.earlier_managers = [*recruitment.earlier_managers, earlier]
    recruitment.manager = case.manager = manager
    recruitment.changed_at = now()
    with case.act(
        "recruitment.assigned",
        by,
        answer.role,
        once=once,
        target_role="hiring_manager",
        change="replaced",
        reason_code=reason,
    ) as entry:
        entry.save(recruitment)
        # She has the manager's own access now, and decides after no lift here.
        for grant in [each for each in case.grants if _let_her_in(each, manager)]:
            entry.delete(grant)
            case.grants.remove(grant)
        marked = rows_that_need_guest(case) if needs_guest(case) else []
        for candidacy in case.candidacies:
            _keep_four_eyes(case, entry, by, candidacy)
        for row in marked:
            if _waits(case, row):  # what has fallen is saved already
                entry.save(row)


def _waits(case: Case, row: Opinion | Vote) -> bool:
    opinion = row if isinstance(row, Opinion) else case.opinion(row.opinion_id)
    return opinion.state in UNDER_WAY


def _let_her_in(grant: RecruitmentGrant, manager: Person) -> bool:
    return grant.reason == ESCALATION and grant.user.person_id == manager.pk


def _require_free(case: Case, by: Actor, manager: Person) -> None:
    """Raises BadInput for somebody who does not recruit for the unit, stands aside here, or has opined here."""
    if not recruits_for(manager.pk, case.unit.path, by.on):
        raise BadInput(manager="not_manager")
    own = case.recusal_of(manager.pk)
    if own is not None and stands_aside(own):
        raise BadInput(manager="stands_aside")
    if has_opined(case, manager):
        raise BadInput(manager="has_opined")


def has_opined(case: Case, person: Person) -> bool:
    """Whether the person has sat on the opinion's side of this recruitment: voted, or taken a round.

    So has whoever has stood in for one who voted, or has been substituted by one.
    """
    voted = {vote.person_id for vote in case.votes}
    took = {grant.user.person_id for grant in case.grants if role_of(grant.permission) in OPINING}
    if person.pk in voted | took:
        return True
    return bool(voted) and person.pk in tied_to(voted, case.recruitment.created_on, case.today)


def _keep_four_eyes(case: Case, entry: Act, by: Actor, candidacy: Candidacy) -> None:
    """An opinion that rests on the new manager's own hand falls; a lift that waits for her goes to another."""
    opinion = case.current_opinion(candidacy)
    if opinion is None:
        return
    hers = case.recruitment.manager_id
    stands = opinion.state in transition("opinion", "invalidate_by_manager").sources
    if stands and hers in {opinion.preparer_id, opinion.escalation_by_id}:
        if invalidate_opinion(case, entry, candidacy, "invalidate_by_manager", "fall_back_by_manager"):
            entry.save(candidacy)
    elif opinion.state == Opinion.State.ESCALATED and opinion.escalated_to_id == hers:
        lets_in = direct_lift(case, by, opinion)
        for row in [opinion, *lets_in]:
            entry.save(row)
        case.grants += lets_in
