"""Who holds which role, where and since when; and what waits for another's signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.models import RoleGrant
from vetting.administration.roles_held import all_authorities, facts_about
from vetting.policy.roles import ROLES


@dataclass(frozen=True, slots=True)
class Holder:
    """One role of one person: in force, or proposed."""

    grant: RoleGrant
    name: str
    where: str


def holders_for(actor: Actor) -> list[tuple[str, list[Holder]]]:
    """(role, its holders) for every role that somebody holds where `actor` may see it: two queries."""
    by_role: dict[str, list[Holder]] = {}
    rows = (
        roles_with_names().filter(state=RoleGrant.State.ACTIVE).order_by("person__display_name", "valid_from")
    )
    for holder in _seen(actor, rows, "role.list"):
        if holder.grant.last_day is None or holder.grant.last_day >= actor.on:
            by_role.setdefault(holder.grant.role, []).append(holder)
    return [(role, by_role[role]) for role in ROLES if role in by_role]


def proposals_for(actor: Actor) -> list[Holder]:
    """The proposals that nobody has answered yet, where `actor` may see roles, the oldest first."""
    rows = (
        roles_with_names()
        .filter(state=RoleGrant.State.PROPOSED)
        .order_by("valid_from", "person__display_name")
    )
    return list(_seen(actor, rows, "role.list"))


def confirmers_besides(grant: RoleGrant, actor: Actor) -> list[Holder]:
    """Who else, today, could confirm roles where `grant` did; none means that nobody would be left."""
    rows = roles_with_names().filter(state=RoleGrant.State.ACTIVE, role__in=("hr_head", "security_head"))
    return [
        holder_of(row)
        for row in rows.exclude(person=grant.person_id)
        if row.is_in_force(actor.on) and _covers(row, grant)
    ]


def _covers(row: RoleGrant, grant: RoleGrant) -> bool:
    return row.authority_id is None or row.authority_id == grant.authority_id


def roles_with_names() -> QuerySet[RoleGrant]:
    """Every role with the persons and the place it names."""
    return RoleGrant.objects.select_related(
        "person", "unit__authority", "authority", "proposed_by", "confirmed_by", "ended_by"
    )


def holder_of(grant: RoleGrant) -> Holder:
    """One role as it is shown; a protected person without her name."""
    return Holder(grant, "" if grant.person.is_protected else grant.person.display_name, where(grant))


def where(grant: RoleGrant) -> str:
    """The place in words; empty for the whole installation."""
    if grant.unit is not None:
        return f"{grant.unit.authority.name}: {grant.unit.name}"
    return grant.authority.name if grant.authority is not None else ""


def _seen(actor: Actor, rows: QuerySet[RoleGrant], permission: str) -> Iterator[Holder]:
    authorities: list[UUID] = all_authorities()
    for grant in rows:
        if ask(actor, permission, facts_about(grant, actor, authorities)).allowed:
            yield holder_of(grant)
