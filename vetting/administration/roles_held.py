"""What the door needs to know of a role of somebody, and what goes together with what she holds already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.models import RoleGrant
from vetting.organisation.models import Authority
from vetting.policy.roles import ROLES

OPEN = (RoleGrant.State.PROPOSED, RoleGrant.State.ACTIVE)
"""States in which a role gives something now, or will if another person says so."""


def facts_about(grant: RoleGrant, actor: Actor, authorities: Iterable[UUID] | None = None) -> Facts:
    """Where the role is held, whether it is the actor's own, and whether she proposed it.

    A role for the whole installation is within the reach of whoever reaches every authority in it, by her role or by
    agreement. `authorities` are all there are, read where they are not given.
    """
    relations = {"not_protected"}
    if grant.person_id == actor.person_id:
        relations.add("grantee")
    if grant.state == RoleGrant.State.PROPOSED and grant.proposed_by_id == actor.person_id:
        relations.add("proposer")
    authority = grant.authority_id or (grant.unit.authority_id if grant.unit else None)
    path = grant.unit.path if grant.unit else ""
    if authority is None:
        authority = beyond(actor, authorities)
    return Facts(authority, path, relations=frozenset(relations))


def beyond(actor: Actor, authorities: Iterable[UUID] | None = None) -> UUID | None:
    """An authority that stands for all of them: one that the actor does not reach, where there is one."""
    there = list(authorities) if authorities is not None else all_authorities()
    reached = frozenset[UUID]().union(*(held.authorities for held in actor.roles))
    return next((pk for pk in there if pk not in reached), next(iter(there), None))


def all_authorities() -> list[UUID]:
    """The ids of every authority and company."""
    return list(Authority.objects.values_list("pk", flat=True))


def overlaps(grant: RoleGrant, first: date, last: date | None) -> bool:
    """Whether the role's days and those from `first` to `last` (None: for good) have a day in common."""
    ends_before = grant.last_day is not None and grant.last_day < first
    begins_after = last is not None and grant.valid_from > last
    return not ends_before and not begins_after


def clashing(held: Iterable[RoleGrant], role: str, first: date, last: date | None) -> set[str]:
    """The roles in `held` that can never be combined with `role` on the same day."""
    never = set(ROLES[role].incompatible_with)
    return {grant.role for grant in held if grant.role in never and overlaps(grant, first, last)}
