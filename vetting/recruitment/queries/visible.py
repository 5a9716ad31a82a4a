"""The list form of the door: which recruitments an actor may use a permission on, as one query.

The policy's matrix says which scope each role has; its relations say what is required on top and what excludes. A
test asks the door about each object and finds the same. Guardian stays the record of grants; the list reads its table
by that table's own index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from vetting.access.actor import Actor, RoleHeld
from vetting.access.grants import PREFIX, permission_for
from vetting.organisation.models import DelegationPoint, Unit
from vetting.policy.permissions import PERMISSIONS, Permission
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal, Vote, still_holds
from vetting.recruitment.standing import DRIVING, ENDED, OPINING, SHUT_OUT

NOTHING = Q(pk__in=[])
EVERYTHING = Q(pk__isnull=False)
#: Relations whose list form is known. Another one in the policy gives an empty list until it is written here.
REQUIRED = {"closed_object": Q(state__in=sorted(ENDED))}


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor sees in lists: the recruitments, and the units of her roles, to choose among (by id)."""

    recruitments: QuerySet[Recruitment]
    units: dict[UUID, Unit] = field(default_factory=dict)
    tree: Tree | None = None

    def about(self) -> Q:
        """Rows that are about a recruitment within reach, as a question asked of each row: for what is counted of one
        time or state. `recruitment__in` has SQLite gather every recruitment within reach first, for however few rows.
        """
        return Q(Exists(self.recruitments.order_by().filter(pk=OuterRef("recruitment"))))


@dataclass(frozen=True, slots=True)
class Tree:
    """The units that matter to an actor, and the points of delegation she holds today: read in one query."""

    units: dict[UUID, Unit]
    points: tuple[DelegationPoint, ...]

    def under(self, path: str) -> list[UUID]:
        """The units at or below `path`."""
        return [unit.pk for unit in self.units.values() if unit.path.startswith(path)]


def reach_of(actor: Actor, permission: str = "recruitment.list", known: Reach | None = None) -> Reach:
    """The recruitments for which the door would say yes to `permission`, and the units in reach.

    One small query is run at once (the units in reach); the rest is the recruitments' own.

    `known`, where the page has it: the actor's reach by `recruitment.list`, whose units need not be read again for a
    permission that fewer roles have. Raises ValueError for a permission that a relation other than `substitute` grants.
    """
    declared = PERMISSIONS[permission]
    if any(rule.effect == "grants" and rule.relation != "substitute" for rule in declared.rules):
        raise ValueError(f"{permission} is granted by a relation; ask the door")
    tree = known.tree if known is not None and known.tree is not None else _tree(actor, permission)
    columns, others = _by_roles(
        declared, actor.roles, Q(user=actor.account_id), actor.person_id, tree, actor.on
    )
    others += _substituted(declared, tree)
    others += _lent(declared, actor, tree)
    rows = Recruitment.objects.filter(_either(columns, others))
    if any(rule.effect == "excludes" and rule.relation == "recused" for rule in declared.rules):
        rows = rows.exclude(pk__in=stood_aside(actor.person_id))
    everything = [*actor.roles, *(held for absent in actor.absent for held in absent.roles)]
    roles = [held for held in everything if declared.scopes[held.role] != "no"]
    shown = {
        pk: unit for pk, unit in tree.units.items() if any(_reaches(held, "unit", unit) for held in roles)
    }
    return Reach(rows, shown, tree)


def mine(actor: Actor) -> Q:
    """Recruitments that the actor, or somebody she stands in for, manages, is responsible for or is assigned to.

    Whether she sees them is another question (`reach_of`).
    """
    own = Q(manager=actor.person_id) | Q(responsible=actor.person_id)
    found = own | Q(pk__in=_granted(Q(user=actor.account_id), actor.on))
    theirs = [absent.person_id for absent in actor.absent]
    if theirs:
        found |= Q(manager__in=theirs) | Q(responsible__in=theirs)
        found |= Q(pk__in=_granted(Q(user__person__in=theirs), actor.on))
    return found


def _by_roles(
    declared: Permission, roles: Iterable[RoleHeld], account: Q, person: UUID, tree: Tree, on: date
) -> tuple[Q, list[Q]]:
    """What the roles give: in columns of the recruitment, and by assignments of the account that `account` names."""
    columns, others = NOTHING, []
    for held in roles:
        scope = declared.scopes[held.role]
        condition = _scope(held, scope, account, person, tree, on)
        if condition is None:
            continue
        condition &= _required(declared, held.role)
        if scope == "assigned":
            others.append(condition)
        else:
            columns |= condition
    return columns, others


def _lent(declared: Permission, actor: Actor, tree: Tree) -> list[Q]:
    """What those one stands in for would see, but not where they stand aside themselves, nor - in the place of who
    drives it - where one is on the opinion's side (`relations.facts`)."""
    if not any(rule.effect == "grants" and rule.relation == "substitute" for rule in declared.rules):
        return []
    found = []
    for absent in actor.absent:
        aside = ~Q(pk__in=stood_aside(absent.person_id))
        account = Q(user__person=absent.person_id)
        for drives in (False, True):
            roles = [held for held in absent.roles if (held.role in DRIVING) is drives]
            columns, others = _by_roles(declared, roles, account, absent.person_id, tree, actor.on)
            within = aside & _not_opining(actor) if drives else aside
            found += [condition & within for condition in (columns, *others) if condition != NOTHING]
    return found


def _not_opining(actor: Actor) -> Q:
    """Recruitments in which the person has neither voted nor taken a round."""
    voted = Vote.objects.filter(person=actor.person_id, state=Vote.State.GIVEN).values("recruitment")
    took = RecruitmentGrant.objects.filter(
        user__person=actor.person_id,
        permission__codename__in=[f"{PREFIX}{role}" for role in sorted(OPINING)],
    ).values("content_object")
    return ~Q(pk__in=voted) & ~Q(pk__in=took)


def _scope(held: RoleHeld, scope: str, account: Q, person: UUID, tree: Tree, on: date) -> Q | None:
    """The scope of one role in columns of the recruitment; None where it gives nothing."""
    if scope == "no":
        return None
    if scope == "own":
        return Q(manager=person)
    if scope == "assigned":
        try:
            return Q(pk__in=_granted(account, on).filter(permission=permission_for(Recruitment, held.role)))
        except KeyError:
            return None
    if scope == "all" or held.everywhere:
        return EVERYTHING
    inside = [unit.pk for unit in tree.units.values() if _reaches(held, scope, unit)]
    return Q(unit__in=inside) if inside else None


def _required(declared: Permission, role: str) -> Q:
    """What the policy requires of the role on top of its scope."""
    found = EVERYTHING
    for rule in declared.rules:
        if rule.effect == "requires" and rule.role in ("all", role):
            found &= REQUIRED.get(rule.relation, NOTHING)
    return found


def _substituted(declared: Permission, tree: Tree) -> list[Q]:
    """As delegate of a post one stands in the hiring manager's place (`relations.delegation_point`)."""
    stands_in = any(rule.effect == "grants" and rule.relation == "substitute" for rule in declared.rules)
    if not stands_in or declared.scopes["hiring_manager"] != "own":
        return []
    leading = Q(Contains(Cast("profiles", TextField()), '"leading_post"')) | Q(
        position__is_designated_leading=True
    )
    return [
        Q(unit__in=tree.under(point.unit.path), form__in=point.forms)
        & (EVERYTHING if point.leading_posts else ~leading)
        & _required(declared, "hiring_manager")
        for point in tree.points
    ]


def _reaches(held: RoleHeld, scope: str, unit: Unit) -> bool:
    by_authority = unit.authority_id in held.authorities
    if scope == "authority":
        return held.everywhere or by_authority
    below = any(unit.path.startswith(path) for path in held.unit_paths)
    return held.everywhere or below or (not held.unit_paths and by_authority)


def _tree(actor: Actor, permission: str) -> Tree:
    """The units of the actor's roles, and those at or below her points of delegation; none where nothing asks."""
    declared = PERMISSIONS[permission]
    scopes = declared.scopes
    roles = [*actor.roles, *(held for absent in actor.absent for held in absent.roles)]
    wide = any(scopes[held.role] in ("unit", "authority") for held in roles)
    if not wide and not any(rule.relation == "substitute" for rule in declared.rules):
        return Tree({}, ())
    points = DelegationPoint.objects.filter(delegate=actor.person_id, valid_from__lte=actor.on)
    above = points.annotate(below=ExpressionWrapper(OuterRef("path"), CharField())).filter(
        below__startswith=F("unit__path")
    )
    wanted = Q(Exists(above))
    for held in roles:
        if scopes[held.role] == "no":
            continue
        if held.everywhere:
            wanted = EVERYTHING
            break
        wanted |= Q(authority__in=held.authorities)
        for inside in held.unit_paths:
            wanted |= Q(path__startswith=inside)
    own = FilteredRelation("delegation_points", condition=Q(delegation_points__delegate=actor.person_id))
    names = ("forms", "leading_posts", "valid_from", "valid_to")
    rows = Unit.objects.annotate(point=own, **{f"point_{name}": F(f"point__{name}") for name in names})
    units: dict[UUID, Unit] = {}
    held_points = []
    for unit in rows.filter(wanted):
        units[unit.pk] = unit
        if unit.point_valid_from is not None:
            given = {name: getattr(unit, f"point_{name}") for name in names}
            held_points.append(DelegationPoint(unit=unit, **given))
    return Tree(units, tuple(point for point in held_points if point.is_in_force(actor.on)))


def _granted(account: Q, on: date) -> QuerySet[Any, Any]:
    return RecruitmentGrant.objects.filter(account, still_holds(on)).values("content_object")


def stood_aside(person_id: UUID) -> QuerySet[Any, Any]:
    """The recruitments that the person is shut out from, by her own declaration or by what was decided."""
    shut_out = Q(state__in=sorted(SHUT_OUT)) | Q(state=Recusal.State.ENDED, excluded_before_end=True)
    return Recusal.objects.filter(shut_out, person=person_id).values("recruitment")


def _either(columns: Q, others: list[Q]) -> Q:
    """Own columns, assignments and posts one is a delegate of, together.

    An `OR` of a column and a subquery makes PostgreSQL walk the whole table; ids from each, by an index of its own,
    do not.
    """
    if columns == EVERYTHING or not others:
        return columns
    parts = others if columns == NOTHING else [columns, *others]
    if len(parts) == 1:
        return parts[0]
    first, *rest = (Recruitment.objects.order_by().filter(part).values("pk") for part in parts)
    return Q(pk__in=first.union(*rest))
