"""What the door needs to know of an account: whose it is, and whether its person works where the actor reaches."""

from __future__ import annotations

from dataclasses import replace

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.models import AccountProposal, RoleGrant
from vetting.accounts.models import Account
from vetting.administration.roles_held import OPEN, beyond, facts_about

CONFIRM = {"reset": "account.confirm_reset", "link": "person.confirm_link"}


def facts_of_account(account: Account, actor: Actor, permission: str = "account.disable") -> Facts:
    """The account stands where its person's roles do: in the part of the tree where the actor reaches one of them.

    Whoever has no role stands in the whole installation.
    """
    relations = frozenset({"not_protected"} | ({"owner"} if account.person_id == actor.person_id else set()))
    held = RoleGrant.objects.filter(person=account.person_id, state__in=OPEN).select_related("unit")
    places = [replace(facts_about(grant, actor), relations=relations) for grant in held]
    if not places:
        return Facts(beyond(actor), relations=relations)
    return next((place for place in places if ask(actor, permission, place).allowed), places[0])


def closable_of(grant: RoleGrant, actor: Actor) -> list[Account]:
    """The open accounts of the role's person that `actor` may close: whoever sees the role has no list of accounts."""
    found = Account.objects.filter(person=grant.person_id, is_active=True).order_by("username")
    return [each for each in found if ask(actor, "account.disable", facts_of_account(each, actor)).allowed]


def facts_of_proposal(proposal: AccountProposal, actor: Actor) -> Facts:
    """Within reach where every account of it is; the person it is about and whoever proposed it are told apart."""
    permission = CONFIRM[str(proposal.kind)]
    accounts = [each for each in (proposal.account, proposal.other) if each is not None]
    places = [facts_of_account(each, actor, permission) for each in accounts]
    relations = frozenset().union(*(place.relations for place in places))
    if proposal.proposed_by_id == actor.person_id:
        relations |= {"proposer"}
    if actor.person_id in {proposal.person_id, proposal.other_person_id}:
        relations |= {"owner"}
    worst = next((place for place in places if not ask(actor, permission, place).allowed), places[0])
    return replace(worst, relations=relations)
