"""Business transactions per second with 1, 4 and 8 writers: a row, and what each way of keeping its history adds.

Every writer is a process with connections of its own. The ways take turns in short series; the median counts. On
PostgreSQL a sealer runs beside all of them as the worker does, also beside those that have nothing to seal.
"""

from __future__ import annotations

import os
import statistics
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction
from django.test import override_settings

from audit.sealer import seal_pending
from config import loaded
from tests.benchmarks.measure import Figure
from tests.benchmarks.tables.models import AuditlogNote
from tests.benchmarks.writes import audited, historic, make_tables, plain

WRITERS, SERIES, SECONDS, LEAD = (1, 4, 8), 11, 1.0, 0.4


def auditlogged() -> None:
    """A row and its entry in django-auditlog's table, in one transaction."""
    with transaction.atomic():
        AuditlogNote.objects.create(text="x")


OTHERS = ("plain insert", "simple-history alone", "django-auditlog")
WAYS: dict[str, Callable[[], None]] = {
    "plain insert": plain,
    "simple-history alone": historic,
    "django-auditlog": auditlogged,
    "ours": audited,
}


@override_settings(AUDIT_EVENTS="tests.audit.testapp.events.EVENTS")
def figures() -> list[Figure]:
    """Rates per second; needs an empty database."""
    make_tables()
    ways = dict(WAYS)
    if connection.vendor == "postgresql":
        ways["ours, sealed at once"] = lambda: audited(seal=True)
    found: list[Figure] = []
    audited()  # the tree and its state begin before the writers part
    for writers in WRITERS:
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(SERIES + 1):
            # Each has the others before it as often as after it: what one leaves behind costs the next.
            for name, way in list(ways.items())[:: -1 if turn % 2 else 1]:
                reached = rate(way, writers)
                if turn:  # the first is to warm up
                    taken[name].append(reached)
                seal_pending()
        rates = {name: statistics.median(series) for name, series in taken.items()}
        for name in [way for way in rates if way not in OTHERS]:
            for other in OTHERS:
                goal = ("≥", 1.0) if (name, other) == ("ours", "django-auditlog") else None
                found.append(
                    Figure(
                        "writers", f"{name}, writers:", writers, "/s", rates[name], other, rates[other], goal
                    )
                )
    return found


def rate(way: Callable[[], None], writers: int, seconds: float = SECONDS) -> float:
    """How many a second all writers do together, each in a process for as long as the others."""
    loaded.keep()
    begin = (
        time.monotonic() + LEAD
    )  # one clock for all: whoever waits for a lock still waits in the same second
    with _sealing():
        started = [_fork(lambda: _repeat(way, begin, seconds)) for _ in range(writers)]
        done = 0
        for pid, pipe in started:
            done += struct.unpack("q", os.read(pipe, 8))[0]
            os.close(pipe)
            os.waitpid(pid, 0)
    return done / seconds


def _repeat(way: Callable[[], None], begin: float, seconds: float) -> int:
    AuditlogNote.objects.exists()  # the connection is made before the clock starts
    time.sleep(max(0.0, begin - time.monotonic()))
    count = 0
    while True:
        way()
        if time.monotonic() > begin + seconds:
            return count
        count += 1


@contextmanager
def _sealing() -> Iterator[None]:
    """A sealer beside, as the worker is; on SQLite there is none to be."""
    if connection.vendor == "sqlite":
        yield
        return
    stop, told = os.pipe()
    pid, pipe = _fork(lambda: _seal_until(stop))
    try:
        yield
    finally:
        os.write(told, b"x")
        os.waitpid(pid, 0)
        for handle in (stop, told, pipe):
            os.close(handle)


def _seal_until(stop: int) -> int:
    os.set_blocking(stop, False)
    count = 0
    while True:
        count += seal_pending().count
        time.sleep(0.5)
        try:
            os.read(stop, 1)
        except BlockingIOError:
            continue
        return count


def _fork(work: Callable[[], int]) -> tuple[int, int]:
    """The work in a process of its own: its pid, and where its number will be read."""
    connections.close_all()
    result, answer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(answer)
        return pid, result
    try:
        os.write(answer, struct.pack("q", work()))
        connections.close_all()
    finally:
        os._exit(0)
