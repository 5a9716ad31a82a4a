"""Acts: the only way to change a covered row, and the only way to write to the log.

    with act("check.recorded", who, subject=recruitment.pk, facts={"check": "identity"}) as a:
        a.save(check)

One act is one entry, in the same transaction as the rows it wrote. Acts never nest; several may follow one another
in one transaction.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction

from audit import clock, standstill, state, writing
from audit.canonical import FACT_LENGTH
from audit.context import current_act, current_writer
from audit.covered import Covered
from audit.errors import (
    AlreadyDone,
    LogBroken,
    NestedAct,
    OutsideAct,
    RowTwice,
    StaleRow,
    UnknownFact,
)
from audit.events import DAY_TREES, EventSpec
from audit.merkle import Frontier, leaf_hash
from audit.models import Entry
from audit.plan import Plan, commitment, plan_of
from audit.registry import checked_facts, event
from audit.writing import Commit, Draft, Who

__all__ = ["Act", "Who", "act", "record"]


class Act:
    """An act in progress. Facts and subject may be completed until its block ends."""

    def __init__(
        self,
        spec: EventSpec,
        who: Who,
        subject: UUID | None,
        facts: Mapping[str, Any] | None,
        once: UUID | None,
        purpose: str,
        seal: bool,
    ) -> None:
        self.spec, self.who, self.subject, self.once, self.seal = spec, who, subject, once, seal
        self.facts: dict[str, Any] = dict(facts or {})
        self.purpose = purpose
        # The connection itself: the proxy for "the default one" costs on every use.
        self._connection = connections[DEFAULT_DB_ALIAS]
        self._reservation: tuple[int, datetime] | None = None
        self._frontier: Frontier | None = None
        self.tree = state.physical(spec.tree)
        self._commits: list[Commit] = []
        self._seen: set[tuple[type[Covered], UUID]] = set()
        self._history: list[writing.Statement] = []
        self._deleting: Covered | None = None
        self._before: list[tuple[Covered, UUID, int | None, bool]] = []

    @property
    def id(self) -> int:
        """The entry's id. Reserved when first needed, so that a row locked inside the act is not yet overtaken."""
        return self._reserved()[0]

    @property
    def time(self) -> datetime:
        """The entry's moment in UTC, also for the rows: the clock's, but never before the newest entry's in sight.

        Acts that run at the same moment may get their places in the tree in another order than their moments.
        """
        return self._reserved()[1]

    def save(self, row: Covered) -> None:
        """Insert or update the whole row and write its history.

        Raises RowTwice, StaleRow when the row was changed after it was read, NotCanonical for a value that is not of
        its column's type.
        """
        plan, before = self._enlist(row)
        adding = row._state.adding
        row.entry_id = self.id
        params = self._keep(plan, plan.values(row), "+" if adding else "~")[: len(plan.fields)]
        # By statement: the row's values are prepared once, for the live table and for the history.
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS):
            if adding:
                writing.execute(self._connection, [writing.insert(self._connection, *plan.live, [params])])
            elif not writing.update(
                self._connection, *plan.live, params, pk=params[plan.pk], entry_id=before
            ):
                raise StaleRow(f"{row._meta.label} {row.pk} was changed after it was read.")
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def delete(self, row: Covered) -> None:
        """Delete the row, its history written first. Raises as `save`, ProtectedError where others refer to it."""
        plan, before = self._enlist(row)
        as_read: dict[str, Any] = {"pk": row.pk, "entry_id": before}
        if not type(row)._base_manager.select_for_update().filter(**as_read).values("pk"):
            raise StaleRow(f"{row._meta.label} {row.pk} was changed after it was read.")
        row.entry_id = self.id
        self._keep(plan, [getattr(row, name) for name in plan.attnames], "-")
        # The database lets a row go only when its history says so.
        writing.execute(self._connection, [self._history.pop()])
        self._deleting = row
        try:
            row.delete()
        finally:
            self._deleting = None

    def is_deleting(self, row: Any) -> bool:
        """Whether this act is deleting this very row right now."""
        return self._deleting is row

    def _enlist(self, row: Covered) -> tuple[Plan, int | None]:
        if not isinstance(row, Covered):
            raise OutsideAct(f"{type(row).__name__} is not covered by the log.")
        if "entry_id" not in row.__dict__:
            # Its entry would be looked up now, and hide that what was read before is older than what is stored.
            raise StaleRow(f"{row._meta.label} {row.pk} was read without its entry.")
        place = (type(row), row.pk)
        if place in self._seen:
            raise RowTwice(f"{row._meta.label} {row.pk} is already written in this act.")
        self._seen.add(place)
        self._before.append((row, row.pk, row.entry_id, row._state.adding))
        return plan_of(type(row)), row.entry_id

    def _keep(self, plan: Plan, values: list[Any], kind: str) -> tuple[Any, ...]:
        """Commit to the row's history row and put it in line to be written; return its parameters."""
        history_id, blind = uuid4(), os.urandom(32)
        values += (history_id, self.time, kind)
        self._commits.append(
            Commit(plan.label, plan.version, history_id, commitment(blind, plan.row_bytes(values)), blind)
        )
        row = plan.parameters(self._connection, values)
        self._queue(plan, row)
        return row

    def _queue(self, plan: Plan, row: tuple[Any, ...]) -> None:
        table = plan.history._meta.db_table
        self._history.append(writing.insert(self._connection, table, plan.sql_columns, [row]))

    def _reserved(self) -> tuple[int, datetime]:
        if self._reservation is None:
            self._reservation = self._reserve()
        return self._reservation

    def _reserve(self) -> tuple[int, datetime]:
        entry_id, newest, self._frontier = writing.reserve(self._connection, self.tree)
        moment = in_order(self.spec, newest)
        if newest is not None and moment == newest and self.spec.tree not in DAY_TREES:
            standstill.notice(newest, record)
        return entry_id, moment

    def _draft(self) -> Draft:
        return writing.draft(
            id=self.id,
            time=self.time,
            tree=self.tree,
            action=self.spec.code,
            who=self.who,
            subject=self.subject,
            purpose=self.purpose,
            once=self.once,
            facts=checked_facts(self.spec, self.facts),
            commits=self._commits,
        )

    def _finish(self) -> None:
        """Write history, commitments and, last, the entry: the head is locked as late and as briefly as may be."""
        entry = self._draft()
        leaf = entry.leaf()
        hashed = leaf_hash(leaf)
        statements = self._history + writing.commit_statements(self._connection, entry)
        place = None
        if self.seal or self._connection.vendor == "sqlite":
            writing.execute(self._connection, statements)
            frontier = self._frontier or writing.lock_tree(self._connection, entry.tree)
            sealing = state.opened(entry.tree, frontier)
            position = frontier.append(hashed)
            place = position, sealing.seal(position, hashed)
            statements = [writing.store_tree(entry.tree, frontier)]
            writing.when_committed(entry.tree, frontier)
        elif why := state.broken(entry.tree):
            raise LogBroken(why)
        statements.append(
            writing.insert(
                self._connection,
                Entry._meta.db_table,
                writing.ENTRY_COLUMNS,
                [writing.entry_row(self._connection, entry, leaf, hashed, place)],
            )
        )
        writing.execute(self._connection, statements)

    def _restore(self) -> None:
        """Give the rows back the state they had, as nothing was written."""
        for row, pk, entry_id, adding in reversed(self._before):
            row.pk, row._state.adding = pk, adding
            row.__dict__["entry_id"] = entry_id


@contextmanager
def act(
    action: str,
    who: Who,
    *,
    subject: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    once: UUID | None = None,
    purpose: str = "",
    seal: bool = False,
) -> Iterator[Act]:
    """Do one act: what is saved in the block and its entry are written together, or not at all.

    `subject` is the id of what the act is about. `facts` are codes, references, dates, whole numbers and UUIDs that the
    event declares. `once` makes a second act with the same id raise AlreadyDone (a form sent twice). `purpose` is a
    code. `seal` puts the entry into the tree at once; on SQLite every entry is.

    Raises UnknownEvent, UnknownFact, NestedAct, AlreadyDone, LogBroken, and what saving the rows raises.
    """
    if current_act.get() is not None:
        raise NestedAct(f"{action} was begun inside another act.")
    spec = event(action)
    checked_facts(spec, facts or {})
    if len(purpose) > FACT_LENGTH or not purpose.isprintable():
        raise UnknownFact(f"{action}: a purpose is a code, never text")
    arguments = spec, who, subject, facts, once, purpose, seal
    writer = current_writer.get()
    if writer is not None:
        with _in_progress(writer.begin(*arguments)) as found:
            yield found
            found._finish()
        writer.flush_when_full()
        return
    try:
        with transaction.atomic(), _in_progress(Act(*arguments)) as found:
            if once is not None and Entry.objects.filter(once=once).exists():
                raise AlreadyDone(f"{action} has been done.")
            yield found
            found._finish()
    except IntegrityError as error:
        # Two at the same moment: the second finds the first's entry only when it writes its own.
        if once is not None and Entry.objects.filter(once=once).exists():
            raise AlreadyDone(f"{action} has been done.") from error
        raise


@contextmanager
def _in_progress(found: Act) -> Iterator[Act]:
    token = current_act.set(found)
    try:
        yield found
    except BaseException:
        found._restore()
        raise
    finally:
        current_act.reset(token)


def record(
    action: str,
    who: Who,
    *,
    subject: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    once: UUID | None = None,
    purpose: str = "",
    seal: bool = False,
) -> Act:
    """An act that writes no rows, such as a reading; returned when done. Parameters and errors as for `act`."""
    with act(action, who, subject=subject, facts=facts, once=once, purpose=purpose, seal=seal) as done:
        pass
    return done


def in_order(spec: EventSpec, newest: datetime | None) -> datetime:
    """The moment of an entry that follows one of `newest`: the clock's, or that one's when the clock went back."""
    moment = clock.now()
    if spec.tree in DAY_TREES:
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment if newest is None or moment >= newest else newest
