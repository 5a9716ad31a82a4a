"""What was read once in a test need not be read again before anybody has written: half of a test's time otherwise.

Every statement of this thread's connection to the data passes `Watch`, which counts what is written to each table and
notes which tables a reading asked. A test that others write beside, with commits of their own, reads anew each time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connections

from audit.clock import now
from vetting.policy.calendar import today_stockholm

T = TypeVar("T")
Stamp = tuple[Any, ...]
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
NAMED = re.compile(r'"(\w+)"')
HARMLESS = ("SAVEPOINT", "RELEASE ")


class Watch:
    """Stands in the connection's way: how often each table was written, and what is being read."""

    def __init__(self) -> None:
        self.written = Counter[str]()
        self.anything = 0
        """Writings in all, and what may have changed anything: a savepoint rolled back, SQL by hand."""
        self.unnamed = 0
        self.reading: list[set[str]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.startswith("SELECT"):
            for names in self.reading:
                names.update(NAMED.findall(sql))
        elif not sql.startswith(HARMLESS):
            self.anything += 1
            if found := WRITTEN.match(sql):
                self.written[found[1]] += 1
            else:
                self.unnamed += 1
        return execute(sql, *given)


def _watch() -> Watch | None:
    """The watch of this thread's connection; None where others may write beside it."""
    connection = connections["default"]
    if not connection.in_atomic_block:
        return None
    for each in connection.execute_wrappers:
        if isinstance(each, Watch):
            return each
    # First of all: whoever adds one for a while takes away the last.
    connection.execute_wrappers.insert(0, Watch())
    return connection.execute_wrappers[0]


def _place() -> Stamp:
    """The database and the legal day: elsewhere or on another day the same rows say something else."""
    return connections["default"].settings_dict["NAME"], today_stockholm(now())


def so_far() -> Stamp | None:
    """A stamp that is another as soon as anything is written; None where that cannot be told."""
    watch = _watch()
    return None if watch is None else (*_place(), id(watch), watch.anything)


class Remembered:
    """What readings gave, each for as long as the tables that it asked stand as they stood."""

    def __init__(self) -> None:
        self._kept: dict[Any, tuple[Stamp, frozenset[str], Any]] = {}

    def get(self, key: Any, read: Callable[[], T]) -> T:
        """What `read` gives, or gave for the same key."""
        watch = _watch()
        if watch is None:
            return read()
        kept = self._kept.get(key)
        if kept is not None and kept[0] == self._stamp(watch, kept[1]):
            found: T = kept[2]
            return found
        watch.reading.append(set())
        try:
            value = read()
        finally:
            asked = frozenset(watch.reading.pop())
        self._kept[key] = (self._stamp(watch, asked), asked, value)
        return value

    def _stamp(self, watch: Watch, asked: frozenset[str]) -> Stamp:
        return (*_place(), id(watch), watch.unnamed, sum(watch.written[name] for name in asked))

    def __deepcopy__(self, memo: dict[int, Any]) -> Remembered:
        return Remembered()
