"""Statements that add to the log, for both engines. Used by the recorder, the sealer and the bulk writer."""

from __future__ import annotations

import hmac
import logging
from binascii import b2a_base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from audit import ranges, state, statements
from audit.canonical import dumps
from audit.clock import text
from audit.merkle import Frontier

Statement = tuple[str, Sequence[Any]]
logger = logging.getLogger(__name__)

ENTRY_COLUMNS = (
    "id", "event_id", "time", "tree", "action", "actor_person", "actor_account", "actor_role", "subject", "purpose",
    "once", "leaf", "leaf_hash", "position", "tag", "seal",
)  # fmt: skip
COMMIT_COLUMNS = ("row_id", "entry_id", "index", "label", "version", "commitment")
BLIND_COLUMNS = ("commit_id", "blind")


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts: a person through an account in a role; for the service's own work the role is "system"."""

    person_id: UUID | None
    account_id: UUID | None
    role: str
    on_behalf_of: UUID | None = None
    """Whom a substitute stood in for."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The commitment to one history row of an act."""

    label: str
    version: int
    row_id: UUID
    commitment: bytes
    blind: bytes


@dataclass(slots=True)
class Draft:
    """An entry as it is about to be written."""

    id: int
    time: datetime
    tree: str
    action: str
    who: Who
    subject: UUID | None
    purpose: str
    once: UUID | None
    facts: Mapping[str, Any]
    commits: Sequence[Commit]
    event_id: UUID

    def leaf(self) -> bytes:
        """The canonical leaf. What is empty is left out."""
        content: dict[str, Any] = {
            "v": 1,
            "id": self.id,
            "event": str(self.event_id),
            "time": text(self.time),
            "tree": self.tree,
            "action": self.action,
            "role": self.who.role,
        }
        for name, value in (
            ("person", self.who.person_id),
            ("account", self.who.account_id),
            ("on_behalf_of", self.who.on_behalf_of),
            ("subject", self.subject),
            ("once", self.once),
        ):
            if value is not None:
                content[name] = str(value)
        if self.purpose:
            content["purpose"] = self.purpose
        if self.facts:
            content["facts"] = self.facts
        if self.commits:
            content["rows"] = [
                [c.label, c.version, str(c.row_id), b2a_base64(c.commitment, newline=False).decode()]
                for c in self.commits
            ]
        return dumps(content)


def draft(**values: Any) -> Draft:
    """A draft with an event id of its own."""
    return Draft(event_id=uuid4(), **values)


def tag_of(leaf: bytes) -> bytes:
    """The keyed tag that guards a leaf until it is in the tree."""
    return hmac.digest(settings.LOG_KEY, b"audit entry\x00" + leaf, "sha256")


def parameters(connection: Any) -> tuple[Callable[[UUID | None], Any], Callable[[datetime], Any]]:
    """What makes UUIDs and moments database parameters for raw statements."""
    if connection.vendor == "sqlite":
        return _uuid_text, _time_text
    return _same, _same


def _same(value: Any) -> Any:
    return value


def _uuid_text(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _time_text(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))


def entry_row(
    connection: Any, draft: Draft, leaf: bytes, hashed: bytes, place: tuple[int, bytes] | None
) -> tuple[Any, ...]:
    """The entry's parameters in the order of ENTRY_COLUMNS: position and seal, or a tag where it has no place yet."""
    key, moment = parameters(connection)
    return (
        draft.id, key(draft.event_id), moment(draft.time), draft.tree, draft.action, key(draft.who.person_id),
        key(draft.who.account_id), draft.who.role, key(draft.subject), draft.purpose, key(draft.once), leaf, hashed,
        *((place[0], None, place[1]) if place is not None else (None, tag_of(leaf), None)),
    )  # fmt: skip


def commit_row(connection: Any, entry_id: int, index: int, commit: Commit) -> tuple[Any, ...]:
    """A commitment's parameters in the order of COMMIT_COLUMNS."""
    key, _ = parameters(connection)
    return key(commit.row_id), entry_id, index, commit.label, commit.version, commit.commitment


def commit_statements(connection: Any, draft: Draft) -> list[Statement]:
    """What writes the act's commitments and their blinds; nothing where it wrote no rows."""
    if not draft.commits:
        return []
    key, _ = parameters(connection)
    rows = [commit_row(connection, draft.id, index, commit) for index, commit in enumerate(draft.commits)]
    blinds = [(key(commit.row_id), commit.blind) for commit in draft.commits]
    return [
        insert(connection, "audit_rowcommit", COMMIT_COLUMNS, rows),
        insert(connection, "audit_blind", BLIND_COLUMNS, blinds),
    ]


def insert(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Statement:
    """One INSERT of these rows."""
    sql = _insert_sql(table, tuple(columns), len(rows))
    return sql, list(rows[0]) if len(rows) == 1 else [value for row in rows for value in row]


@lru_cache(maxsize=1000)
def _insert_sql(table: str, columns: tuple[str, ...], rows: int) -> str:
    one = "(" + ",".join(["%s"] * len(columns)) + ")"
    names = ",".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {",".join([one] * rows)}'


def update(
    connection: Any, table: str, columns: Sequence[str], row: Sequence[Any], *, pk: Any, entry_id: int | None
) -> bool:
    """Give the row with this key its new values, if its entry is still the one given; whether it was."""
    return statements.run(connection, _update_sql(table, tuple(columns)), [*row, pk, entry_id]) == 1


@lru_cache(maxsize=1000)
def _update_sql(table: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = %s' for name in columns)
    return f'UPDATE "{table}" SET {values} WHERE "id" = %s AND "entry_id" = %s'


def execute(connection: Any, every: Sequence[Statement]) -> None:
    """Run the statements; on PostgreSQL in one round trip."""
    if connection.vendor == "sqlite" or len(every) < 2:
        for sql, params in every:
            statements.run(connection, sql, params)
        return
    *first, (last, last_params) = every
    sql = "WITH " + ", ".join(f"w{n} AS ({sql})" for n, (sql, _) in enumerate(first)) + " " + last
    statements.run(connection, sql, [value for _, params in first for value in params] + list(last_params))


def reserve(connection: Any, tree: str) -> tuple[int, datetime | None, Frontier | None]:
    """The next entry's id, the time of the newest entry of the tree this transaction can see, and the frontier.

    On PostgreSQL the id is from the sequence, and there is no frontier: it is locked as late as may be (`lock_tree`).
    On SQLite the transaction has the write lock, so the next number is free and the frontier stays as it is.
    """
    # The newest of "main" is among the last of its range; the few of other trees have an index.
    first, last = ranges.first_id(tree), ranges.last_id(tree)
    other = "" if tree == "main" else """ AND "tree" <> 'main'"""
    newest = f'SELECT "time" FROM "audit_entry" WHERE "tree" = %s{other} ORDER BY "id" DESC LIMIT 1'
    if connection.vendor == "sqlite":
        within = f'WHERE "id" BETWEEN {first} AND {last}'
        number = f'SELECT COALESCE(MAX("id"), {first - 1}) + 1 FROM "audit_entry" {within}'
        if tree == "main":
            newest = f'SELECT "time" FROM "audit_entry" {within} AND "tree" = %s ORDER BY "id" DESC LIMIT 1'
        head = 'LEFT JOIN "audit_tree" ON "name" = %s'
        sql, values = (
            f'SELECT ({number}), ({newest}), "size", "frontier" FROM (SELECT 1) {head}',
            [tree, tree],
        )
    else:
        number = f"SELECT nextval('{ranges.SEQUENCES[first]}')"
        if tree == "main":
            # Nearly all of the last are of "main"; asked like this, no statistics of the planner's lead it astray.
            lately = (
                f'SELECT "time", "tree" FROM "audit_entry" WHERE "id" <= {last} ORDER BY "id" DESC LIMIT 8'
            )
            newest = f'SELECT MAX("time") FROM ({lately}) AS l WHERE "tree" = %s'
        sql, values = f"SELECT ({number}), ({newest}), NULL, NULL", [tree]
    entry_id, time, size, frontier = statements.first(connection, sql, values) or (0, None, None, b"")
    # SQLite keeps moments as text in UTC, read with or without conversion.
    if isinstance(time, str):
        time = datetime.fromisoformat(time)
    if time is not None and time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return entry_id, time, None if size is None else _frontier(tree, size, frontier)


def lock_tree(connection: Any, name: str) -> Frontier:
    """The tree's frontier, locked until the transaction ends. A tree begins with its first entry. Raises LogBroken."""
    locking = "" if connection.vendor == "sqlite" else " FOR UPDATE"
    select = f'SELECT "size", "frontier" FROM "audit_tree" WHERE "name" = %s{locking}'
    found = statements.first(connection, select, [name])
    if found is None:
        begun = (
            'INSERT INTO "audit_tree" ("name", "size", "frontier") VALUES (%s, 0, %s) ON CONFLICT DO NOTHING'
        )
        statements.run(connection, begun, [name, b""])
        found = statements.first(connection, select, [name])
    size, frontier = found or (0, b"")
    return _frontier(name, size, frontier)


def _frontier(tree: str, size: Any, stored: Any) -> Frontier:
    """The tree's head. Raises LogBroken, and shuts the log, for one that nobody here has written."""
    try:
        return Frontier.from_bytes(size, bytes(stored))
    except (ValueError, TypeError):
        raise state.declare_broken(tree, "head-unreadable: the tree's head is none") from None


def store_tree(name: str, frontier: Frontier) -> Statement:
    """The statement that keeps the tree's new frontier."""
    return (
        'UPDATE "audit_tree" SET "size" = %s, "frontier" = %s WHERE "name" = %s',
        [frontier.size, frontier.to_bytes(), name],
    )


def when_committed(tree: str, frontier: Frontier) -> None:
    """Move the mark outside the database on, once the transaction that stored this frontier is committed."""
    head = Frontier(frontier.size, frontier.heads)
    transaction.on_commit(lambda: _advance(tree, head))


def _advance(tree: str, head: Frontier) -> None:
    if transaction.get_connection().in_atomic_block:
        return  # called early, with nothing committed yet
    # What is committed is done; a mark that lags behind is harmless, and the next commit takes it along.
    try:
        state.advance(tree, head)
    except OSError as error:
        logger.error("the mark of %s stays at an earlier entry: %s", tree, error)
