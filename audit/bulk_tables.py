"""Many rows into a table at a time, for the bulk writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models

from audit import writing
from audit.plan import Plan

# A row not yet in its live table: (how it is saved: "+" or "~", its parameters in the order of the model's fields).
Waiting = tuple[str, tuple[Any, ...]]


@contextmanager
def roomy_cache() -> Iterator[None]:
    """On SQLite, keep more of the file in memory meanwhile: keys are random, so every page is soon needed again."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = {}
    with connection.cursor() as cursor:
        for name, value in _ROOMY.items():
            usual[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}")


# Cache in KiB when negative; pages of write-ahead log before they are moved into the file.
_ROOMY = {"cache_size": -256 * 1024, "wal_autocheckpoint": 16 * 1024}


def insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert the rows; on PostgreSQL as one stream."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        names = ",".join(quote(name) for name in columns)
        sql = f"COPY {quote(table)} ({names}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)
        return
    sql, _ = writing.insert(connection, table, columns, [rows[0]])
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def make_live(plan: Plan, released: Mapping[UUID, Waiting]) -> None:
    """Give live rows the state that was released."""
    table = plan.model._meta.db_table
    columns = plan.sql_columns[: len(plan.fields)]
    insert(table, columns, [params for kind, params in released.values() if kind == "+"])
    changed = [params for kind, params in released.values() if kind == "~"]
    if changed:
        _update(plan, table, columns, changed)


def _update(plan: Plan, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    pk: models.Field = plan.model._meta.pk
    place = columns.index(pk.column)
    settings = ", ".join(f"{quote(name)} = %s" for name in columns)
    sql = f"UPDATE {quote(table)} SET {settings} WHERE {quote(pk.column)} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row, row[place]) for row in rows])
