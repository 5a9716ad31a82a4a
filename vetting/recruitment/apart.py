"""Four eyes follow persons: who is kept apart from an opinion, a decision after a lift, a waiver's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.grants import role_of
from vetting.recruitment.models import Opinion, Waiver
from vetting.recruitment.standing import OPINING, delegation_points, have_managed, stands_aside

if TYPE_CHECKING:
    from vetting.recruitment.case import Case


def may_not_sign_waiver(case: Case, waiver: Waiver) -> set[UUID]:
    """The persons whom the second signature of a waiver must not be of: everybody with a hand in the matter.

    Its proposer, managers of now and before, whoever has prepared an opinion about the finalist, whoever stands aside,
    and whoever may decide in the manager's place.
    """
    found = {waiver.proposed_by_id} | have_managed(case)
    found |= {opinion.preparer_id for opinion in case.opinions if opinion.candidacy_id == waiver.candidacy_id}
    found |= {recusal.person_id for recusal in case.recusals if stands_aside(recusal)}
    return found | {point.delegate_id for point in delegation_points(case, case.today)}


def apart(case: Case, actor: Actor, opinion: Opinion, for_manager: bool) -> set[str]:
    """Whether the actor is kept from opining, or deciding after a lift, by whom she has stood in for or been
    substituted by."""
    person = actor.person_id
    if for_manager:
        # The manager neither opines nor decides after a lift; so neither does whoever stands in her place.
        return {"substitute_of_excluded"}
    if case.recruitment.manager_id != person and person in have_managed(case):
        # Replaced by somebody who is shut out from these steps; what she decided as manager is hers all the same.
        return {"substitute_of_excluded"}
    if actor.ties and actor.tied_since(case.recruitment.created_on) & kept_apart(case, opinion):
        return {"substitute_of_excluded"}
    return set()


def kept_apart(case: Case, opinion: Opinion) -> set[UUID]:
    """The persons who may not opine in the round - or, once it is lifted, decide about it - and whom neither a
    substitute of theirs, nor anybody they have stood in for, may either."""
    found = {opinion.preparer_id, opinion.manager_id} | have_managed(case)
    found |= {vote.person_id for vote in case.votes_of(opinion)}
    found |= {recusal.person_id for recusal in case.recusals if stands_aside(recusal)}
    if opinion.state == Opinion.State.ESCALATED:
        return found | {grant.user.person_id for grant in case.grants if role_of(grant.permission) in OPINING}
    recorded = [check for check in case.checks if check.candidacy_id == opinion.candidacy_id]
    hands = {check.recorded_by_id for check in recorded} | {check.assessed_by_id for check in recorded}
    return found | {person for person in hands if person is not None}


def parties(case: Case) -> set[UUID]:
    """Those whose own matter it is who opines here: managers of now and before, preparers, and who has sat to opine."""
    found = have_managed(case) | {opinion.preparer_id for opinion in case.opinions}
    found |= {vote.person_id for vote in case.votes}
    sat = {grant.user.person_id for grant in case.grants if role_of(grant.permission) in OPINING}
    return {person for person in found | sat if person is not None}


def is_party(case: Case, actor: Actor) -> bool:
    """Whether the actor is one of those, or tied to one by having stood in for her or been substituted."""
    own = parties(case)
    return actor.person_id in own or bool(actor.ties and actor.tied_since(case.recruitment.created_on) & own)


def on_other_side(case: Case, actor: Actor) -> bool:
    """Whether the actor has opined here, or taken a round to."""
    if any(vote.person_id == actor.person_id for vote in case.votes):
        return True
    return any(
        grant.user.person_id == actor.person_id and role_of(grant.permission) in OPINING
        for grant in case.grants
    )
