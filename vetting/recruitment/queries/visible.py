"""The list form of the door: which recruitments an actor may use a permission on, as one query.

The policy's matrix says which scope each role has; its relations say what is required on top and what excludes. A
test asks the door about each object and finds the same. Guardian stays the record of grants; the list reads them where
the database keeps them beside what a list asks for (`ListedGrant`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from audit.prepared import KINDS, Prepared
from vetting.access.actor import Actor, RoleHeld
from vetting.access.grants import PREFIX, permission_for
from vetting.organisation.models import DelegationPoint, Unit
from vetting.policy.permissions import PERMISSIONS, Permission
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Vote
from vetting.recruitment.queries.terms import (
    EVERYTHING,
    NOTHING,
    Part,
    Terms,
    by_parts,
    required,
    stood_aside,
    within,
)
from vetting.recruitment.standing import DRIVING, OPINING

OF_POINT = ("forms", "leading_posts", "valid_from", "valid_to")


@dataclass(frozen=True)
class Reach:
    """What an actor sees in lists: the recruitments, and the units of her roles, to choose among (by id).

    `terms`, with the `values` that they are asked with: where what the roles give is all, so that a query made of it
    need not be made again; None for who stands in for somebody or decides as a delegate.
    """

    make: Callable[[], QuerySet[Recruitment]]
    units: dict[UUID, Unit] = field(default_factory=dict)
    tree: Tree | None = None
    terms: Terms | None = None
    values: tuple[UUID, ...] = ()

    @cached_property
    def recruitments(self) -> QuerySet[Recruitment]:
        """The recruitments within reach."""
        return self.make()

    def about(self) -> Q:
        """Rows that are about a recruitment within reach, as a question asked of each row: for what is counted of one
        time or state. `recruitment__in` has SQLite gather every recruitment within reach first, for however few rows.
        """
        if self.terms is not None and (aside := self.terms.all_but(self.values[0])) is not None:
            return Q(recruitment__isnull=False) & aside
        return Q(Exists(self.recruitments.order_by().filter(pk=OuterRef("recruitment"))))


@dataclass(frozen=True, slots=True)
class Tree:
    """The units that matter to an actor, and the points of delegation she holds today: read in one query."""

    units: dict[UUID, Unit]
    points: tuple[DelegationPoint, ...]
    total: int = 0
    """How many units there are in all."""

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
    terms, units = _terms(declared, actor.roles, tree, actor.on)
    values = (actor.person_id, actor.account_id, *units)

    def make() -> QuerySet[Recruitment]:
        columns, others = by_parts(declared, terms, actor.account_id, actor.person_id, units)
        others += _substituted(declared, tree)
        others += _lent(declared, actor, tree)
        return within(declared, actor.person_id, columns, others)

    everything = [*actor.roles, *(held for absent in actor.absent for held in absent.roles)]
    roles = [held for held in everything if declared.scopes[held.role] != "no"]
    shown = {
        pk: unit for pk, unit in tree.units.items() if any(_reaches(held, "unit", unit) for held in roles)
    }
    # With somebody's place or post there is more to it than the roles.
    whole = not actor.absent and not tree.points
    return Reach(make, shown, tree, terms if whole else None, values)


def _terms(declared: Permission, roles: Iterable[RoleHeld], tree: Tree, on: date) -> tuple[Terms, list[UUID]]:
    """What the roles give, and the units inside which."""
    parts: list[Part] = []
    units: list[UUID] = []
    for held in roles:
        scope = declared.scopes[held.role]
        inside = []
        if scope not in ("no", "own", "assigned", "all") and not held.everywhere:
            inside = [unit.pk for unit in tree.units.values() if _reaches(held, scope, unit)]
        # Whoever has a whole municipality is not asked about each unit of it.
        everything = bool(inside) and len(inside) == tree.total
        part = Part(held.role, "all") if everything else _part(held, scope, len(inside))
        if part is not None:
            parts.append(part)
            units += [] if everything else inside
    return Terms(declared.code, tuple(parts), on), units


def _part(held: RoleHeld, scope: str, inside: int) -> Part | None:
    """What one role gives by its scope; None where it gives nothing."""
    if scope == "no":
        return None
    if scope == "own":
        return Part(held.role, "own")
    if scope == "assigned":
        try:
            return Part(held.role, "assigned", permission_for(Recruitment, held.role).pk)
        except KeyError:
            return None
    if scope == "all" or held.everywhere:
        return Part(held.role, "all")
    return Part(held.role, "inside", inside) if inside else None


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
            terms, units = _terms(declared, roles, tree, actor.on)
            columns, others = by_parts(declared, terms, account, absent.person_id, units)
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
        & required(declared, "hiring_manager")
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
    roles = [held for held in roles if scopes[held.role] != "no"]
    everywhere = any(held.everywhere for held in roles)
    paths = () if everywhere else sorted({path for held in roles for path in held.unit_paths})
    authorities = () if everywhere else sorted({pk for held in roles for pk in held.authorities})
    units: dict[UUID, Unit] = {}
    held_points, total = [], 0
    for unit in _units(everywhere, tuple(paths))(actor.person_id, actor.on, *authorities):
        units[unit.pk], total = unit, unit.total
        if unit.point_valid_from is not None:
            given = {name: getattr(unit, f"point_{name}") for name in OF_POINT}
            held_points.append(DelegationPoint(unit=unit, **given))
    return Tree(units, tuple(point for point in held_points if point.is_in_force(actor.on)), total)


@lru_cache(maxsize=KINDS)
def _units(everywhere: bool, paths: tuple[str, ...]) -> Prepared[Any]:
    """The query of `_tree` for roles in these parts of the tree, each unit with the point that the person has there."""

    def build(person: UUID, on: date, *authorities: UUID) -> QuerySet[Unit]:
        points = DelegationPoint.objects.filter(delegate=person, valid_from__lte=on)
        above = points.annotate(below=ExpressionWrapper(OuterRef("path"), CharField())).filter(
            below__startswith=F("unit__path")
        )
        wanted = Q(Exists(above))
        if authorities:
            wanted |= Q(authority__in=authorities)
        for inside in paths:
            wanted |= Q(path__startswith=inside)
        own = FilteredRelation("delegation_points", condition=Q(delegation_points__delegate=person))
        every = (
            Unit.objects.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("*")).values("n")
        )
        said = {f"point_{name}": F(f"point__{name}") for name in OF_POINT}
        rows = Unit.objects.annotate(point=own, total=Subquery(every), **said)
        return rows if everywhere else rows.filter(wanted)

    return Prepared(build)
