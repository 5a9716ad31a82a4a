"""What has to be dealt with before a unit can end, in words that say what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext_lazy

from vetting.access.models import RoleGrant
from vetting.administration.roles_held import OPEN
from vetting.administration.unit_tree import below, in_force
from vetting.organisation.models import DelegationPoint, Position, Unit
from vetting.recruitment.models import Recruitment
from vetting.recruitment.relations import ENDED

# What is said of so many of them, by the code of what they are.
WORDS = {
    "units": ngettext_lazy(
        "%(n)s enhet under den. Flytta eller avsluta den först.",
        "%(n)s enheter under den. Flytta eller avsluta dem först.",
        "n",
    ),
    "recruitments": ngettext_lazy(
        "%(n)s rekrytering pågår. Den avslutas av den som ansvarar, eller så ersätts enheten av en annan.",
        "%(n)s rekryteringar pågår. De avslutas av dem som ansvarar, eller så ersätts enheten av en annan.",
        "n",
    ),
    "posts": ngettext_lazy(
        "%(n)s befattning är i bruk. HR avvecklar den eller flyttar den till en annan enhet.",
        "%(n)s befattningar är i bruk. HR avvecklar dem eller flyttar dem till en annan enhet.",
        "n",
    ),
    "roles": ngettext_lazy(
        "%(n)s roll gäller i enheten. Ta bort den, eller ge den i en annan enhet först.",
        "%(n)s roller gäller i enheten. Ta bort dem, eller ge dem i en annan enhet först.",
        "n",
    ),
    "points": ngettext_lazy(
        "%(n)s delegationspunkt gäller för enheten. Föreslå att den upphör.",
        "%(n)s delegationspunkter gäller för enheten. Föreslå att de upphör.",
        "n",
    ),
}


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One kind of thing that still stands in the unit."""

    code: str
    count: int
    words: str
    label: str = ""
    url: str = ""
    """Where it is dealt with, for whoever may go there."""


def in_the_way(unit: Unit, last_day: date) -> list[InTheWay]:
    """What stands in the unit, or below it, after `last_day`; empty where it can end."""
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    here = Unit.objects.filter(path__startswith=unit.path)
    standing: dict[str, QuerySet[Any]] = {
        "units": below(unit).filter(in_force(last_day)).exclude(valid_to=last_day),
        "recruitments": Recruitment.objects.filter(unit__in=here).exclude(state__in=sorted(ENDED)),
        "posts": Position.objects.filter(unit=unit, retired_on__isnull=True),
        "roles": RoleGrant.objects.filter(after, unit=unit, state__in=OPEN),
        "points": DelegationPoint.objects.filter(after, unit=unit),
    }
    counts = {code: rows.count() for code, rows in standing.items()}
    return [InTheWay(code, count, WORDS[code] % {"n": count}) for code, count in counts.items() if count]
