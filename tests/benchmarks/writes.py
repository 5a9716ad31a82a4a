"""Writing with the log: one writer's audited acts beside a plain insert and simple-history alone; and acts in bulk."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from uuid import uuid4

from django.db import connection, transaction
from django.test import override_settings

from audit.bulk import bulk
from audit.recorder import Who, act
from audit.sealer import seal_pending
from config import loaded
from tests.audit.testapp.models import Note
from tests.benchmarks.measure import Figure
from tests.benchmarks.tables.models import AuditlogNote, HistoricNote, PlainNote

SERIES, EACH, BULK = 7, 60, 4_000
WHO = Who(uuid4(), uuid4(), "hr_officer")


def plain() -> None:
    """A row and nothing else."""
    PlainNote.objects.create(text="x")


def historic() -> None:
    """A row and its history, in one transaction."""
    with transaction.atomic():
        HistoricNote.objects.create(text="x")


def audited(*, seal: bool = False) -> None:
    """A row, its history, the commitment to it and the entry in the tree."""
    with act("note.written", WHO, seal=seal) as a:
        a.save(Note(text="x"))


def make_tables() -> None:
    """The tables of the other ways."""
    with connection.schema_editor() as editor:
        for model in (PlainNote, HistoricNote, HistoricNote.history.model, AuditlogNote):
            editor.create_model(model)


@override_settings(AUDIT_EVENTS="tests.audit.testapp.events.EVENTS")
def figures() -> list[Figure]:
    """Rates per second; needs an empty database."""
    make_tables()
    works: dict[str, Callable[[], None]] = {"plain": plain, "historic": historic, "audited": audited}
    if connection.vendor == "postgresql":
        works["sealed at once"] = lambda: audited(seal=True)
    rate = _rates(works)
    found = [
        Figure("writes", "audited writes, 1 writer", EACH, "/s", rate["audited"], "plain insert", rate["plain"]),
        Figure(
            "writes", "audited writes, 1 writer", EACH, "/s", rate["audited"], "simple-history alone", rate["historic"],
            ("≥", 1.0),
        ),
    ]  # fmt: skip
    if "sealed at once" in rate:
        found.append(
            Figure(
                "writes", "decisions, sealed at once", EACH, "/s", rate["sealed at once"], "simple-history alone",
                rate["historic"],
            )
        )  # fmt: skip
    return [*found, _in_bulk()]


def _rates(works: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Per second, the median of short series in which the works take turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    loaded.keep()
    for turn in range(SERIES + 1):
        for name, work in works.items():
            began = time.perf_counter()
            for _ in range(EACH):
                work()
            if turn:  # the first is to warm up
                taken[name].append(EACH / (time.perf_counter() - began))
            seal_pending()
    return {name: statistics.median(series) for name, series in taken.items()}


def _in_bulk() -> Figure:
    seal_pending()
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(3):
        began = time.perf_counter()
        with bulk():
            for _n in range(BULK):
                audited()
        taken["ours"].append(BULK / (time.perf_counter() - began))
        began = time.perf_counter()
        PlainNote.objects.bulk_create([PlainNote(text="x") for _n in range(BULK)], batch_size=1000)
        taken["plain"].append(BULK / (time.perf_counter() - began))
    rate = {name: statistics.median(series) for name, series in taken.items()}
    return Figure(
        "writes", "acts in bulk, one row each", BULK, "/s", rate["ours"], "bulk_create of the rows", rate["plain"]
    )  # fmt: skip
