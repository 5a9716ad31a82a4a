"""One's own recruitments, and those one is let in to, by indexes alone: found, sorted and counted without their rows.

`ListedGrant` has beside each assignment what a recruitment is chosen and sorted by, and the indexes of recruitments by
manager and by who is responsible have the same columns. What is said of them here `terms` says of the recruitment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import ListedGrant, Recruitment, still_holds
from vetting.recruitment.queries.terms import EVERYTHING, Terms, is_shut, required, stood_aside

NEWEST = ("-created_on", "-reference")
"""The order of the indexes; backwards they are as good."""
OLDEST = ("created_on", "reference")


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of one index: which column names the recruitment, and how many of them may name the same one."""

    rows: QuerySet[Any]
    key: str
    times: int = 1

    def keys(self) -> QuerySet[Any, Any]:
        """The recruitments."""
        return self.rows.values(self.key)


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody's terms, and who she is: what a query made of terms is asked with."""

    terms: Terms
    person: UUID
    account: UUID
    units: tuple[UUID, ...]

    def own(self, condition: Q = EVERYTHING) -> list[Branch]:
        """Those within reach that one manages, is responsible for or is assigned to, in whatever role."""
        seen, beside = (
            self.terms.seen(self.person, self.account, self.units, key) for key in ("pk", "recruitment")
        )
        rows = Recruitment.objects.order_by().filter(*_said(condition), *_said(seen))
        return [
            Branch(rows.filter(manager=self.person), "pk"),
            Branch(rows.filter(responsible=self.person), "pk"),
            Branch(self._grants(condition).filter(*_said(beside)), "recruitment", KINDS_OF_GRANT),
        ]

    def within(self, condition: Q = EVERYTHING, units: int = 0) -> list[Branch] | None:
        """All within reach: what one manages, what one is assigned to, and each of at most so many units; None where
        there is more to it."""
        inside = [part for part in self.terms.parts if part.by == "inside"]
        ways = {part.by for part in self.terms.parts}
        if not ways or ways - {"own", "assigned", "inside"} or sum(part.number for part in inside) > units:
            return None
        declared = PERMISSIONS[self.terms.permission]
        found, left = [], [*self.units]
        for part in self.terms.parts:
            asked = required(declared, part.role)
            asked = (
                condition if asked == EVERYTHING else asked if condition == EVERYTHING else condition & asked
            )
            if part.by == "own":
                found.append(self._recruitments(asked, manager=self.person))
            elif part.by == "assigned":
                rows = self._grants(asked).filter(self._not_aside("recruitment"), permission=part.number)
                found.append(Branch(rows, "recruitment"))
            else:
                found += [self._recruitments(asked, unit=unit) for unit in left[: part.number]]
                left = left[part.number :]
        return found

    def _recruitments(self, condition: Q, **columns: UUID) -> Branch:
        rows = Recruitment.objects.order_by().filter(self._not_aside("pk"), *_said(condition), **columns)
        return Branch(rows, "pk")

    def _not_aside(self, key: str) -> Q:
        shut = is_shut(PERMISSIONS[self.terms.permission])
        return ~Q(**{f"{key}__in": stood_aside(self.person)}) if shut else Q()

    def _grants(self, condition: Q) -> QuerySet[ListedGrant]:
        held = still_holds(self.terms.on)
        return ListedGrant.objects.order_by().filter(held, *_said(condition), account=self.account)


KINDS_OF_GRANT = len(Recruitment._meta.permissions)
"""In so many roles one can be assigned to the same recruitment."""


def _said(condition: Q) -> list[Q]:
    """Nothing where there is no condition: a column that no index has would else be asked."""
    return [] if condition == EVERYTHING else [condition]


def together(branches: Sequence[Branch]) -> QuerySet[Any, Any]:
    """The recruitments of the branches, each once."""
    first, *rest = (branch.keys() for branch in branches)
    return first.union(*rest) if rest else first


def rows_of(branches: Sequence[Branch]) -> QuerySet[Recruitment]:
    """The recruitments of the branches themselves, for what is asked of their rows."""
    return Recruitment.objects.filter(pk__in=together(branches))


def newest(branches: Sequence[Branch], order: tuple[str, ...], number: int) -> QuerySet[Recruitment]:
    """The first so many of the branches by `order` (NEWEST or OLDEST): the first of each, found by walking its index.

    They come in that order, and one that stands in several branches comes once.
    """
    firsts = [
        Recruitment.objects.order_by().filter(
            pk__in=branch.rows.order_by(*order)[: number * branch.times].values(branch.key)
        )
        for branch in branches
    ]
    if len(firsts) == 1:
        return firsts[0].order_by(*order)
    keys = [rows.values("pk") for rows in firsts]
    return Recruitment.objects.filter(pk__in=keys[0].union(*keys[1:])).order_by(*order)
