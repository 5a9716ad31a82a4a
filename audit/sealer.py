"""Sealing on PostgreSQL: gives committed entries their place in the tree, a moment after they were written."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from django.db import connection, transaction

from audit import state, writing
from audit.merkle import Frontier, leaf_hash
from audit.models import Entry

logger = logging.getLogger(__name__)

BATCH = 1000
_POSITIONS = (
    'UPDATE "audit_entry" e SET "position" = v.position, "seal" = v.seal'
    " FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[]) AS v(id, position, seal) WHERE e.id = v.id"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run did: how many entries got their place, and the ids of those whose tag is not ours."""

    count: int
    refused: tuple[int, ...]


def seal_pending(batch: int = BATCH) -> Sealed:
    """Put every committed entry without a position into its tree, in order of id, `batch` to a transaction.

    Several may run at once; they take turns at the head. An entry whose leaf or tag is not as this service wrote it
    is left outside and told of in the server log. Cheap where there is nothing to do; on SQLite there never is.
    What waits in a tree that was ended stays as it is. Raises LogBroken.
    """
    count = 0
    refused: list[int] = []
    for tree in list(
        Entry.objects.filter(position=None).order_by().values_list("tree", flat=True).distinct()
    ):
        if state.physical(tree.partition(".")[0]) != tree:
            continue
        after = 0
        while True:
            found = _seal_batch(tree, after, batch)
            count += len(found.sealed)
            refused += found.refused
            # What is written meanwhile waits for the next turn: a batch is a commit, and small ones cost as much.
            if found.last is None or found.count < batch:
                break
            after = found.last
    for entry_id in refused:
        logger.error("entry %d is not sealed: its tag is not this service's", entry_id)
    return Sealed(count, tuple(refused))


@dataclass(frozen=True, slots=True)
class _Batch:
    sealed: Sequence[tuple[int, int, bytes]]
    refused: Sequence[int]
    last: int | None
    count: int = 0


def _seal_batch(tree: str, after: int, batch: int) -> _Batch:
    with transaction.atomic():
        frontier = writing.lock_tree(connection, tree)
        rows = list(
            Entry.objects.filter(tree=tree, position=None, id__gt=after)
            .order_by("id")
            .values_list("id", "leaf", "leaf_hash", "tag")[:batch]
        )
        if not rows:
            return _Batch((), (), None)
        sealed, refused = _placed(state.opened(tree, frontier), frontier, rows)
        if sealed:
            with connection.cursor() as cursor:
                cursor.execute(_POSITIONS, [list(column) for column in zip(*sealed, strict=True)])
                cursor.execute(*writing.store_tree(tree, frontier))
            writing.when_committed(tree, frontier)
        return _Batch(sealed, refused, rows[-1][0], len(rows))


def _placed(
    sealing: state.Sealing, frontier: Frontier, rows: Sequence[Any]
) -> tuple[list[tuple[int, int, bytes]], list[int]]:
    sealed, refused = [], []
    for entry_id, leaf, hashed, tag in rows:
        leaf, hashed = bytes(leaf), bytes(hashed)
        if leaf_hash(leaf) == hashed and compare_digest(writing.tag_of(leaf), bytes(tag)):
            position = frontier.append(hashed)
            sealed.append((entry_id, position, sealing.seal(position, hashed)))
        else:
            refused.append(entry_id)
    return sealed, refused
