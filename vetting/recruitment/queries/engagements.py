"""Engagements to follow up, with what falls due soonest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Value, When

from vetting.access.actor import Actor
from vetting.recruitment.engine.undated import is_undated
from vetting.recruitment.models import Engagement
from vetting.recruitment.queries.reminders import has_to_do, open_codes, to_do, with_open
from vetting.recruitment.queries.visible import reach_of

LIVE = (Engagement.State.PLANNED, Engagement.State.ACTIVE, Engagement.State.EXITING)
TABS = {
    "borjar": Q(state=Engagement.State.PLANNED),
    "pagar": Q(state=Engagement.State.ACTIVE),
    "avslutas": Q(state=Engagement.State.EXITING),
    "avslutade": Q(state__in=[Engagement.State.ENDED, Engagement.State.NOT_STARTED]),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """One row: the engagement and what is to be done about it, with its last day, soonest first."""

    engagement: Engagement
    due: list[tuple[str, date]]
    is_late: bool
    is_undated: bool
    """Whether a permit has no last day, so that nothing can say when it is due."""


def followed(actor: Actor) -> QuerySet[Engagement]:
    """Every engagement within reach: those on their way out and in first, then by day."""
    order = Case(
        When(state=Engagement.State.EXITING, then=Value(0)),
        When(state=Engagement.State.PLANNED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    reach = reach_of(actor, "engagement.list").recruitments
    rows = Engagement.objects.filter(recruitment__in=reach)
    return rows.select_related("recruitment__position", "recruitment__unit", "candidacy").order_by(
        order, F("planned_start").desc(), "pk"
    )


def counts(rows: QuerySet[Engagement]) -> dict[str, int]:
    """How many stand under each tab: one query."""
    wanted: dict[str, Any] = {tab: Count("pk", filter=condition) for tab, condition in TABS.items()}
    found: dict[str, int] = rows.order_by().aggregate(**wanted)
    return found


def shown(rows: Iterable[Engagement], on: date, *, knows_who_left: bool = True) -> list[Followed]:
    """The rows of a page, read `with_open`; what is due is judged now, renewals where it is known who has left."""
    found = []
    for engagement in rows:
        due = [
            (code, day)
            for code, day, _renewal in to_do(engagement, open_codes(engagement), on, knows_who_left)
        ]
        found.append(
            Followed(
                engagement, due, bool(due and due[0][1] < on), bool(getattr(engagement, "is_undated", False))
            )
        )
    return found


def of_page(rows: QuerySet[Engagement], on: date) -> QuerySet[Engagement]:
    """The rows with what of their checks is not settled, for `shown`: where something is to be done first, the oldest
    before the others, then the newest.
    """
    found: QuerySet[Engagement] = with_open(rows).annotate(is_undated=is_undated())
    waits = Case(
        When(has_to_do(on) | Q(state=Engagement.State.ACTIVE, is_undated=True), then=F("planned_start")),
        default=None,
        output_field=DateField(),
    )
    return found.annotate(waits=waits).order_by(F("waits").asc(nulls_last=True), *rows.query.order_by)
