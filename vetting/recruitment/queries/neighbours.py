"""The row before and the row after in a list with an order, found by the keys of the row one stands on: two queries.

Nothing is counted and nothing is read but the two: as quick on the last page as on the first. What one may not see is
in neither, since the list's own reach picks them. A row that has left the list since still has neighbours in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy


@dataclass(frozen=True, slots=True)
class Beside:
    """The rows on either side, or None where there is none."""

    before: Any
    after: Any


def beside(rows: QuerySet[Any], order: Sequence[Any], here: Mapping[str, Any]) -> Beside:
    """The neighbours in `rows` of the row whose columns are `here`. `order`: as for `order_by`, with nulls last.

    Its last column must be unique.
    """
    keys = [_key(each) for each in order]
    before = rows.filter(_past(keys, here, back=True)).order_by(*(_order(key, back=True) for key in keys))
    return Beside(before.first(), following(rows, order, here))


def following(rows: QuerySet[Any], order: Sequence[Any], here: Mapping[str, Any]) -> Any:
    """As `beside`, but the row after alone, or None: one query."""
    keys = [_key(each) for each in order]
    after = rows.filter(_past(keys, here, back=False)).order_by(*(_order(key, back=False) for key in keys))
    return after.first()


Key = tuple[str, bool]
"""A column and whether the list runs from its largest value."""


def _key(each: Any) -> Key:
    if isinstance(each, OrderBy) and isinstance(each.expression, F):
        return each.expression.name, bool(each.descending)
    return str(each).removeprefix("-"), str(each).startswith("-")


def _order(key: Key, *, back: bool) -> OrderBy:
    name, falls = key
    if falls != back:
        return F(name).desc(nulls_first=True) if back else F(name).desc(nulls_last=True)
    return F(name).asc(nulls_first=True) if back else F(name).asc(nulls_last=True)


def _past(keys: Sequence[Key], here: Mapping[str, Any], *, back: bool) -> Q:
    """Rows that come after `here` in the order of `keys`, or before it when looking back."""
    found, same = Q(pk__in=[]), Q()
    for name, falls in keys:
        value = here[name]
        if value is None:  # last in the list: only what has a value comes before
            beyond = Q(**{f"{name}__isnull": False}) if back else Q(pk__in=[])
            same_here = Q(**{f"{name}__isnull": True})
        else:
            beyond = Q(**{f"{name}__{'lt' if falls != back else 'gt'}": value})
            if not back:
                beyond |= Q(**{f"{name}__isnull": True})
            same_here = Q(**{name: value})
        found |= same & beyond
        same &= same_here
    return found
