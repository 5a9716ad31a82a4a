"""What is proposed about accounts and waits for an answer."""

from __future__ import annotations

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.models import AccountProposal
from vetting.accounts.models import Account
from vetting.administration.accounts_held import CONFIRM, facts_of_proposal


def proposals() -> QuerySet[AccountProposal]:
    """Every proposal with its accounts and persons."""
    return AccountProposal.objects.select_related(
        "account__person__line_manager", "other__person", "other_person", "proposed_by", "answered_by"
    )


def to_answer(actor: Actor) -> list[AccountProposal]:
    """Those that wait and that `actor` may answer, the oldest first."""
    waiting = proposals().filter(state=AccountProposal.State.PROPOSED).order_by("proposed_on", "pk")
    return [
        each
        for each in waiting
        if ask(actor, CONFIRM[str(each.kind)], facts_of_proposal(each, actor)).allowed
    ]


def own_manager_proposals(actor: Actor) -> list[AccountProposal]:
    """The actor's own about somebody's nearest manager, that wait for another person."""
    own = proposals().filter(state=AccountProposal.State.PROPOSED, kind=AccountProposal.Kind.MANAGER)
    return list(own.filter(proposed_by=actor.person_id).order_by("proposed_on", "pk"))


def waiting_about(account: Account) -> list[AccountProposal]:
    """The proposals about one account that wait."""
    rows = proposals().filter(state=AccountProposal.State.PROPOSED)
    return list((rows.filter(account=account) | rows.filter(other=account)).order_by("proposed_on"))
