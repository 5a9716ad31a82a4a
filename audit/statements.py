"""The log's own statements go straight to the driver: in every act there are several, and each detour counts.

Where somebody watches the connection's statements (tests and benches that count them) they go the usual way, so that
what is counted is what is done. On PostgreSQL the driver keeps them prepared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

PREPARED_FROM = 5  # executions of a statement on a connection, the driver's own figure


def run(connection: Any, sql: str, params: Sequence[Any]) -> int:
    """Execute one statement; how many rows it touched. Raises Django's database errors."""
    return int(_executed(connection, sql, params, fetch=False)[0])


def first(connection: Any, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """Execute one query; its first row. Raises Django's database errors."""
    row: tuple[Any, ...] | None = _executed(connection, sql, params, fetch=True)[1]
    return row


def _executed(connection: Any, sql: str, params: Sequence[Any], *, fetch: bool) -> tuple[int, Any]:
    if connection.execute_wrappers or connection.queries_logged or connection.connection is None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.rowcount, cursor.fetchone() if fetch else None
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            cursor = connection.connection.execute(_with_marks(sql), params)
        else:
            cursor = _cursor(connection.connection).execute(sql, params)
        return cursor.rowcount, cursor.fetchone() if fetch else None


@lru_cache(maxsize=1000)
def _with_marks(sql: str) -> str:
    """The statement with SQLite's own marks for parameters. Our statements hold no other percent sign."""
    return sql.replace("%s", "?")


def _cursor(raw: Any) -> Any:
    # Django's own cursor puts the values into the text, which the server must read and plan anew each time; and it
    # switches preparing off for the connection. On, it concerns this cursor alone: Django's never prepares.
    from psycopg import Cursor

    if raw.prepare_threshold is None:
        raw.prepare_threshold = PREPARED_FROM
    return Cursor(raw)
