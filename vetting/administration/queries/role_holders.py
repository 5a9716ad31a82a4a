"""Who holds which role, where and since when."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.models import RoleGrant
from vetting.policy.roles import ROLES


@dataclass(frozen=True, slots=True)
class Holder:
    """One role in force of one person."""

    grant: RoleGrant
    name: str
    where: str


def holders_for(actor: Actor) -> list[tuple[str, list[Holder]]]:
    """(role, its holders) for every role that somebody holds where `actor` may see it: one query."""
    rows = RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE).select_related(
        "person", "unit__authority", "authority", "proposed_by", "confirmed_by"
    )
    by_role: dict[str, list[Holder]] = {}
    for grant in rows.order_by("person__display_name", "valid_from"):
        if grant.is_in_force(actor.on) and ask(actor, "role.list", _facts(grant)).allowed:
            name = "" if grant.person.is_protected else grant.person.display_name
            by_role.setdefault(grant.role, []).append(Holder(grant, name, _where(grant)))
    return [(role, by_role[role]) for role in ROLES if role in by_role]


def _facts(grant: RoleGrant) -> Facts:
    authority = grant.authority_id or (grant.unit.authority_id if grant.unit else None)
    return Facts(authority, grant.unit.path if grant.unit else "", relations=frozenset({"not_protected"}))


def _where(grant: RoleGrant) -> str:
    if grant.unit is not None:
        return f"{grant.unit.authority.name}: {grant.unit.name}"
    return grant.authority.name if grant.authority is not None else ""
