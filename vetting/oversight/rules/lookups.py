"""Many questions of *Får jag boka?* within a day: whoever tries name after name is not looking for a substitute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vetting.oversight.rules.seen import Finding, Seen, before
from vetting.policy.alerts import RULES

RULE = RULES["many_lookups"]
ASKED = "pool_clearance.looked_up"


def find(entries: list[Seen]) -> Iterator[Finding]:
    """One finding each time a person's last 24 hours come to hold as many questions as the rule says."""
    newest = {seen.person: seen for seen in entries if seen.action == ASKED and seen.person is not None}
    fresh = {seen.id for seen in entries}
    for person, last in newest.items():
        oldest = min(seen.time for seen in entries if seen.person == person)
        asked = [seen for seen in before(last, last.time - oldest + RULE.window) if seen.action == ASKED]
        yield from _crossings(sorted(asked, key=lambda seen: seen.id), fresh)


def _crossings(asked: Iterable[Seen], fresh: set[int]) -> Iterator[Finding]:
    known = list(asked)
    for place, seen in enumerate(known):
        within = [s for s in known[: place + 1] if s.time > seen.time - RULE.window]
        if seen.id in fresh and seen.person is not None and len(within) == RULE.threshold:
            yield Finding(RULE.code, seen.person, seen.time, len(within), RULE.threshold, within[0].time)
