"""What the door needs to know of a proposed point: where it holds, who proposed it, and to whom it gives something."""

from __future__ import annotations

from dataclasses import replace

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.organisation.models import AgreementProposal, DelegationProposal
from vetting.recruitment.actions.position import facts_of


def facts_of_proposal(proposal: DelegationProposal, actor: Actor) -> Facts:
    """The unit's place. The delegate, and whoever decides after a refused opinion, are those it gives something to."""
    facts, relations = facts_of(proposal.unit), set()
    if proposal.proposed_by_id == actor.person_id:
        relations.add("proposer")
    if actor.person_id in {proposal.delegate_id, proposal.escalates_to_id}:
        relations.add("grantee")
    return replace(facts, relations=facts.relations | relations)


def facts_of_agreement(proposal: AgreementProposal, actor: Actor) -> Facts:
    """It stands in the authority whose recruitments are reached by it: that one gives something away (OSL 8:1).

    Whoever answers for it has her role there. A head of the whole municipality, or one who works there by another
    agreement, is of the side that gains.
    """
    relations = {"not_protected"}
    if proposal.proposed_by_id == actor.person_id:
        relations.add("proposer")
    return Facts(proposal.receiver_id, relations=frozenset(relations), is_of_authority_alone=True)
