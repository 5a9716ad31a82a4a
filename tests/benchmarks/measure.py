"""Measuring: works take turns in one run, the median counts, and a figure never stands alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from config import loaded

Work = Callable[[], Any]
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: ours and, of the same kind from the same run, what it is compared with.

    `unit` is of time (µs, ms, s) or a rate (/s). `reach` is what the ratio ours : theirs should be, as (sign, number).
    """

    bench: str
    what: str
    size: int
    unit: str
    ours: float
    against: str
    theirs: float
    reach: tuple[str, float] | None = None
    queries: int | None = None
    bytes: int | None = None

    @property
    def ratio(self) -> float:
        """Ours in relation to what it stands beside."""
        return self.ours / self.theirs if self.theirs else float("inf")

    @property
    def is_reached(self) -> bool | None:
        """Whether the ratio is where it should be; None where nothing is asked."""
        if self.reach is None:
            return None
        sign, limit = self.reach
        return self.ratio <= limit if sign == "≤" else self.ratio >= limit

    def as_json(self) -> dict[str, Any]:
        """All of it, for the file."""
        return {**asdict(self), "ratio": round(self.ratio, 4), "is_reached": self.is_reached}


def take_turns(works: Mapping[str, Work], rounds: int, *, warm: int = 2) -> dict[str, float]:
    """The median seconds of each work. They alternate, so that what else the machine does falls on all alike.

    What is loaded is kept out of the collector's sight, as in the web server: a walk through all of it, as long as a
    list takes, would fall on whichever work comes when it is due, and be told as what that one costs.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(warm):
        for work in works.values():
            work()
    loaded.keep()
    for _ in range(rounds):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(series) for name, series in taken.items()}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries of the block on both databases, filled in when it ends; begin and commit are not counted."""
    said: list[str] = []
    with (
        CaptureQueriesContext(connections["default"]) as data,
        CaptureQueriesContext(connections["keystore"]) as keys,
    ):
        yield said
    every = [query["sql"] for query in [*data.captured_queries, *keys.captured_queries]]
    said += [sql for sql in every if not sql.startswith(CONTROL)]
