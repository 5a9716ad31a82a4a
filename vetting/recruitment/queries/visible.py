"""The list form of the door: which recruitments an actor may use a permission on, as one query.

The policy's matrix says which scope each role has; its relations say what is required on top and what excludes. A
test asks the door about each object and finds the same. Guardian stays the record of grants; the list reads its table
by that table's own index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vetting.access.actor import Actor, RoleHeld
from vetting.access.grants import permission_for
from vetting.organisation.models import Unit
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal
from vetting.recruitment.relations import ENDED, SHUT_OUT

NOTHING = Q(pk__in=[])
EVERYTHING = Q(pk__isnull=False)
#: Relations whose list form is known. Another one in the policy gives an empty list until it is written here.
REQUIRED = {"closed_object": Q(state__in=sorted(ENDED))}


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor sees in lists: the recruitments, and the units that a role opens whole (by id)."""

    recruitments: QuerySet[Recruitment]
    units: dict[UUID, Unit] = field(default_factory=dict)


def recruitments_visible_to(actor: Actor) -> QuerySet[Recruitment]:
    """The recruitments of *Rekryteringar*: own, assigned, of the unit or authority, less those one stands aside from.

    At most one small query is run at once (the units in reach); the rest is the returned query's.
    """
    return reach_of(actor).recruitments


def reach_of(actor: Actor, permission: str = "recruitment.list") -> Reach:
    """The recruitments for which the door would say yes to `permission`, and the units in reach.

    Raises ValueError for a permission that a relation other than `substitute` grants.
    """
    declared = PERMISSIONS[permission]
    if any(rule.effect == "grants" and rule.relation != "substitute" for rule in declared.rules):
        raise ValueError(f"{permission} is granted by a relation; ask the door")
    tree = _units_in_reach(actor, permission)
    columns, assigned = NOTHING, NOTHING
    for held in actor.roles:
        scope = declared.scopes[held.role]
        condition = _scope(held, scope, actor, tree)
        if condition is None:
            continue
        for rule in declared.rules:
            if rule.effect == "requires" and rule.role in ("all", held.role):
                condition &= REQUIRED.get(rule.relation, NOTHING)
        if scope == "assigned":
            assigned |= condition
        else:
            columns |= condition
    rows = Recruitment.objects.filter(_either(columns, assigned))
    if any(rule.effect == "excludes" and rule.relation == "recused" for rule in declared.rules):
        rows = rows.exclude(pk__in=_stood_aside(actor.person_id))
    return Reach(rows, tree)


def mine(actor: Actor) -> Q:
    """Recruitments that the actor manages, is responsible for or is assigned to, whatever the role."""
    own = Q(manager=actor.person_id) | Q(responsible=actor.person_id)
    return own | Q(pk__in=_granted(actor))


def _scope(held: RoleHeld, scope: str, actor: Actor, tree: dict[UUID, Unit]) -> Q | None:
    """The scope of one role in columns of the recruitment; None where it gives nothing."""
    if scope == "no":
        return None
    if scope == "own":
        return Q(manager=actor.person_id)
    if scope == "assigned":
        try:
            return Q(pk__in=_granted(actor).filter(permission=permission_for(Recruitment, held.role)))
        except KeyError:
            return None
    if scope == "all" or held.everywhere:
        return EVERYTHING
    inside = [unit.pk for unit in tree.values() if _reaches(held, scope, unit)]
    return Q(unit__in=inside) if inside else None


def _reaches(held: RoleHeld, scope: str, unit: Unit) -> bool:
    by_authority = unit.authority_id in held.authorities
    if scope == "authority":
        return by_authority
    return any(unit.path.startswith(path) for path in held.unit_paths) or (
        not held.unit_paths and by_authority
    )


def _units_in_reach(actor: Actor, permission: str) -> dict[UUID, Unit]:
    """The units that a role of the actor opens whole; none are asked for where no role does."""
    scopes = PERMISSIONS[permission].scopes
    wide = [held for held in actor.roles if scopes[held.role] in ("unit", "authority")]
    wanted = NOTHING
    for held in wide:
        if held.everywhere:
            return {unit.pk: unit for unit in Unit.objects.all()}
        wanted |= Q(authority__in=held.authorities)
        for path in held.unit_paths:
            wanted |= Q(path__startswith=path)
    if not wide:
        return {}
    found = Unit.objects.filter(wanted)
    return {unit.pk: unit for unit in found if any(_reaches(held, scopes[held.role], unit) for held in wide)}


def _granted(actor: Actor) -> QuerySet[Any, Any]:
    return RecruitmentGrant.objects.filter(user=actor.account_id).values("content_object")


def _stood_aside(person_id: UUID) -> QuerySet[Any, Any]:
    shut_out = Q(state__in=sorted(SHUT_OUT)) | Q(state=Recusal.State.ENDED, excluded_before_end=True)
    return Recusal.objects.filter(shut_out, person=person_id).values("recruitment")


def _either(columns: Q, assigned: Q) -> Q:
    """Own columns and assignments together.

    An `OR` of a column and a subquery makes PostgreSQL walk the whole table; ids from both, each by its own index,
    do not.
    """
    if assigned == NOTHING or columns == EVERYTHING:
        return columns
    if columns == NOTHING:
        return assigned
    rows = Recruitment.objects.order_by()
    return Q(pk__in=rows.filter(columns).values("pk").union(rows.filter(assigned).values("pk")))
