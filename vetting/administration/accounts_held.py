"""What the door needs to know of an account: whose it is, and whether its person works where the actor reaches."""

from __future__ import annotations

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.administration.roles_held import OPEN, facts_about


def facts_of_account(account: Account, actor: Actor) -> Facts:
    """The account stands where its person's roles do: in the part of the tree where the actor reaches one of them."""
    relations = {"not_protected"} | ({"owner"} if account.person_id == actor.person_id else set())
    held = RoleGrant.objects.filter(person=account.person_id, state__in=OPEN).select_related("unit")
    for grant in held:
        place = facts_about(grant, actor)
        if ask(actor, "account.disable", place).allowed:
            return Facts(place.authority_id, place.unit_path, relations=frozenset(relations))
    return Facts(relations=frozenset(relations))
