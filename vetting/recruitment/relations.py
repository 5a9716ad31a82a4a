"""Which relations of `terms.csv` hold between a person and a recruitment (or a part of it)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.grants import role_of
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.emergencies import held_in
from vetting.recruitment.models import Candidacy, Check, Opinion, Recruitment, Recusal, Waiver

if TYPE_CHECKING:
    from vetting.organisation.models import DelegationPoint
    from vetting.recruitment.case import Case

SHUT_OUT = {Recusal.State.DECLARED, Recusal.State.EXCLUDED}
ENDED = {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}
HR = {"hr_officer", "hr_head"}
SECURITY = {"security_officer", "security_head"}


def facts(
    case: Case,
    actor: Actor,
    *,
    candidacy: Candidacy | None = None,
    check: Check | None = None,
    opinion: Opinion | None = None,
    recusal: Recusal | None = None,
    waiver: Waiver | None = None,
) -> Facts:
    """Everything the door asks about: scopes by unit and authority, ownership, assignments and relations."""
    person = actor.person_id
    is_own = case.recruitment.manager_id == person
    assigned = {role_of(grant.permission) for grant in case.grants if grant.user_id == actor.account_id}
    found: set[str] = set()
    if is_own:
        found.add("hiring_manager")
    if case.recruitment.state in ENDED:
        found.add("closed_object")
    found |= _own_declaration(case, actor, bool(assigned) or is_own)
    if is_access_manager(case, actor):
        # She confirms access for the unit and sees nothing else: no part in the recruitment follows from it.
        found.add("unit_access_manager")
        assigned.add("employee")
    point = delegation_point(case, actor)
    if point is not None:
        found.add("deciding_delegate")
        if not is_own:
            # Another delegate of the same post - the ordinary one's ersättare, or a superior - stands in her place.
            found.add("substitute")
    if check is not None:
        if candidacy is None and check.candidacy_id is not None:
            candidacy = case.candidacy(check.candidacy_id)
        if performs(case, actor, check, assigned, found):
            found.add("assigned_performer")
    if waiver is not None:
        candidacy = case.candidacy(waiver.candidacy_id)
        found |= _about_waiver(case, actor, waiver, found)
    if candidacy is None and opinion is not None:
        candidacy = case.candidacy(opinion.candidacy_id)
    if candidacy is not None:
        found |= _about_candidacy(case, actor, candidacy)
        opinion = opinion or case.current_opinion(candidacy)
    else:
        found.add("not_protected")
    if opinion is not None:
        found |= _about_opinion(case, actor, opinion, assigned)
        if "substitute" in found and "escalation_body" not in found:
            # The manager neither opines nor decides after a lift; so neither does whoever stands in her place.
            found.add("substitute_of_excluded")
        if not is_own and person in have_managed(case):
            # Replaced by somebody who is shut out from these steps; what she decided as manager is hers all the same.
            found.add("substitute_of_excluded")
    if recusal is not None:
        if recusal.person_id == person:
            found.add("owner")
        if recusal.decided_by_id == person:
            found.add("setter")
        if recusal.person.line_manager_id == person:
            found.add("line_manager")
    if "recused" in found:
        # Whoever stands aside here is the one a recusal is about: she neither sets nor lifts any.
        found.add("owner")
    return Facts(
        authority_id=case.authority.pk,
        unit_path=case.unit.path,
        is_own=is_own,
        assigned=frozenset(assigned),
        relations=frozenset(found),
        absent={"hiring_manager": frozenset({"own"})} if "substitute" in found else {},
        emergency=glass.role if (glass := held_in(case.break_glasses, actor)) is not None else "",
    )


def delegation_point(case: Case, actor: Actor) -> DelegationPoint | None:
    """The point under which `actor` may decide on this post and form today, ordinary delegate before substitute."""
    valid = [each for each in delegation_points(case, actor.on) if each.delegate_id == actor.person_id]
    return min(valid, key=lambda point: (point.is_substitute, -len(point.unit.path)), default=None)


def delegation_points(case: Case, on: date) -> list[DelegationPoint]:
    """The points of delegation that let somebody decide on this post and form on that day."""
    leading = "leading_post" in case.recruitment.profiles or case.position.is_designated_leading
    return [
        point
        for point in case.points
        if point.is_in_force(on)
        and case.recruitment.form in point.forms
        and (point.leading_posts or not leading)
    ]


def have_managed(case: Case) -> set[UUID]:
    """The persons who are or have been the recruitment's manager."""
    earlier = (UUID(each["person"]) for each in case.recruitment.earlier_managers)
    return {case.recruitment.manager_id, *earlier}


def may_not_sign_waiver(case: Case, waiver: Waiver) -> set[UUID]:
    """The persons whom the second signature of a waiver must not be of: everybody with a hand in the matter.

    Its proposer, managers of now and before, whoever has prepared an opinion about the finalist, whoever stands aside,
    and whoever may decide in the manager's place.
    """
    found = {waiver.proposed_by_id} | have_managed(case)
    found |= {opinion.preparer_id for opinion in case.opinions if opinion.candidacy_id == waiver.candidacy_id}
    found |= {recusal.person_id for recusal in case.recusals if stands_aside(recusal)}
    return found | {point.delegate_id for point in delegation_points(case, case.today)}


def is_access_manager(case: Case, actor: Actor) -> bool:
    """Whether `actor` gives and closes access for the unit; where none is named it is the hiring manager."""
    return (case.unit.access_manager_id or case.recruitment.manager_id) == actor.person_id


def performs(case: Case, actor: Actor, check: Check, assigned: set[str], found: set[str]) -> bool:
    """Whether the catalogue lets this actor perform the check (`performed_by`: roles or relations)."""
    for performer in CHECKPOINTS[check.code].performed_by:
        if performer == "hiring_manager" and "hiring_manager" in found:
            return True
        if performer in {"hr_officer", "external_recorded_by_hr"} and assigned & HR:
            return True
        if performer == "security_officer" and assigned & SECURITY:
            return True
        if performer in {"deciding_delegate", "unit_access_manager"} and performer in found:
            return True
        if performer == "protective_security" and actor.holds("protective_security"):
            return True
    return False


def may_answer(facts: Facts, code: str) -> bool:
    """Whether the actor that `facts` speak of is one of those who answer the coded question here (`answered_by`)."""
    return any(
        bool(facts.assigned & HR) if who == "hr_officer" else who in facts.relations
        for who in QUESTIONS[code].answered_by
    )


def stands_aside(recusal: Recusal) -> bool:
    """Whether the person takes no part: shut out now, or when the recruitment ended."""
    ended = recusal.state == Recusal.State.ENDED and recusal.excluded_before_end
    return recusal.state in SHUT_OUT or ended


def _own_declaration(case: Case, actor: Actor, takes_part: bool) -> set[str]:
    own = case.recusal_of(actor.person_id)
    if own is None:
        return {"participant"} if takes_part else set()
    if stands_aside(own):
        return {"recused"}
    return {"participant"} if takes_part else set()


def _about_candidacy(case: Case, actor: Actor, candidacy: Candidacy) -> set[str]:
    found: set[str] = set()
    if not candidacy.is_protected:
        found.add("not_protected")
    elif str(actor.person_id) in candidacy.handlers:
        found.add("named_handler")
    if any(
        actor.person_id in (check.recorded_by_id, check.assessed_by_id) for check in case.checks_of(candidacy)
    ):
        found.add("check_recorder")
    return found


def _about_waiver(case: Case, actor: Actor, waiver: Waiver, found: set[str]) -> set[str]:
    """Who has a hand in it: its proposer, whoever has prepared an opinion, managers and who stands in their place."""
    about: set[str] = set()
    if waiver.proposed_by_id == actor.person_id:
        about.add("proposer")
    rounds = (opinion for opinion in case.opinions if opinion.candidacy_id == waiver.candidacy_id)
    if any(opinion.preparer_id == actor.person_id for opinion in rounds):
        about.add("preparer")
    is_own = case.recruitment.manager_id == actor.person_id
    if "substitute" in found or (not is_own and actor.person_id in have_managed(case)):
        about.add("substitute_of_excluded")
    return about


def _about_opinion(case: Case, actor: Actor, opinion: Opinion, assigned: set[str]) -> set[str]:
    found: set[str] = set()
    if opinion.preparer_id == actor.person_id:
        found.add("preparer")
    if assigned & SECURITY or "guest_approver" in assigned:
        found.add("approver")
    if any(vote.person_id == actor.person_id for vote in case.votes_of(opinion)):
        found.add("other_approver")
    if opinion.escalated_to_id == actor.person_id:
        found.add("escalation_body")
    return found
