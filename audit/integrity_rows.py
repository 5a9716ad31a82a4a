"""History rows against the commitments to them, and rows in use against their newest history rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hmac import compare_digest
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from audit import reading
from audit.canonical import Encoder
from audit.coverage import columns_of
from audit.errors import NotCanonical
from audit.finding import Finding
from audit.models import RowCommit
from audit.plan import Plan, commitment, covered_models, plan_by_label, plan_of, row_bytes


def labels() -> list[str]:
    """Every label there are rows or commitments of, in order."""
    models = {plan_of(model).label for model in covered_models()}
    return sorted(models | set(RowCommit.objects.order_by().values_list("label", flat=True).distinct()))


class Coverages(dict[int, tuple[tuple[str, ...], tuple[Encoder, ...]] | None]):
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

    def written(self, version: int, row: dict[str, Any]) -> bytes:
        """The history row as the commitment of this version covers it. Raises NotCanonical, naming the column."""
        coverage = self[version]
        if coverage is None:
            raise NotCanonical(f"{self.plan.label}: nobody knows version {version}")
        columns, encoders = coverage
        for name in columns:
            if row[name] is reading.UNREADABLE:
                raise NotCanonical(f"{self.plan.label}.{name}: cannot be read")
        return row_bytes(self.plan.label, version, columns, encoders, [row[name] for name in columns])


def history_rows(plan: Plan, among: Sequence[UUID] | None = None) -> Iterator[dict[str, Any]]:
    """The history rows of a model (all, or those with these keys) in order of `history_id`."""
    table: QuerySet = plan.history._default_manager.all()
    if among is not None:
        table = table.filter(history_id__in=among)
    names = [f.attname for f in plan.history._meta.concrete_fields if f.attname != "history_id"]
    for row in reading.rows(table, "history_id", names):
        yield dict(zip(("history_id", *names), row, strict=True))


def history_findings(label: str) -> Iterator[Finding]:
    """The history rows of one model against the commitments to them."""
    plan = plan_by_label(label)
    commits = reading.rows(
        RowCommit.objects.filter(label=label),
        "row_id",
        ("entry_id", "version", "commitment", "blind__blind", "erased__entry_id"),
    )
    if plan is None:
        yield from (Finding("row-missing", row[1], label, row[0], "no such model") for row in commits)
        return
    coverages = Coverages(plan)
    rows = ((row["history_id"], row) for row in history_rows(plan))
    for found, commit in merged(rows, commits):
        if commit is None:
            yield Finding("row-forged", None, label, found[0])
        elif found is None:
            # What a disposal has taken away is held against its proof (audit.erasing).
            if commit[-1] is None or commit[-2] is not None:
                yield Finding("row-missing", commit[1], label, commit[0])
        else:
            yield from _history(coverages, found[1], commit)


def _history(coverages: Coverages, row: dict[str, Any], commit: Sequence[Any]) -> Iterator[Finding]:
    row_id, entry, version, made, blind, _erased = commit
    label = coverages.plan.label
    if coverages[version] is None:
        yield Finding("version-unknown", entry, label, row_id, str(version))
    elif blind is None:
        yield Finding("blind-missing", entry, label, row_id)
    else:
        try:
            written = coverages.written(version, row)
        except NotCanonical as error:
            yield Finding("row-edited", entry, label, row_id, str(error))
            return
        if row["entry_id"] != entry or not compare_digest(commitment(bytes(blind), written), bytes(made)):
            yield Finding("row-edited", entry, label, row_id)


def live_rows(plan: Plan) -> Iterator[tuple[Any, ...]]:
    """The rows in use of a model in order of key: the key, then the other columns in their order."""
    return reading.rows(plan.model._base_manager.all(), plan.attnames[plan.pk], _others(plan))


def _others(plan: Plan) -> list[str]:
    return [name for place, name in enumerate(plan.attnames) if place != plan.pk]


def live_findings(plan: Plan) -> Iterator[Finding]:
    """The rows in use of one model against their newest history rows."""
    names, key = _others(plan), plan.attnames[plan.pk]
    history = plan.history._default_manager
    later = (
        history.filter(**{key: OuterRef(key)}).order_by("-entry_id", "-history_id").values("history_id")[:1]
    )
    newest = reading.rows(history.filter(history_id=Subquery(later)), key, (*names, "history_type"))
    entry = names.index("entry_id") + 1
    for row, told in merged(live_rows(plan), newest):
        is_gone = told is None or told[-1] == "-"
        if row is None:
            if not is_gone:
                yield Finding("live-missing", told[entry], plan.label, told[0])
        elif is_gone:
            yield Finding("live-forged", row[entry], plan.label, row[0])
        elif row[1:] != told[1:-1]:
            changed = [n for n, a, b in zip(names, row[1:], told[1:-1], strict=True) if a != b]
            yield Finding("live-edited", told[entry], plan.label, row[0], ", ".join(changed))


def merged(left: Iterable[Any], right: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair two sequences of rows, both in order of their first column; None where one of them lacks a row."""
    left, right = iter(left), iter(right)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        place = None if one is None else reading.order(one[0])
        against = None if other is None else reading.order(other[0])
        if against is None or (place is not None and place < against):
            yield one, None
            one = next(left, None)
        elif place is None or against < place:
            yield None, other
            other = next(right, None)
        else:
            yield one, other
            one, other = next(left, None), next(right, None)
