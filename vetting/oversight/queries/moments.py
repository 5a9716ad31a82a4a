"""Where in the log a period lies: ids follow time closely, so a few looks at spread-out entries lead there.

The log has no index by time, and none is needed: entries get their ids in the order of their moments, but for acts that
ran at the same time. The bounds found here only save reading; whoever uses them still compares the moments.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from audit.models import Entry
from audit.ranges import DAYS

PROBES = 200
ROUNDS = 3
"""Rounds of probes, one query each: 200³ entries are narrowed down to a handful."""
SLACK = timedelta(hours=1)
"""More than any two acts that overlap can have exchanged places by."""


def ids_between(since: datetime | None, until: datetime | None) -> tuple[int | None, int | None]:
    """Lowest and highest id that entries between the two moments can have; None for an end that is open.

    Four queries, whatever the log's size.
    """
    newest = newest_id()
    wanted = [moment for moment in (since and since - SLACK, until and until + SLACK) if moment]
    ends = dict.fromkeys(wanted, (0, newest + 1))
    for _ in range(ROUNDS):
        ids = {probe for low, high in ends.values() for probe in _spread(low, high)}
        seen = dict(Entry.objects.filter(id__in=ids).values_list("id", "time"))
        ends = {moment: _closer(seen, moment, *end) for moment, end in ends.items()}
    return (
        None if since is None else ends[since - SLACK][0],
        None if until is None else ends[until + SLACK][1],
    )


def newest_id() -> int:
    """The highest id of the log, but for that of the reports, whose ids say nothing of moments; 0 for an empty one."""
    below = Entry.objects.filter(id__lt=DAYS)
    return below.order_by("-id").values_list("id", flat=True).first() or 0


def _spread(low: int, high: int) -> set[int]:
    """Ids evenly spread over the two and what lies between."""
    return {low + (high - low) * part // PROBES for part in range(PROBES + 1)}


def _closer(seen: dict[int, datetime], moment: datetime, low: int, high: int) -> tuple[int, int]:
    """The highest id seen before the moment, and the lowest after it."""
    low = max([low, *(pk for pk, time in seen.items() if time < moment)])
    return low, min([high, *(pk for pk, time in seen.items() if time >= moment and pk > low)])
