"""What the door needs to know of a substitute: whose absence it is about, and where she has her roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.models import Delegation, RoleGrant
from vetting.access.standing_in import LENT
from vetting.administration.roles_held import clashing, overlaps

HEADS = frozenset({"hr_head", "security_head"})


def grants_of(persons: Iterable[UUID]) -> dict[UUID, list[RoleGrant]]:
    """The confirmed roles of each person: one query."""
    found: dict[UUID, list[RoleGrant]] = {}
    rows = RoleGrant.objects.filter(person__in=set(persons), state=RoleGrant.State.ACTIVE)
    for grant in rows.select_related("unit"):
        found.setdefault(grant.person_id, []).append(grant)
    return found


def facts_about(delegation: Delegation, actor: Actor, grants: Iterable[RoleGrant]) -> Facts:
    """`grants`: the absent person's roles. It is in an authority where she has one of those she may leave to others."""
    relations = {"not_protected"}
    persons = {delegation.absent_id, delegation.substitute_id}
    if delegation.absent_id == actor.person_id:
        relations.add("owner")
    if delegation.substitute_id == actor.person_id:
        relations |= {"grantee", "substitute"}
    there = [_authority(grant) for grant in grants if grant.role in LENT]
    return Facts(
        _nearest([each for each in there if each is not None], actor),
        is_own=actor.person_id in persons,
        relations=frozenset(relations),
    )


def _authority(grant: RoleGrant) -> UUID | None:
    return grant.authority_id or (grant.unit.authority_id if grant.unit else None)


def _nearest(there: list[UUID], actor: Actor) -> UUID | None:
    """Of several authorities the one that the actor heads a function in."""
    reached = frozenset[UUID]().union(*(held.authorities for held in actor.roles if held.role in HEADS))
    return next((each for each in there if each in reached), there[0] if there else None)


def lent_between(grants: Iterable[RoleGrant], first: date, last: date) -> list[RoleGrant]:
    """Of somebody's roles those that a substitute would stand in with on some day from `first` to `last`."""
    return [grant for grant in grants if grant.role in LENT and overlaps(grant, first, last)]


def forbidden(lent: Iterable[RoleGrant], own: Iterable[RoleGrant], first: date, last: date) -> bool:
    """Whether the substitute holds a role that can never be combined with one of those lent."""
    held = list(own)
    return any(clashing(held, grant.role, first, last) for grant in lent)


def with_names() -> QuerySet[Delegation]:
    """Every delegation with the persons it names."""
    return Delegation.objects.select_related("absent", "substitute", "created_by", "ended_by")
