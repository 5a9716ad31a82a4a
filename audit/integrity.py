"""Does the database hold what the log says? Everything is worked out again from the stored rows; each finding is named.

Runs in memory that does not grow with the log. What is found: entries changed, missing or out of place; commitments
that are not the leaf's; history rows edited, deleted or forged; live rows that are not as their newest history row.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from audit import writing
from audit.canonical import Encoder, dumps
from audit.clock import text
from audit.coverage import columns_of
from audit.errors import NotCanonical
from audit.merkle import Frontier, leaf_hash
from audit.models import Entry, RowCommit, Tree
from audit.plan import Plan, commitment, covered_models, plan_by_label, plan_of, row_bytes

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the log says: what kind, and which entry or row."""

    kind: str
    entry: int | None = None
    label: str = ""
    row: UUID | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = " ".join(
            str(part)
            for part in (f"entry {self.entry}" if self.entry else "", self.label, self.row or "")
            if part
        )
        return f"{self.kind}: {place}{' – ' + self.detail if self.detail else ''}"


def findings() -> Iterator[Finding]:
    """All findings, entries first; nothing where all is well. Only reads; run it in a transaction or on a quiet log."""
    yield from entry_findings()
    yield from tree_findings()
    for label in sorted(set(_labels())):
        yield from history_findings(label)
    for model in covered_models():
        yield from live_findings(plan_of(model))
    for path in settings.AUDIT_ALSO:
        yield from import_string(path)()


def _labels() -> Iterator[str]:
    yield from (plan_of(model).label for model in covered_models())
    yield from RowCommit.objects.order_by().values_list("label", flat=True).distinct()


def entry_findings() -> Iterator[Finding]:
    """Each entry by itself: the hash and tag of its leaf, its columns, its commitments."""
    entries = Entry.objects.order_by("id").iterator(CHUNK)
    commits = groupby(
        RowCommit.objects.order_by("entry_id", "index")
        .values_list("entry_id", "index", "label", "version", "row_id", "commitment")
        .iterator(CHUNK),
        key=itemgetter(0),
    )
    pending = next(commits, None)
    for entry in entries:
        while pending is not None and pending[0] < entry.id:
            yield Finding("commitments-without-entry", pending[0])
            pending = next(commits, None)
        rows: list[Any] = []
        if pending is not None and pending[0] == entry.id:
            rows = list(pending[1])
            pending = next(commits, None)
        yield from _entry(entry, rows)
    while pending is not None:
        yield Finding("commitments-without-entry", pending[0])
        pending = next(commits, None)


def _entry(entry: Entry, rows: Sequence[Any]) -> Iterator[Finding]:
    leaf = bytes(entry.leaf)
    if leaf_hash(leaf) != bytes(entry.leaf_hash):
        yield Finding("leaf-changed", entry.id)
        return
    if entry.tag is not None and not compare_digest(bytes(entry.tag), writing.tag_of(leaf)):
        yield Finding("tag-wrong", entry.id)
    content = entry.content
    if dumps(content) != leaf:
        yield Finding("leaf-not-canonical", entry.id)
    columns = {
        "id": entry.id, "event": str(entry.event_id), "time": text(entry.time), "tree": entry.tree,
        "action": entry.action, "role": entry.actor_role, "person": _name(entry.actor_person),
        "account": _name(entry.actor_account), "subject": _name(entry.subject), "once": _name(entry.once),
        "purpose": entry.purpose or None,
    }  # fmt: skip
    for name, value in columns.items():
        if content.get(name) != value:
            yield Finding("entry-changed", entry.id, detail=name)
    stored = [(label, version, str(row_id), bytes(made)) for _, _, label, version, row_id, made in rows]
    said = [
        (label, version, row_id, _decoded(made)) for label, version, row_id, made in content.get("rows", [])
    ]
    if stored != said or [row[1] for row in rows] != list(range(len(rows))):
        yield Finding("commitments-changed", entry.id)


def _name(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _decoded(made: str) -> bytes:
    return b64decode(made)


def tree_findings() -> Iterator[Finding]:
    """Each tree: positions without gaps, and the head that the leaves give."""
    trees = {tree.name: tree for tree in Tree.objects.all()}
    names = set(Entry.objects.order_by().values_list("tree", flat=True).distinct()) | trees.keys()
    for name in sorted(names):
        frontier = Frontier()
        sealed = Entry.objects.filter(tree=name, position__isnull=False).order_by("position")
        for entry_id, position, hashed in sealed.values_list("id", "position", "leaf_hash").iterator(CHUNK):
            if position != frontier.size:
                yield Finding("position-gap", entry_id, name, detail=f"{position}, expected {frontier.size}")
                break
            frontier.append(bytes(hashed))
        else:
            tree = trees.get(name)
            size, stored = (tree.size, bytes(tree.frontier)) if tree else (0, b"")
            if size != frontier.size:
                yield Finding("tree-size", label=name, detail=f"{frontier.size} leaves, {size} said")
            elif stored != frontier.to_bytes():
                yield Finding("tree-root", label=name)


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
