"""Does the database hold what the log says? Everything is worked out again from the stored rows; each finding is named.

Runs in memory that does not grow with the log. What is found: entries changed, missing or out of place; commitments
that are not the leaf's; history rows edited, deleted or forged; live rows that are not as their newest history row.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from audit import erasing, kept, outside, reading, writing
from audit.canonical import dumps
from audit.clock import text
from audit.errors import NotCanonical
from audit.events import DAY_TREES
from audit.finding import Finding
from audit.integrity_rows import history_findings, labels, live_findings
from audit.integrity_trees import tree_findings
from audit.merkle import leaf_hash
from audit.models import Entry, RowCommit
from audit.plan import covered_models, plan_of
from audit.progress import Progress

# The columns that repeat the leaf, by their names in it.
COLUMNS = {
    "event": "event_id", "time": "time", "tree": "tree", "action": "action", "role": "actor_role",
    "person": "actor_person", "account": "actor_account", "subject": "subject", "once": "once", "purpose": "purpose",
}  # fmt: skip
# Acts at the same moment may get their ids in another order than their moments; of some trees only days are kept.
SLACK, DAY = timedelta(minutes=2), timedelta(days=1)

Part = tuple[str, Callable[[], Iterator[Finding]]]

__all__ = ["Finding", "entry_findings", "findings"]


def findings(known: outside.Outside | None = None, progress: Progress | None = None) -> Iterator[Finding]:
    """All findings, entries first; nothing where all is well. Only reads, and is of one moment inside `snapshot`.

    `known` is what lies outside the database, read before that moment: what was written since is then no finding.
    `progress` is told of each part, the entries and every table, when it has been read.
    """
    parts = _of_the_log(outside.read() if known is None else known)
    parts.append(("kept", kept.findings))
    parts += [(path.rpartition(".")[0], import_string(path)) for path in settings.AUDIT_ALSO]
    for number, (label, read) in enumerate(parts, 1):
        yield from _read(label, read())
        if progress is not None:
            progress(number, len(parts))


def log_findings(known: outside.Outside) -> Iterator[Finding]:
    """Those about the log and the rows it covers; nothing of what the rooms and accounts hold against each other."""
    for label, read in _of_the_log(known):
        yield from _read(label, read())


def _of_the_log(known: outside.Outside) -> list[Part]:
    return [
        ("entries", entry_findings),
        ("trees", partial(tree_findings, known)),
        *((label, partial(history_findings, label)) for label in labels()),
        ("disposals", erasing.findings),
        *((plan_of(model).label, partial(live_findings, plan_of(model))) for model in covered_models()),
    ]


def _read(label: str, found: Iterator[Finding]) -> Iterator[Finding]:
    """These findings, and one more where a value is such that the rest cannot be read: the others are still judged."""
    try:
        yield from found
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, ArithmeticError) as error:
        detail = f"{type(error).__name__}; nothing after it is checked"
        yield Finding("unreadable", label=label, detail=detail)


def entry_findings() -> Iterator[Finding]:
    """Each entry by itself: the hash and tag of its leaf, its columns, its commitments; and the times in order."""
    entries = reading.rows(Entry.objects.all(), "id", ("leaf", "leaf_hash", "tag", *COLUMNS.values()))
    commits = groupby(
        RowCommit.objects.order_by("entry_id", "index")
        .values_list("entry_id", "index", "label", "version", "row_id", "commitment")
        .iterator(reading.CHUNK),
        key=itemgetter(0),
    )
    pending = next(commits, None)
    newest: dict[str, datetime] = {}
    for number, leaf, hashed, tag, *values in entries:
        while pending is not None and pending[0] < number:
            yield Finding("commitments-without-entry", pending[0])
            pending = next(commits, None)
        rows: list[Any] = []
        if pending is not None and pending[0] == number:
            rows = list(pending[1])
            pending = next(commits, None)
        columns = dict(zip(COLUMNS, values, strict=True))
        yield from _entry(number, bytes(leaf), bytes(hashed), tag, columns, rows)
        yield from _in_order(number, columns["tree"], columns["time"], newest)
    while pending is not None:
        yield Finding("commitments-without-entry", pending[0])
        pending = next(commits, None)


def _entry(
    number: int, leaf: bytes, hashed: bytes, tag: Any, columns: Mapping[str, Any], rows: Sequence[Any]
) -> Iterator[Finding]:
    if leaf_hash(leaf) != hashed:
        yield Finding("leaf-changed", number)
        return
    if tag is not None and not compare_digest(bytes(tag), writing.tag_of(leaf)):
        yield Finding("tag-wrong", number)
    try:
        content = json.loads(leaf)
        said = [
            (label, version, row, b64decode(made)) for label, version, row, made in content.get("rows", [])
        ]
        is_canonical = dumps(content) == leaf
    except (ValueError, TypeError, AttributeError, RecursionError, NotCanonical):
        yield Finding("leaf-not-canonical", number)
        return
    if not is_canonical:
        yield Finding("leaf-not-canonical", number)
    for name, value in {"id": number, **columns}.items():
        if content.get(name) != _told(value):
            yield Finding("entry-changed", number, detail=name)
    stored = [(label, version, str(row_id), bytes(made)) for _, _, label, version, row_id, made in rows]
    if stored != said or [row[1] for row in rows] != list(range(len(rows))):
        yield Finding("commitments-changed", number)


def _in_order(number: int, tree: Any, time: Any, newest: dict[str, datetime]) -> Iterator[Finding]:
    if not isinstance(time, datetime) or not isinstance(tree, str):
        return  # told of as a column that is not the leaf's
    slack = DAY if tree.partition(".")[0] in DAY_TREES else SLACK
    if newest.get(tree, time) - time > slack:
        yield Finding("time-falls", number, detail=f"after {text(newest[tree])}")
    newest[tree] = max(time, newest.get(tree, time))


def _told(value: Any) -> Any:
    """A column's value as a leaf tells it; what is empty is not in the leaf."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return text(value)
    return value if value != "" else None
