"""What each alert rule looks for in the log. The rules themselves - counts, windows, reasons - are in policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vetting.oversight.rules import idle, lookups, many, misses, near
from vetting.oversight.rules.seen import Finding, Seen

Find = Callable[[list[Seen]], Iterable[Finding]]

FINDERS: dict[str, Find] = {
    "many_sensitive": many.find,
    "own_or_colleague": near.find,
    "repeated_misses": misses.find,
    "many_lookups": lookups.find,
    "reading_without_work": idle.find,
}
"""Code of the rule → what finds by it, given entries in the order of the log that have not been looked at before."""

__all__ = ["FINDERS", "Find", "Finding", "Seen"]
