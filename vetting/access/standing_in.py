"""Whom somebody stands in for today, and with whom she has been tied by it: read once with the actor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from vetting.access.delegation import Delegation
from vetting.policy.matrix import MATRIX
from vetting.policy.roles import ROLES

if TYPE_CHECKING:
    from vetting.access.actor import RoleHeld

#: The roles that somebody may leave to a substitute: those whose holder may name one.
LENT = frozenset(role for role, scope in MATRIX["delegation.create"].items() if scope != "no")


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody one stands in for today: who, until which last day, and the roles she has herself."""

    person_id: UUID
    name: str
    until: date
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A person whom one stands or has stood in for, or the other way round, and through which last day."""

    person_id: UUID
    until: date


def delegations_about(person_id: UUID, on: date) -> QuerySet[Delegation]:
    """Every delegation to or from the person that has come into force."""
    return _in_force(Q(absent=person_id) | Q(substitute=person_id), on).select_related("absent")


def substitutes_in_force(on: date) -> list[Delegation]:
    """Every delegation of the day `on`: one query."""
    rows = Delegation.objects.filter(state=Delegation.State.GIVEN, valid_from__lte=on, valid_to__gte=on)
    return list(rows.select_related("absent", "substitute"))


def ties_of(person_id: UUID, rows: Iterable[Delegation]) -> tuple[Tie, ...]:
    """The other person of each delegation in `rows` that `person_id` is part of."""
    return tuple(
        Tie(row.absent_id if row.substitute_id == person_id else row.substitute_id, _last(row))
        for row in rows
        if person_id in (row.absent_id, row.substitute_id)
    )


def tied_to(persons: Collection[UUID], since: date, on: date) -> set[UUID]:
    """Whoever has stood in for one of `persons` since that day, or has had one of them stand in: one query."""
    rows = _in_force(Q(absent__in=persons) | Q(substitute__in=persons), on)
    found: set[UUID] = set()
    for row in rows:
        if _last(row) >= since:
            found |= {row.absent_id, row.substitute_id}
    return found - set(persons)


def lent(own: Iterable[RoleHeld], absent: Iterable[RoleHeld]) -> tuple[RoleHeld, ...]:
    """Of the absent person's roles those one may stand in with: lent at all, and no role of one's own forbids it."""
    never: set[str] = set()
    for held in own:
        never |= set(ROLES[held.role].incompatible_with)
    return tuple(held for held in absent if held.role in LENT and held.role not in never)


def _in_force(who: Q, on: date) -> QuerySet[Delegation]:
    """Those that have given something: begun, and not ended before they began."""
    came = Q(state=Delegation.State.GIVEN) | Q(ended_on__gte=F("valid_from"))
    return Delegation.objects.filter(who, came, valid_from__lte=on)


def _last(row: Delegation) -> date:
    return row.ended_on or row.valid_to
