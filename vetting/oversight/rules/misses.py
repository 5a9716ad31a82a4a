"""Many misses within a day: acts the door refused, and searches by number or name that found nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.models import Entry
from vetting.oversight.rules.seen import Finding, Seen, before
from vetting.policy.alerts import MISSES, RULES, SEARCHES

RULE = RULES["repeated_misses"]


def find(entries: list[Seen]) -> Iterator[Finding]:
    """One finding each time a person's last 24 hours come to hold as many as the rule says."""
    newest = {seen.person: seen for seen in entries if seen.action in MISSES and seen.person is not None}
    fresh = {seen.id for seen in entries}
    for person, last in newest.items():
        oldest = min(seen.time for seen in entries if seen.person == person)
        tried = [seen for seen in before(last, last.time - oldest + RULE.window) if seen.action in MISSES]
        missed = sorted(_missed(tried), key=lambda seen: seen.id)
        yield from _crossings(missed, fresh)


def _crossings(missed: list[Seen], fresh: set[int]) -> Iterator[Finding]:
    for place, seen in enumerate(missed):
        within = [s for s in missed[: place + 1] if s.time > seen.time - RULE.window]
        if seen.id in fresh and seen.person is not None and len(within) == RULE.threshold:
            yield Finding(RULE.code, seen.person, seen.time, len(within), RULE.threshold, within[0].time)


def _missed(tried: Iterable[Seen]) -> Iterator[Seen]:
    """Those that led nowhere; how many answers a search got stands in its entry."""
    searches = {seen.id: seen for seen in tried if seen.action in SEARCHES}
    yield from (seen for seen in tried if seen.action not in SEARCHES)
    for entry in Entry.objects.filter(id__in=list(searches)).only("id", "actor_role", "leaf"):
        if entry.facts.get("count") == 0:
            yield searches[entry.pk]
