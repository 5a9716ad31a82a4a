"""Numbers for whoever may not open what they count: of a quarter that is over, and small ones kept back.

A number that moves by one from day to day tells what happened that day, however large it is. So nothing is told of the
quarter that runs; quarters do not overlap, and no sum of several is given that could be taken apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Q, When

from vetting.access.actor import Actor
from vetting.figures.protection import Protected, protect
from vetting.policy.calendar import add_months, working_days_between
from vetting.recruitment.models import Opinion, Waiver
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.recruitment.queries.visible import reach_of


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year that is over."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figures:
    """The protected tables of one quarter."""

    quarter: Quarter
    kept: Protected
    lifts: Protected
    waived: Protected


def last_quarter(on: date) -> Quarter:
    """The newest quarter that was over on the day `on`."""
    this = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return Quarter(add_months(this, -3), this - timedelta(days=1))


def figures_of(actor: Actor, on: date) -> Figures:
    """Whether the target was kept, lifts, and checks that were put off or waived, within the actor's authorities."""
    quarter = last_quarter(on)
    within = reach_of(actor, "figures.view").about()
    period = (quarter.first, quarter.last)
    # Whoever has a protected identity is in no figure.
    given = Opinion.objects.filter(
        within, concluded_on__range=period, candidacy__is_protected=False
    ).order_by()
    kept, lifts = {"in_time": 0, "late": 0}, {"lifted": 0, "not_lifted": 0}
    asked = Q(requested_on__isnull=False, concluded_on__isnull=False)
    was_lifted = Case(When(escalation_reason__isnull=False, then=True), default=False)
    days = (
        given.filter(asked)
        .annotate(was_lifted=was_lifted)
        .values_list("requested_on", "concluded_on", "was_lifted")
    )
    for requested_on, concluded_on, lifted in days:
        kept["in_time" if working_days_between(requested_on, concluded_on) <= TARGET_DAYS else "late"] += 1
        lifts["lifted" if lifted else "not_lifted"] += 1
    waived: dict[str, int] = (
        Waiver.objects.filter(within, proposed_on__range=period, candidacy__is_protected=False)
        .order_by()
        .aggregate(later=Count("pk", filter=Q(deferred=True)), waived=Count("pk", filter=Q(deferred=False)))
    )
    return Figures(quarter, *(protect(table, zeros=True) for table in (kept, lifts, waived)))
