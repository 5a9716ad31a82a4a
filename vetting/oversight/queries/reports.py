"""The log of the reports, as far as anybody is told of it: the kind of event and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from audit.events import DAY_TREES
from audit.models import Entry
from vetting.policy.calendar import STOCKHOLM

PAGE = 50


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One event of a report: its code and its day, nothing else."""

    action: str
    day: date


def day_events(before: int | None = None) -> tuple[list[DayEvent], int | None]:
    """One page, newest first, and the key of the next: one query, of two columns."""
    rows = _entries()
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id").values_list("id", "action", "time")[: PAGE + 1])
    events = [DayEvent(action, time.astimezone(STOCKHOLM).date()) for _id, action, time in found[:PAGE]]
    return events, found[PAGE - 1][0] if len(found) > PAGE else None


def _entries() -> QuerySet[Entry]:
    """A tree goes on under a numbered name where it once had to be restarted."""
    trees = Q()
    for tree in sorted(DAY_TREES):
        trees |= Q(tree=tree) | Q(tree__startswith=f"{tree}.")
    return Entry.objects.filter(trees)
