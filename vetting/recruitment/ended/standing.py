"""How old the newest list of ended employments is: what is too old says nothing of who works here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, Q

from vetting.recruitment.models import EndedFeed

MOST_DAYS = 35
"""A month, and some days for whoever sends it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`newest`: the day as of which the newest list tells; `is_old`: renewals are not shown until another has come."""

    newest: date | None
    is_old: bool


def feed_standing(on: date) -> Standing:
    """One query. Where no list has come and none is waited for (setting ENDED_FEED), nothing is too old."""
    newest = EndedFeed.objects.order_by("-made_on").values_list("made_on", flat=True).first()
    if newest is None:
        return Standing(None, bool(settings.ENDED_FEED))
    return Standing(newest, (on - newest).days > MOST_DAYS)


def knows_who_left(on: date) -> Q:
    """Whether the list of who has left is new enough, or none is waited for, as a condition."""
    known = Q(Exists(EndedFeed.objects.filter(made_on__gte=on - timedelta(days=MOST_DAYS))))
    return known if settings.ENDED_FEED else known | ~Q(Exists(EndedFeed.objects.all()))
