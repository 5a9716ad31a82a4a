"""The same acts, many at a time: for telling a long history into an empty database, by one process alone.

    with bulk() as writer:
        for event in in_global_order(story):
            with clock.at(event.moment), act(...) as a:
                a.save(row)
            if case_is_told:
                writer.release(rows_of_the_case)

History, commitments and entries are written in batches as they come. A row's live table gets its latest saved state
when the row is released, or at the end; what it refers to must be released before it or with it. Until then queries
do not see it. Every batch is committed, so a run that was broken off leaves a database to throw away. A `once` that has
been used before is noticed by the database, when its batch is written.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from audit import ranges, state, writing
from audit.bulk_tables import Waiting, insert, make_live, roomy_cache
from audit.context import current_act, current_writer
from audit.covered import Covered
from audit.errors import BulkMisuse
from audit.events import EventSpec
from audit.merkle import Frontier, leaf_hash
from audit.models import Blind, Entry, RowCommit
from audit.plan import Plan, plan_of
from audit.recorder import Act, in_order
from audit.writing import Who

BATCH = 1000


class Writer:
    """Collects acts and writes them in batches. Made by `bulk`."""

    def __init__(self, batch: int) -> None:
        self.batch = batch
        self._connection = connections[DEFAULT_DB_ALIAS]
        self._entries: list[tuple[Any, ...]] = []
        self._commits: list[tuple[Any, ...]] = []
        self._blinds: list[tuple[Any, ...]] = []
        self._history: dict[type[Covered], list[tuple[Any, ...]]] = {}
        self._waiting: dict[type[Covered], dict[UUID, Waiting]] = {}
        self._released: dict[type[Covered], dict[UUID, Waiting]] = {}
        self._trees: dict[str, tuple[int, Frontier, datetime | None]] = {}
        self._sealings: dict[str, state.Sealing] = {}
        self._next_id: dict[int, int] = {}
        self.known: set[Hashable] = set()
        """What acts have found out and need not ask again, as nobody else writes meanwhile."""
        if Entry.objects.filter(position=None).exists():
            raise BulkMisuse("There are entries waiting to be sealed; run the sealer first.")

    def begin(
        self,
        spec: EventSpec,
        who: Who,
        subject: UUID | None,
        facts: Mapping[str, Any] | None,
        once: UUID | None,
        purpose: str,
        seal: bool,
    ) -> BulkAct:
        """An act of this writer; called by `act`."""
        return BulkAct(self, spec, who, subject, facts, once, purpose, seal)

    def release(self, rows: Iterable[Covered]) -> None:
        """Say that no more acts will save these rows soon: with the next batch their latest state becomes live."""
        for row in rows:
            waiting = self._waiting.get(type(row), {}).pop(row.pk, None)
            if waiting is not None:
                self._released.setdefault(type(row), {})[row.pk] = waiting

    def flush(self) -> None:
        """Write everything told so far, and the rows released, in one transaction.

        Raises IntegrityError where a released row refers to one that is not, or breaks a rule of the database;
        BulkMisuse where somebody else has written to the log meanwhile.
        """
        if current_act.get() is not None:
            raise BulkMisuse("An act is in progress.")
        with transaction.atomic():
            self._check_heads()
            insert(Entry._meta.db_table, writing.ENTRY_COLUMNS, self._entries)
            for model, history in self._history.items():
                plan = plan_of(model)
                insert(plan.history._meta.db_table, plan.sql_columns, history)
            insert(RowCommit._meta.db_table, writing.COMMIT_COLUMNS, self._commits)
            insert(Blind._meta.db_table, writing.BLIND_COLUMNS, self._blinds)
            for model, released in self._released.items():
                make_live(plan_of(model), released)
            self._store_heads()
        for told in (self._entries, self._commits, self._blinds, self._history, self._released):
            told.clear()

    def close(self) -> None:
        """Release and write what is left."""
        for model, waiting in self._waiting.items():
            self._released.setdefault(model, {}).update(waiting)
        self._waiting.clear()
        self.flush()

    def tree(self, name: str) -> tuple[int, Frontier, datetime | None]:
        """The tree's size in the database, its frontier with what has been told since, and its newest moment."""
        if name not in self._trees:
            with transaction.atomic():
                frontier = writing.lock_tree(connection, name)
                self._sealings[name] = state.opened(name, frontier)
                # On PostgreSQL ids that other connections have reserved are passed over.
                free, newest, _ = writing.reserve(connection, name)
                self._next_id.setdefault(ranges.first_id(name), free)
                self._trees[name] = frontier.size, frontier, newest
        return self._trees[name]

    def reserve(self, spec: EventSpec) -> tuple[int, datetime]:
        """Id and moment of the next entry. Raises BulkMisuse for a moment before the newest."""
        tree = state.physical(spec.tree)
        size, frontier, newest = self.tree(tree)
        moment = in_order(spec, None)
        if newest is not None and moment < newest:
            raise BulkMisuse(f"{spec.code} is told after what happened later.")
        self._trees[tree] = size, frontier, moment
        place = ranges.first_id(tree)
        self._next_id[place] += 1
        return self._next_id[place] - 1, moment

    def keep(self, plan: Plan, row: tuple[Any, ...]) -> None:
        """Take in a history row, given as parameters."""
        self._history.setdefault(plan.model, []).append(row)

    def put(self, row: Covered, waiting: Waiting) -> None:
        """Take in the row's latest state; a row that is not inserted yet is still to be inserted."""
        rows = self._waiting.setdefault(type(row), {})
        released = self._released.get(type(row), {}).pop(row.pk, None)
        earlier = rows.get(row.pk) or released
        rows[row.pk] = (earlier[0] if earlier else waiting[0], waiting[1])

    def has_waiting(self, row: Covered) -> bool:
        """Whether the row has been inserted in this run and is not live yet."""
        return any(
            rows.get(type(row), {}).get(row.pk, ("",))[0] == "+" for rows in (self._waiting, self._released)
        )

    def drop(self, row: Covered) -> None:
        """Forget a row that never became live."""
        for rows in (self._waiting, self._released):
            rows.get(type(row), {}).pop(row.pk, None)

    def finish(self, draft: writing.Draft) -> None:
        """Take in an entry that is complete."""
        leaf = draft.leaf()
        hashed = leaf_hash(leaf)
        position = self.tree(draft.tree)[1].append(hashed)
        place = position, self._sealings[draft.tree].seal(position, hashed)
        key, _ = writing.parameters(self._connection)
        self._entries.append(writing.entry_row(self._connection, draft, leaf, hashed, place))
        for index, commit in enumerate(draft.commits):
            self._commits.append(writing.commit_row(self._connection, draft.id, index, commit))
            self._blinds.append((key(commit.row_id), commit.blind))

    def flush_when_full(self) -> None:
        """Flush where a batch has come together."""
        if len(self._entries) >= self.batch:
            self.flush()

    def _check_heads(self) -> None:
        for name, (size, _, _) in self._trees.items():
            if writing.lock_tree(connection, name).size != size:
                raise BulkMisuse("Somebody else writes to the log.")

    def _store_heads(self) -> None:
        for name, (size, frontier, newest) in self._trees.items():
            if frontier.size == size:
                continue
            writing.execute(connection, [writing.store_tree(name, frontier)])
            writing.when_committed(name, frontier)
            self._trees[name] = frontier.size, frontier, newest
        if connection.vendor == "postgresql" and self._entries:
            for place, free in [each for each in self._next_id.items() if each[1] > each[0]]:
                sql = f"SELECT setval('{ranges.SEQUENCES[place]}', %s)"
                writing.execute(connection, [(sql, [free - 1])])


class BulkAct(Act):
    """An act that is written with its batch instead of at once."""

    def __init__(self, writer: Writer, *args: Any) -> None:
        super().__init__(*args)
        self._writer = writer
        self._rows: list[tuple[Plan, Covered, str, tuple[Any, ...]]] = []

    def save(self, row: Covered) -> None:
        """As in a single act, but the row becomes live when it is released."""
        plan, _ = self._enlist(row)
        kind = "+" if row._state.adding else "~"
        row.entry_id = self.id
        values = plan.values(row)
        self._rows.append((plan, row, kind, self._keep(plan, values, kind)))
        row._state.adding = False

    def delete(self, row: Covered) -> None:
        """As in a single act. Raises BulkMisuse for a row that is live: delete that in a single act."""
        if not self._writer.has_waiting(row):
            raise BulkMisuse(f"{row._meta.label} {row.pk} is live already.")
        plan, _ = self._enlist(row)
        row.entry_id = self.id
        self._rows.append((plan, row, "-", self._keep(plan, plan.values(row), "-")))

    def _queue(self, plan: Plan, row: tuple[Any, ...]) -> None:
        """Nothing: the rows go to the writer when the act is complete."""

    def _reserve(self) -> tuple[int, datetime]:
        return self._writer.reserve(self.spec)

    def _finish(self) -> None:
        draft = self._draft()
        for plan, row, kind, params in self._rows:
            if kind == "-":
                self._writer.drop(row)
            else:
                self._writer.put(row, (kind, params[: len(plan.fields)]))
            self._writer.keep(plan, params)
        self._writer.finish(draft)


@contextmanager
def bulk(batch: int = BATCH) -> Iterator[Writer]:
    """Write the acts in the block in batches of `batch`, with the result single acts would have had.

    Needs the database to itself. Raises BulkMisuse where it has not, and inside an act or another bulk.
    """
    if current_act.get() is not None or current_writer.get() is not None:
        raise BulkMisuse("Bulk writing is begun outside acts, once.")
    with roomy_cache():
        writer = Writer(batch)
        token = current_writer.set(writer)
        try:
            yield writer
            writer.close()
        finally:
            current_writer.reset(token)
