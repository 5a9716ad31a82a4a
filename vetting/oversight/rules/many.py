"""Many distinct sensitive recruitments read within a day: more than 10, and than three times the person's own usual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from vetting.oversight.rules.seen import Finding, Seen, before
from vetting.policy.alerts import NO_CONTENT, PERCENTILE, RULES, SENSITIVE_LEVEL, TIMES_USUAL, USUAL_DAYS
from vetting.policy.calendar import STOCKHOLM
from vetting.policy.event_groups import READS
from vetting.recruitment.models import Recruitment

RULE = RULES["many_sensitive"]


def find(entries: list[Seen]) -> Iterator[Finding]:
    """One finding each time a person's last 24 hours come to hold more than the limit."""
    newest: dict[UUID, Seen] = {}
    for seen in entries:
        if _counts(seen) and seen.person is not None:
            newest[seen.person] = seen
    # Few people read anything that is recorded; each is looked at once.
    sensitive = _sensitive(seen.subject for seen in entries if _counts(seen))
    fresh = {seen.id for seen in entries}
    for last in newest.values():
        oldest = min(seen.time for seen in entries if seen.person == last.person)
        back = last.time - oldest + RULE.window
        yield from _of_one([seen for seen in before(last, back) if _counts(seen)], fresh, sensitive)


def _of_one(readings: list[Seen], fresh: set[int], known: set[UUID]) -> Iterator[Finding]:
    """Slide over one person's readings (newest first) from the oldest on, and tell of each crossing of the limit."""
    subjects = {seen.subject for seen in readings if seen.subject is not None}
    sensitive = known | _sensitive(subjects)
    ordered = [seen for seen in reversed(readings) if seen.subject in sensitive]
    limit: int | None = None
    for place, seen in enumerate(ordered):
        if seen.id not in fresh or seen.person is None:
            continue
        within = [s for s in ordered[: place + 1] if s.time > seen.time - RULE.window]
        now = {s.subject for s in within if s.subject}
        earlier = {s.subject for s in within[:-1] if s.subject}
        if len(now) < RULE.threshold or now == earlier:
            continue
        if limit is None:
            limit = limit_of(seen)
        if len(earlier) <= limit < len(now):
            yield Finding(
                RULE.code, seen.person, seen.time, len(now), limit, within[0].time, tuple(sorted(now))
            )


def limit_of(seen: Seen) -> int:
    """How many are still usual for this person at this moment: 10, or three times her own busy day."""
    back = timedelta(days=USUAL_DAYS)
    usual = [s for s in before(seen, back + RULE.window) if _counts(s) and s.time <= seen.time - RULE.window]
    sensitive = _sensitive(s.subject for s in usual)
    days: dict[date, set[UUID]] = defaultdict(set)
    for s in usual:
        if s.subject in sensitive:
            days[s.time.astimezone(STOCKHOLM).date()].add(s.subject)
    return max(
        RULE.threshold - 1, TIMES_USUAL * percentile([len(found) for found in days.values()], PERCENTILE)
    )


def percentile(numbers: list[int], share: int) -> int:
    """The nearest rank: the smallest of the numbers that at least `share` per cent do not exceed; 0 of none."""
    if not numbers:
        return 0
    return sorted(numbers)[-(-len(numbers) * share // 100) - 1]


def _counts(seen: Seen) -> bool:
    return seen.action in READS and seen.role not in NO_CONTENT and None not in (seen.person, seen.subject)


def _sensitive(subjects: Iterable[UUID | None]) -> set[UUID]:
    wanted = {subject for subject in subjects if subject is not None}
    return set(
        Recruitment.objects.filter(pk__in=wanted, level__gte=SENSITIVE_LEVEL).values_list("pk", flat=True)
    )
