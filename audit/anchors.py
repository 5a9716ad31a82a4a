"""Checkpoints leave the database: as files, on the worker's standard output for a log shipper, by mail to the auditor.

Whatever one of the ways meets (a full disk, a mail server that does not answer), the others go on and so does the
service: it is one line in the server log, and tried again at the next turn.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from audit import anchor_files, anchor_mail, clock, signing, writing
from audit import state as log_state
from audit.errors import CheckpointContradicted
from audit.models import Anchor, Checkpoint, Entry, Tree

logger = logging.getLogger(__name__)

FILE, STDOUT, MAIL = "file", "stdout", "mail"
# As many as a way that has been shut for long takes at one turn.
BATCH = 1000


def checkpoint() -> None:
    """The worker's job: sign every tree that has grown, once a day the others too, and anchor what is signed.

    Does nothing where there is no key to sign with.
    """
    if settings.CHECKPOINT_KEY is None:
        return
    for tree in signing.trees():
        try:
            signing.sign(tree, elsewhere=anchor_files.newest(tree))
        except CheckpointContradicted as error:
            logger.error("nothing of %s is signed: %s", tree, error)
    deliver(kinds())


def kinds() -> tuple[str, ...]:
    """The ways that are in use here."""
    shipped = (STDOUT,) if settings.ANCHOR_STDOUT else ()
    mailed = (MAIL,) if settings.ANCHOR_MAIL_TO else ()
    return (FILE, *shipped, *mailed)


def deliver(ways: Iterable[str]) -> None:
    """Take the checkpoints that have not gone there yet to each of the ways, in order."""
    for kind in ways:
        try:
            for row in _waiting(kind):
                _WAYS[kind](row)
                _keep(kind, row)
        except (OSError, ValueError) as error:
            # Without its text, which may quote the answer of a server.
            told = getattr(error, "strerror", None) or type(error).__name__
            logger.error("no checkpoint is anchored by %s: %s. It is tried again.", kind, told)


def ship(row: Checkpoint) -> None:
    """One line of JSON on standard output. Raises OSError, ValueError."""
    told = {
        "checkpoint": row.tree,
        "size": row.size,
        "root": bytes(row.root).hex(),
        "time": time_told(row),
        "note": row.note,
    }
    line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
    sys.stdout.flush()
    # Past the buffer, which would keep what could not be written and write it later, a second time.
    while line:
        line = line[os.write(sys.stdout.fileno(), line) :]


def time_told(row: Checkpoint) -> str:
    """When the checkpoint was signed, as it may be told: in UTC, to the second or the day alone."""
    moment = row.time.astimezone(UTC)
    return f"{moment:%Y-%m-%d}" if signing.tells_days(row.tree) else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


_WAYS: dict[str, Callable[[Checkpoint], object]] = {
    FILE: lambda row: anchor_files.write(row.tree, row.size, time_told(row), row.note),
    STDOUT: ship,
    MAIL: lambda row: anchor_mail.send(row.note),
}


@dataclass(frozen=True, slots=True)
class Anchored:
    """The newest checkpoint that went one way: its size, when it was signed, and when it went."""

    size: int
    signed: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class TreeState:
    """How far a tree has come, and how much of it is anchored.

    `size` and `waiting` (the entries no anchor holds yet) are None for a tree that tells days: its `signed` size is all
    that may be shown of it.
    """

    tree: str
    size: int | None
    signed: Checkpoint | None
    anchors: Mapping[str, Anchored]
    waiting: int | None


@dataclass(frozen=True, slots=True)
class State:
    """The trees, the ways in use, whether there is a key to sign with, and the trees whose first key is still here."""

    trees: tuple[TreeState, ...]
    ways: tuple[str, ...]
    has_key: bool
    first_keys: tuple[str, ...]


def state() -> State:
    """What is anchored where, for the page that shows the log's state. Reads a few rows per tree."""
    return State(
        tuple(map(_tree_state, signing.trees())),
        kinds(),
        settings.CHECKPOINT_KEY is not None,
        tuple(tree for tree in log_state.trees() if log_state.first_key(tree) is not None),
    )


def _tree_state(tree: str) -> TreeState:
    found = {kind: newest_anchor(tree, kind) for kind in _WAYS}
    anchors = {
        kind: Anchored(anchor.checkpoint.size, anchor.checkpoint.time, anchor.time)
        for kind, anchor in found.items()
        if anchor is not None
    }
    if signing.tells_days(tree):
        return TreeState(tree, None, signing.newest(tree), anchors, None)
    size = Tree.objects.values_list("size", flat=True).get(name=tree)
    size += Entry.objects.filter(tree=tree, position=None).count()
    held = max((anchor.size for anchor in anchors.values()), default=0)
    return TreeState(tree, size, signing.newest(tree), anchors, size - held)


def newest_anchor(tree: str, kind: str) -> Anchor | None:
    """The newest anchor of the tree's checkpoints there, with its checkpoint."""
    return Anchor.objects.filter(checkpoint__tree=tree, kind=kind).select_related("checkpoint").last()


def _waiting(kind: str) -> Iterator[Checkpoint]:
    if kind == MAIL:
        yield from _to_be_mailed(clock.now())
        return
    last = Anchor.objects.filter(kind=kind).order_by("checkpoint_id").last()
    waiting = Checkpoint.objects.filter(pk__gt=last.checkpoint_id if last else 0)
    yield from waiting.order_by("pk")[:BATCH]


def _to_be_mailed(now: datetime) -> Iterator[Checkpoint]:
    """The newest checkpoint of each tree, where none has been mailed today (UTC)."""
    today = now.astimezone(UTC).date()
    for tree in signing.trees():
        row, sent = signing.newest(tree), newest_anchor(tree, MAIL)
        if row is not None and (sent is None or (sent.time.date() < today and sent.checkpoint_id < row.pk)):
            yield row


def _keep(kind: str, row: Checkpoint) -> None:
    _, as_parameter = writing.parameters(connection)
    columns, values = ("checkpoint_id", "kind", "time"), (row.pk, kind, as_parameter(clock.now()))
    sql, parameters = writing.insert(connection, Anchor._meta.db_table, columns, [values])
    with connection.cursor() as cursor:
        # The worker and the command may both have done it.
        cursor.execute(f"{sql} ON CONFLICT DO NOTHING", parameters)
