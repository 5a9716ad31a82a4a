"""Many distinct sensitive recruitments read within a day: the same limit for everybody, whatever her habits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from vetting.oversight.rules.seen import Finding, Seen, before
from vetting.policy.alerts import NO_CONTENT, RULES, SENSITIVE_LEVEL
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
    limit = RULE.threshold - 1
    for place, seen in enumerate(ordered):
        if seen.id not in fresh or seen.person is None:
            continue
        within = [s for s in ordered[: place + 1] if s.time > seen.time - RULE.window]
        now = {s.subject for s in within if s.subject}
        earlier = {s.subject for s in within[:-1] if s.subject}
        if len(earlier) <= limit < len(now):
            yield Finding(
                RULE.code, seen.person, seen.time, len(now), limit, within[0].time, tuple(sorted(now))
            )


def _counts(seen: Seen) -> bool:
    return seen.action in READS and seen.role not in NO_CONTENT and None not in (seen.person, seen.subject)


def _sensitive(subjects: Iterable[UUID | None]) -> set[UUID]:
    wanted = {subject for subject in subjects if subject is not None}
    return set(
        Recruitment.objects.filter(pk__in=wanted, level__gte=SENSITIVE_LEVEL).values_list("pk", flat=True)
    )
