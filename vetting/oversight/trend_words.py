"""How the charts of *Kontrollfunktionen* say their numbers: months, shares, days, and a picture in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from vetting.oversight.queries import trends
from vetting.web.charts import Point


def told(points: Sequence[Point], sentence: str) -> str:
    """The picture in words: where it ended, and its highest and lowest place."""
    known = [point for point in points if point.value is not None]
    if not known:
        return _("Inget tal kan visas. Tabellen säger varför.")
    lowest, highest = (pick(known, key=lambda point: point.value or 0) for pick in (min, max))
    parts = {
        _("Senast: %(what)s."): known[-1],
        _("Högst: %(what)s."): highest,
        _("Lägst: %(what)s."): lowest,
    }
    said = [
        words % {"what": sentence % {"value": point.text, "month": f"{point.label} {point.under}".strip()}}
        for words, point in parts.items()
    ]
    return " ".join([*said, _("Alla tal står i tabellen.")])


def running(points: Sequence[Point], words: str) -> tuple[tuple[str, str], ...]:
    """The key of the columns, where the last month has something to show."""
    return (("bar", words), ("runs", _("Månaden som pågår"))) if points[-1].value is not None else ()


def ages() -> list[str]:
    """What the groups of `AGES` are called."""
    named = [_("Inom målet")]
    for before, oldest in pairwise(trends.AGES):
        named.append(_("%(first)s–%(last)s arbetsdagar") % {"first": before + 1, "last": oldest})
    return [*named, _("Mer än %(n)s arbetsdagar") % {"n": trends.AGES[-1]}]


def month_of(month: date) -> dict[str, Any]:
    """The label of a month along an axis, with the year below each January."""
    return {"label": _short(month), "under": str(month.year) if month.month == 1 else ""}


def named(month: date, on: date) -> str:
    """A month in a table: the one of `on` is not over."""
    name = f"{_short(month)} {month.year}"
    return _("%(month)s, hittills") % {"month": name} if month == on.replace(day=1) else name


def percent(part: int, total: int) -> int:
    """Whole percent, but 100 and 0 only where it is all or none."""
    if part == total:
        return 100
    return max(min(round(100 * part / total), 99), 1 if part else 0)


def share_of(part: int, total: int) -> str:
    """The share as it stands in a table; a dash of nothing."""
    return f"{percent(part, total)}\N{NO-BREAK SPACE}%" if total else "–"


def whole(number: int) -> str:
    """A count, in groups of three."""
    return str(number_format(number, force_grouping=True))


def days_of(number: float) -> str:
    """A number of days, with a decimal where it is between two."""
    is_whole = number == int(number)
    return str(number_format(number, decimal_pos=0 if is_whole else 1, force_grouping=True))


def _short(month: date) -> str:
    return date_format(month, "M").lower().rstrip(".")[:3]
