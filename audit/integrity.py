"""Does the database hold what the log says? Everything is worked out again from the stored rows; each finding is named.

Runs in memory that does not grow with the log. What is found: entries changed, missing or out of place; commitments
that are not the leaf's; history rows edited, deleted or forged; live rows that are not as their newest history row.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from audit import outside, writing
from audit.canonical import dumps
from audit.clock import text
from audit.errors import NotCanonical
from audit.events import DAY_TREES
from audit.finding import Finding
from audit.integrity_rows import history_findings, live_findings
from audit.integrity_trees import tree_findings
from audit.merkle import leaf_hash
from audit.models import Entry, RowCommit
from audit.plan import covered_models, plan_of

CHUNK = 2000
# Acts at the same moment may get their ids in another order than their moments; of some trees only days are kept.
SLACK, DAY = timedelta(minutes=2), timedelta(days=1)

__all__ = ["Finding", "entry_findings", "findings"]


def findings(known: outside.Outside | None = None) -> Iterator[Finding]:
    """All findings, entries first; nothing where all is well. Only reads, and is of one moment inside `snapshot`.

    `known` is what lies outside the database, read before that moment: what was written since is then no finding.
    """
    known = outside.read() if known is None else known
    yield from _read("entries", entry_findings())
    yield from _read("trees", tree_findings(known))
    for label in sorted(set(_labels())):
        yield from _read(label, history_findings(label))
    for model in covered_models():
        yield from _read(plan_of(model).label, live_findings(plan_of(model)))
    for path in settings.AUDIT_ALSO:
        yield from _read(path.rpartition(".")[0], import_string(path)())


def _read(label: str, found: Iterator[Finding]) -> Iterator[Finding]:
    """These findings, and one more where a value is such that the rest cannot be read: the others are still judged."""
    try:
        yield from found
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, ArithmeticError) as error:
        yield Finding(
            "unreadable", label=label, detail=f"{type(error).__name__}; nothing after it is checked"
        )


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
    newest: dict[str, datetime] = {}
    for entry in entries:
        while pending is not None and pending[0] < entry.id:
            yield Finding("commitments-without-entry", pending[0])
            pending = next(commits, None)
        rows: list[Any] = []
        if pending is not None and pending[0] == entry.id:
            rows = list(pending[1])
            pending = next(commits, None)
        yield from _entry(entry, rows)
        slack = DAY if entry.tree.partition(".")[0] in DAY_TREES else SLACK
        if newest.get(entry.tree, entry.time) - entry.time > slack:
            yield Finding("time-falls", entry.id, detail=f"after {text(newest[entry.tree])}")
        newest[entry.tree] = max(entry.time, newest.get(entry.tree, entry.time))
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
    try:
        content = entry.content
        said = [
            (label, version, row_id, b64decode(made))
            for label, version, row_id, made in content.get("rows", [])
        ]
        is_canonical = dumps(content) == leaf
    except (ValueError, TypeError, AttributeError, RecursionError, NotCanonical) as error:
        # The rest of the log is judged all the same.
        yield Finding("leaf-unreadable", entry.id, detail=type(error).__name__)
        return
    if not is_canonical:
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
    if stored != said or [row[1] for row in rows] != list(range(len(rows))):
        yield Finding("commitments-changed", entry.id)


def _name(value: UUID | None) -> str | None:
    return None if value is None else str(value)
