"""Covered rows against the log: each history row against its commitment, each row in use against its newest history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter
from typing import Any

from audit.canonical import Encoder
from audit.coverage import columns_of
from audit.errors import NotCanonical
from audit.finding import Finding
from audit.models import RowCommit
from audit.plan import Plan, commitment, plan_by_label, row_bytes

CHUNK = 2000


def history_findings(label: str) -> Iterator[Finding]:
    """The history rows of one model against the commitments to them."""
    plan = plan_by_label(label)
    commits = (
        RowCommit.objects.filter(label=label)
        .order_by("row_id")
        .values_list("row_id", "entry_id", "version", "commitment", "blind__blind")
    )
    if plan is None:
        yield from (
            Finding("row-missing", row[1], label, row[0], "no such model") for row in commits.iterator(CHUNK)
        )
        return
    names = ["history_id", *(f.attname for f in plan.history._meta.concrete_fields if f.name != "history_id")]
    rows = plan.history._default_manager.order_by("history_id").values_list(*names)
    coverages = _Coverages(plan)
    for row, commit in _merged(rows.iterator(CHUNK), commits.iterator(CHUNK)):
        if commit is None:
            yield Finding("row-forged", None, label, row[0])
        elif row is None:
            yield Finding("row-missing", commit[1], label, commit[0])
        else:
            yield from _history(coverages, dict(zip(names, row, strict=True)), commit)


class _Coverages(dict[int, tuple[tuple[str, ...], tuple[Encoder, ...]] | None]):
    """The columns of each coverage version of a model, and how they are written; None for an unknown version."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def __missing__(self, version: int) -> tuple[tuple[str, ...], tuple[Encoder, ...]] | None:
        columns = columns_of(self.plan.label, version)
        try:
            self[version] = None if columns is None else (columns, self.plan.encoders(columns))
        except NotCanonical:
            self[version] = None
        return self[version]


def _history(coverages: _Coverages, row: dict[str, Any], commit: Sequence[Any]) -> Iterator[Finding]:
    row_id, entry, version, made, blind = commit
    label, coverage = coverages.plan.label, coverages[version]
    if coverage is None:
        yield Finding("version-unknown", entry, label, row_id, str(version))
    elif blind is None:
        yield Finding("blind-missing", entry, label, row_id)
    else:
        columns, encoders = coverage
        try:
            encoded = row_bytes(label, version, columns, encoders, [row[name] for name in columns])
        except NotCanonical as error:
            yield Finding("row-edited", entry, label, row_id, str(error))
            return
        if row["entry_id"] != entry or not compare_digest(commitment(bytes(blind), encoded), bytes(made)):
            yield Finding("row-edited", entry, label, row_id)


def live_findings(plan: Plan) -> Iterator[Finding]:
    """The live rows of one model against their newest history rows."""
    names = [
        plan.model._meta.pk.attname,
        *(name for name in plan.attnames if name != plan.model._meta.pk.attname),
    ]
    live = plan.model._base_manager.order_by("pk").values_list(*names).iterator(CHUNK)
    history = (
        plan.history._default_manager.order_by(names[0], "entry_id")
        .values_list(*names, "history_type")
        .iterator(CHUNK)
    )
    newest = (list(rows)[-1] for _, rows in groupby(history, key=itemgetter(0)))
    entry = names.index("entry_id")
    for row, told in _merged(live, newest):
        if told is None or (row is not None and told[-1] == "-"):
            yield Finding("live-forged", row[entry], plan.label, row[0])
        elif row is None:
            if told[-1] != "-":
                yield Finding("live-missing", told[entry], plan.label, told[0])
        elif tuple(row) != tuple(told[:-1]):
            changed = ", ".join(n for n, a, b in zip(names, row, told, strict=False) if a != b)
            yield Finding("live-edited", told[entry], plan.label, row[0], changed)


def _merged(left: Iterable[Any], right: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair two sequences of rows, both in order of their first column; None where one of them lacks a row."""
    left, right = iter(left), iter(right)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            yield one, None
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield None, other
            other = next(right, None)
        else:
            yield one, other
            one, other = next(left, None), next(right, None)
