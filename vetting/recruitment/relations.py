"""Which relations of `terms.csv` hold between a person and a recruitment (or a part of it)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import Facts, StandIn, scopes_of
from vetting.access.grants import role_of
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.apart import apart, may_not_sign_waiver, on_other_side
from vetting.recruitment.emergencies import held_in
from vetting.recruitment.models import Candidacy, Check, Opinion, Recusal, Waiver
from vetting.recruitment.standing import (
    DRIVING,
    ENDED,
    HR,
    OPINING,
    SECURITY,
    SHUT_OUT,
    delegation_point,
    delegation_points,
    have_managed,
    is_access_manager,
    performs,
    stands_aside,
)

if TYPE_CHECKING:
    from vetting.recruitment.case import Case

IN_MANAGERS_PLACE = StandIn(None, {"hiring_manager": frozenset({"own"})})
"""Another delegate of the same post - the ordinary one's ersättare, or a superior - stands in the manager's place."""


def facts(
    case: Case,
    actor: Actor,
    *,
    candidacy: Candidacy | None = None,
    check: Check | None = None,
    opinion: Opinion | None = None,
    recusal: Recusal | None = None,
    waiver: Waiver | None = None,
    hold: bool = False,
) -> Facts:
    """Everything the door asks about: scopes by unit and authority, ownership, assignments and relations.

    `hold`: the part in question is the recruitment's legal hold.
    """
    person = actor.person_id
    candidacy = _candidacy(case, candidacy, check, opinion, waiver)
    opinion = opinion or (case.current_opinion(candidacy) if candidacy is not None else None)
    is_own = case.recruitment.manager_id == person
    assigned = {role_of(grant.permission) for grant in case.grants if grant.user_id == actor.account_id}
    found = {"closed_object"} if case.recruitment.state in ENDED else set()
    found |= _own_declaration(case, actor, bool(assigned) or is_own)
    absent = () if "recused" in found else _stand_ins(case, actor, assigned, candidacy, check, opinion)
    if absent:
        found.add("substitute")
    found |= _of_person(case, actor, assigned, check)
    if is_access_manager(case, actor):
        # She confirms access for the unit and sees nothing else: no part in the recruitment follows from it.
        assigned.add("employee")
    for_manager = "deciding_delegate" in found and not is_own
    if for_manager:
        found.add("substitute")
        absent = (IN_MANAGERS_PLACE, *absent)
    if waiver is not None:
        found |= _about_waiver(case, actor, waiver, for_manager)
    if hold and case.recruitment.lift_proposed_by_id == person:
        found.add("proposer")
    found |= _about_candidacy(case, actor, candidacy) if candidacy is not None else {"not_protected"}
    if opinion is not None:
        found |= _about_opinion(case, actor, opinion, assigned)
        found |= apart(case, actor, opinion, for_manager and "escalation_body" not in found)
    if recusal is not None:
        found |= _about_recusal(case, actor, recusal)
    if "recused" in found:
        # Whoever stands aside here is the one a recusal is about: she neither sets nor lifts any.
        found.add("owner")
    return Facts(
        authority_id=case.authority.pk,
        unit_path=case.unit.path,
        is_own=is_own,
        assigned=frozenset(assigned),
        relations=frozenset(found),
        absent=absent,
        emergency=glass.role if (glass := held_in(case.break_glasses, actor)) is not None else "",
    )


def _candidacy(
    case: Case,
    candidacy: Candidacy | None,
    check: Check | None,
    opinion: Opinion | None,
    waiver: Waiver | None,
) -> Candidacy | None:
    """The finalist that the part in question is about."""
    if candidacy is not None:
        return candidacy
    for part in (waiver, check, opinion):
        if part is not None and part.candidacy_id is not None:
            return case.candidacy(part.candidacy_id)
    return None


def _of_person(case: Case, actor: Actor, assigned: set[str], check: Check | None) -> set[str]:
    """What follows from being manager, delegate, access manager or performer here."""
    found: set[str] = set()
    if case.recruitment.manager_id == actor.person_id:
        found.add("hiring_manager")
    if is_access_manager(case, actor):
        found.add("unit_access_manager")
    if delegation_point(case, actor) is not None:
        found.add("deciding_delegate")
    if check is not None and performs(case, actor, check, assigned, found):
        found.add("assigned_performer")
    return found


def _stand_ins(
    case: Case,
    actor: Actor,
    assigned: set[str],
    candidacy: Candidacy | None,
    check: Check | None,
    opinion: Opinion | None,
) -> tuple[StandIn, ...]:
    """What each person the actor stands in for has here. Nothing where that person stands aside herself.

    Whoever is on the opinion's side of the recruitment does not stand in for those who drive it.
    """
    found = []
    for each in actor.absent:
        own = case.recusal_of(each.person_id)
        if own is not None and stands_aside(own):
            continue
        given = {role_of(grant.permission) for grant in case.grants if grant.user.person_id == each.person_id}
        roles = [held for held in each.roles if held.role not in DRIVING or not on_other_side(case, actor)]
        proxy = Actor(each.person_id, actor.account_id, each.name, actor.on, tuple(roles))
        is_own = case.recruitment.manager_id == each.person_id
        scopes = scopes_of(
            roles, Facts(case.authority.pk, case.unit.path, is_own=is_own, assigned=frozenset(given))
        )
        relations = _of_person(case, proxy, given, check) - {"unit_access_manager"}
        if given or is_own:
            relations.add("participant")
        if candidacy is not None:
            relations |= _about_candidacy(case, proxy, candidacy) - {"named_handler", "not_protected"}
        if opinion is not None:
            relations |= _about_opinion(case, proxy, opinion, given)
        found.append(StandIn(each.person_id, scopes, frozenset(relations)))
    return tuple(found)


def line_manager_here(case: Case, recusal: Recusal) -> UUID | None:
    """The declarant's nearest manager, or that person's manager where the nearest stands aside here herself.

    None where there is none: the head of HR decides then, and the head of security may shut the declarant out.
    """
    nearest = recusal.person.line_manager_id
    if nearest is None:
        return None
    own = case.recusal_of(nearest)
    if own is None or not stands_aside(own):
        return nearest
    above = own.person.line_manager_id
    return above if above != recusal.person_id else None


def _about_recusal(case: Case, actor: Actor, recusal: Recusal) -> set[str]:
    found: set[str] = set()
    if recusal.person_id == actor.person_id:
        found.add("owner")
    if actor.person_id in (recusal.decided_by_id, recusal.matched_by_id):
        found.add("setter")
    if line_manager_here(case, recusal) == actor.person_id:
        found.add("line_manager")
    return found


def may_answer(facts: Facts, code: str) -> bool:
    """Whether the actor that `facts` speak of is one of those who answer the coded question here (`answered_by`)."""
    for who in QUESTIONS[code].answered_by:
        if bool(facts.assigned & HR) if who == "hr_officer" else who in facts.relations:
            return True
        for absent in facts.absent:
            drives = any("assigned" in absent.roles.get(role, ()) for role in HR)
            if drives if who == "hr_officer" else who in absent.relations:
                return True
    return False


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


def _about_waiver(case: Case, actor: Actor, waiver: Waiver, for_manager: bool) -> set[str]:
    """Who has a hand in it: its proposer, whoever has prepared an opinion, managers and who stands in their place."""
    about: set[str] = set()
    if waiver.proposed_by_id == actor.person_id:
        about.add("proposer")
    rounds = (opinion for opinion in case.opinions if opinion.candidacy_id == waiver.candidacy_id)
    if any(opinion.preparer_id == actor.person_id for opinion in rounds):
        about.add("preparer")
    is_own = case.recruitment.manager_id == actor.person_id
    if for_manager or (not is_own and actor.person_id in have_managed(case)):
        about.add("substitute_of_excluded")
    if actor.ties and actor.tied_since(case.recruitment.created_on) & may_not_sign_waiver(case, waiver):
        about.add("substitute_of_excluded")
    return about


def _about_opinion(case: Case, actor: Actor, opinion: Opinion, assigned: set[str]) -> set[str]:
    found: set[str] = set()
    if opinion.preparer_id == actor.person_id:
        found.add("preparer")
    if assigned & OPINING:
        found.add("approver")
    if any(vote.person_id == actor.person_id for vote in case.votes_of(opinion)):
        found.add("other_approver")
    if opinion.escalated_to_id == actor.person_id:
        found.add("escalation_body")
    return found


__all__ = [
    "ENDED",
    "HR",
    "SECURITY",
    "SHUT_OUT",
    "delegation_point",
    "delegation_points",
    "facts",
    "have_managed",
    "is_access_manager",
    "may_answer",
    "may_not_sign_waiver",
    "performs",
    "stands_aside",
]
