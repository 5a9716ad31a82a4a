"""What the door needs to know of an account: whose it is, and whether its person works where the actor reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.models import AccountProposal, RoleGrant
from vetting.accounts.models import Account
from vetting.administration.roles_held import OPEN, beyond, facts_about

CONFIRM = {"reset": "account.confirm_reset", "link": "person.confirm_link", "manager": "setting.confirm"}


def facts_of_account(account: Account, actor: Actor, permission: str = "account.disable") -> Facts:
    """The account stands where its person's roles do: in the part of the tree where the actor reaches one of them.

    Whoever has no role stands in the whole installation.
    """
    return _facts(account, actor, permission, _held_by([account.person_id])[account.person_id])


def _held_by(people: Iterable[UUID]) -> dict[UUID, list[RoleGrant]]:
    """The roles of each of these people, in one query."""
    found = defaultdict[UUID, list[RoleGrant]](list)
    for grant in RoleGrant.objects.filter(person__in=people, state__in=OPEN).select_related("unit"):
        found[grant.person_id].append(grant)
    return found


def _facts(account: Account, actor: Actor, permission: str, held: list[RoleGrant]) -> Facts:
    """Of an account whose person has these roles."""
    relations = frozenset({"not_protected"} | ({"owner"} if account.person_id == actor.person_id else set()))
    places = [replace(facts_about(grant, actor), relations=relations) for grant in held]
    if not places:
        return Facts(beyond(actor), relations=relations)
    return next((place for place in places if ask(actor, permission, place).allowed), places[0])


def closable_of(grant: RoleGrant, actor: Actor) -> list[Account]:
    """The open accounts of the role's person that `actor` may close: whoever sees the role has no list of accounts."""
    return closable(
        Account.objects.filter(person=grant.person_id, is_active=True).order_by("username"), actor
    )


def closable(accounts: Iterable[Account], actor: Actor) -> list[Account]:
    """Those of the accounts that `actor` may close, in one query however many they are."""
    asked = list(accounts)
    held = _held_by({each.person_id for each in asked})
    permission = "account.disable"
    return [
        each
        for each in asked
        if ask(actor, permission, _facts(each, actor, permission, held[each.person_id])).allowed
    ]


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
        if proposal.kind == AccountProposal.Kind.MANAGER:
            # The agreed tables know a setting's proposer alone: whoever it is about is kept from the answer with her.
            relations |= {"proposer"}
    worst = next((place for place in places if not ask(actor, permission, place).allowed), places[0])
    return replace(worst, relations=relations)
