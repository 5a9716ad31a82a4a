"""The year behind the numbers of the day: decisions, opinions and what was *att bedöma*, month by month.

Each query groups in the database and gives at most a row for each day or pair of days, however many cases there are.
Whoever has a protected identity is in none of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from vetting.policy.calendar import add_months, working_days_between
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.models import Candidacy, Check, Decision, Opinion, Waiver
from vetting.recruitment.queries.opinions import TARGET_DAYS

MONTHS = 12
AGES = (TARGET_DAYS, 3, 5, 10)
"""The oldest of each group of waiting opinions, in working days; the last group has no end."""
STOPS = [
    spec.code for spec in CHECKPOINTS.values() if spec.blocks == "decision" and spec.belongs_to == "candidacy"
]
"""The finalist's own checks that stop the decision."""
COUNTED = [code for code, spec in CHECKPOINTS.items() if spec.visible_to == "all"]
"""The inner steps of protective security are in no figure."""
UNPROTECTED = ~Q(candidacy__in=Candidacy.objects.filter(is_protected=True).order_by().values("pk"))
"""Without those whose identity is protected, who are few: with a join every finalist is read to see that she is not."""


@dataclass(slots=True)
class Share:
    """How many of all."""

    kept: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Lead:
    """Working days from request to opinion: the middle, the quarters around it, how many, how many in time."""

    low: float
    middle: float
    high: float
    number: int
    in_time: int


def months_until(on: date) -> list[date]:
    """The first days of the twelve months that end with the one of `on`."""
    this = on.replace(day=1)
    return [add_months(this, back - MONTHS + 1) for back in range(MONTHS)]


def decisions_by_day(rows: QuerySet[Decision], first: date, last: date) -> list[tuple[date, bool, int]]:
    """(day, whether every check that stops a decision was done by then, how many): one query.

    All are counted by the index alone; those in which something was short are few, and counted apart. A waiver in
    force on the day, or a check put off until after the start, is not done; nor is what was noted after the day of a
    board's decision: before a delegate's everything is noted. Nothing of this changes after the decision.
    """
    day = OuterRef("decided_on")
    own = Q(candidacy=OuterRef("candidacy_id"))
    waived = Waiver.objects.filter(
        own,
        Q(deferred=True, proposed_on__lte=day) | Q(confirmed_on__lte=day),
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        until__gte=day,
    )
    after = Check.objects.filter(own, belongs_to="candidacy", code__in=STOPS, recorded_on__gt=day)
    late = ~Q(maker=Decision.Maker.DELEGATE) & Q(Exists(after))
    granted = Q(candidacy__in=Waiver.objects.order_by().values("candidacy")) & Q(Exists(waived))
    within = Decision.objects.filter(UNPROTECTED, decided_on__range=(first, last))
    # What makes one short is asked before whether it is within reach: SQLite asks in the order in which it is said.
    lacking = within.filter(granted | late) & rows
    every, short = (_by_day(within & rows, False), _by_day(lacking, True))
    totals: dict[date, int] = {}
    lacked: dict[date, int] = {}
    for on, is_short, number in every.union(short, all=True):
        (lacked if is_short else totals)[on] = number
    kept = [(on, True, number - lacked.get(on, 0)) for on, number in totals.items()]
    return [each for each in kept if each[2]] + [(on, False, number) for on, number in lacked.items()]


def _by_day(rows: QuerySet[Decision], short: bool) -> QuerySet[Any, Any]:
    # An asterisk: to count a column SQLite reads every row for it.
    said = rows.order_by().annotate(short=Value(short)).values_list("decided_on", "short")
    return said.annotate(number=Count("*"))


def shares(days: Sequence[tuple[date, bool, int]], starts: Sequence[date]) -> dict[date, Share]:
    """Each start of a period → its share; `starts` in order, each until the next."""
    found = {start: Share() for start in starts}
    for on, kept, number in days:
        share = found[_period_of(on, starts)]
        share.total += number
        share.kept += number if kept else 0
    return found


def leads_by_day(rows: QuerySet[Opinion], first: date, last: date) -> list[tuple[date, int, int]]:
    """(day it was given, working days it took, how many): one query."""
    found = rows.filter(UNPROTECTED, concluded_on__range=(first, last), requested_on__isnull=False)
    counted = found.order_by().values_list("requested_on", "concluded_on").annotate(number=Count("*"))
    return [(given, _took(asked, given), number) for asked, given, number in counted if asked and given]


def leads(days: Sequence[tuple[date, int, int]], starts: Sequence[date]) -> dict[date, Lead]:
    """Each start of a period in which an opinion was given → how long they took."""
    found: dict[date, Counter[int]] = defaultdict(Counter)
    for on, took, number in days:
        found[_period_of(on, starts)][took] += number
    return {start: lead_of(taken) for start, taken in found.items()}


def lead_of(taken: Mapping[int, int]) -> Lead:
    """The spread of days → how many took so long. Raises ValueError for none."""
    in_time = sum(number for took, number in taken.items() if took <= TARGET_DAYS)
    low, middle, high = (quantile(taken, share) for share in (0.25, 0.5, 0.75))
    return Lead(low, middle, high, sum(taken.values()), in_time)


def quantile(taken: Mapping[int, int], share: float) -> float:
    """The value that `share` of all are at or below; between two, the one midway. Raises ValueError for none."""
    total, seen = sum(taken.values()), 0
    values = sorted(value for value, number in taken.items() if number)
    if not values:
        raise ValueError("nothing has no middle")
    for place, value in enumerate(values):
        seen += taken[value]
        if seen > share * total:
            return value
        if seen == share * total:
            return (value + values[place + 1]) / 2
    return values[-1]


def waiting_by_age(rows: QuerySet[Opinion], waiting: Q, on: date) -> list[int]:
    """How many wait in each group of `AGES`, and beyond the last: one query."""
    found = [0] * (len(AGES) + 1)
    counted = rows.filter(waiting).order_by().values_list("requested_on").annotate(number=Count("*"))
    for asked, number in counted:
        age = _took(asked, on) if asked else 0
        found[sum(age > oldest for oldest in AGES)] += number
    return found


def deviations_by_check(rows: QuerySet[Check], since: date) -> list[tuple[str, int]]:
    """Check → how many have been *att bedöma*, of finalists entered from `since` on, most first: one query."""
    told = rows.filter(
        has_deviated=True, code__in=COUNTED, candidacy__created_on__gte=since, candidacy__is_protected=False
    )
    counted = told.order_by().values_list("code").annotate(number=Count("*"))
    return sorted(counted, key=lambda each: (-each[1], each[0]))


@lru_cache(maxsize=8192)
def _took(asked: date, given: date) -> int:
    return working_days_between(asked, given)


def _period_of(on: date, starts: Sequence[date]) -> date:
    return max(start for start in starts if start <= on)
