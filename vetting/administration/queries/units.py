"""Units as the room's pages see them: the tree, one unit, and where one can be put."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vetting.administration.unit_tree import in_force
from vetting.organisation.models import Authority, Unit
from vetting.policy.profiles import PROFILES

PER_PAGE = 100


def authorities() -> QuerySet[Authority]:
    """Every committee and company by name, the municipality's own committees first."""
    return Authority.objects.select_related("organisation").order_by("entity", "name")


def units(on: date, *, words: str = "", ended: bool = False) -> QuerySet[Unit]:
    """The units in force, or the ended ones, in the order of the tree; `words` must stand in a name."""
    now = in_force(on)
    rows = Unit.objects.filter(~now if ended else now).select_related("authority", "successor")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(authority__name__icontains=word))
    return rows.order_by("authority__entity", "authority__name", "path")


def places(on: date, *, authority: Authority | None = None) -> list[Unit]:
    """The units where something can be put on the day `on`, in the order of the tree."""
    rows = Unit.objects.filter(in_force(on), valid_from__lte=on).select_related("authority")
    if authority is not None:
        rows = rows.filter(authority=authority)
    return list(rows.order_by("authority__name", "path"))


def profiles_of(unit: Unit) -> str:
    """The workplace's profiles in words."""
    return ", ".join(_(PROFILES[code].name) for code in unit.profiles) or "–"


def indented(unit: Unit) -> str:
    """The unit's name in a list to choose from, with a sign for each level above it."""
    return "– " * unit.depth + unit.name
