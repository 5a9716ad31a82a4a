"""What has to be dealt with before a unit can end, in words that say what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import ngettext

from vetting.access.models import RoleGrant
from vetting.administration.roles_held import OPEN
from vetting.administration.unit_tree import below, in_force
from vetting.organisation.models import DelegationPoint, Position, Unit
from vetting.recruitment.models import Recruitment
from vetting.recruitment.relations import ENDED


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
    under = list(below(unit).filter(in_force(last_day)).exclude(valid_to=last_day))
    here = Unit.objects.filter(path__startswith=unit.path)
    recruitments = Recruitment.objects.filter(unit__in=here).exclude(state__in=sorted(ENDED)).count()
    roles = RoleGrant.objects.filter(after, unit=unit, state__in=OPEN).count()
    posts = Position.objects.filter(unit=unit, retired_on__isnull=True).count()
    points = DelegationPoint.objects.filter(after, unit=unit).count()
    found = (
        (
            "units",
            len(under),
            ngettext(
                "%(n)s enhet under den. Flytta eller avsluta den först.",
                "%(n)s enheter under den. Flytta eller avsluta dem först.",
                len(under),
            ),
        ),
        (
            "recruitments",
            recruitments,
            ngettext(
                "%(n)s rekrytering pågår. Den avslutas av den som ansvarar, eller så ersätts enheten av en annan.",
                "%(n)s rekryteringar pågår. De avslutas av dem som ansvarar, eller så ersätts enheten av en annan.",
                recruitments,
            ),
        ),
        (
            "posts",
            posts,
            ngettext(
                "%(n)s befattning är i bruk. HR avvecklar den eller flyttar den till en annan enhet.",
                "%(n)s befattningar är i bruk. HR avvecklar dem eller flyttar dem till en annan enhet.",
                posts,
            ),
        ),
        (
            "roles",
            roles,
            ngettext(
                "%(n)s roll gäller i enheten. Ta bort den, eller ge den i en annan enhet först.",
                "%(n)s roller gäller i enheten. Ta bort dem, eller ge dem i en annan enhet först.",
                roles,
            ),
        ),
        (
            "points",
            points,
            ngettext(
                "%(n)s delegationspunkt gäller för enheten. Föreslå att den upphör.",
                "%(n)s delegationspunkter gäller för enheten. Föreslå att de upphör.",
                points,
            ),
        ),
    )
    return [InTheWay(code, count, words % {"n": count}) for code, count, words in found if count]
