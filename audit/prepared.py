"""A query whose text is made once, and then asked again and again with other values.

Making the text costs the ORM several times what asking costs the database; what every page asks is the same each time.
The builder says the query as anywhere else, and rows are read by the ORM's own hands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
CONVERTERS = "_converters_of_prepared"
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """The query as it was made: what reads its rows, its text, and its values, a number where one is to be put in."""

    rows: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def asked(self, values: tuple[Any, ...], connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The text and its parameters, with these values in their places."""
        params = list(self.params)
        for place, number in self.places:
            params[place] = _written(values[number], connection)
        return self.sql, tuple(params)


class _Bound:
    """The query with its values: what the ORM's reader asks of a queryset and of its query."""

    def __init__(self, rows: QuerySet[Any], compiler: Any) -> None:
        self.rows, self.query, self.compiler, self.db = rows, self, compiler, compiler.using

    def get_compiler(self, using: str) -> Any:
        return self.compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rows, name)


class Prepared(Generic[M]):
    """`build(*values)` gives a query; calling this with values gives its rows.

    Values are keys, texts, days and moments, and stand in the query as they are: what it asks may depend on how many
    they are and of which types, never on what they are. Raises what the database raises.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._made: dict[Hashable, _Made | None] = {}

    def __call__(self, *values: Any) -> list[M]:
        """The rows, in the query's own order. Raises TransactionManagementError where a lock has no transaction."""
        made = self._made_for(values)
        if made is None:
            return []
        connection = connections[made.compiler.using]
        locks = made.compiler.query.select_for_update and connection.features.has_select_for_update
        if locks and connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        asked = made.asked(values, connection)
        compiler = copy(made.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: asked
        # How a column's values are read is the same each time; it holds on to the connection, which keeps it itself.
        kept = vars(connection).setdefault(CONVERTERS, {})
        if made in kept:
            compiler.get_converters = lambda _columns: kept[made]
        else:
            kept[made] = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        reader: Any = made.rows._iterable_class
        return list(reader(_Bound(made.rows, compiler)))

    def asked(self, *values: Any) -> tuple[str, tuple[Any, ...]] | None:
        """The statement and its parameters, as they would be run; None where nothing is asked."""
        made = self._made_for(values)
        return None if made is None else made.asked(values, connections[made.compiler.using])

    def query(self, *values: Any) -> QuerySet[M]:
        """The query as it is said, made anew."""
        return self._build(*values)

    def _made_for(self, values: tuple[Any, ...]) -> _Made | None:
        kinds = tuple(map(type, values))
        try:
            return self._made[kinds]
        except KeyError:
            made = self._made[kinds] = _make(self._build, values)
            return made


def _make(build: Callable[..., QuerySet[Any]], values: tuple[Any, ...]) -> _Made | None:
    """Make the text with a mark in each value's place; None where the query can give nothing."""
    marks = [_mark(value, number) for number, value in enumerate(values)]
    rows = build(*marks)
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    written = {_written(mark, compiler.connection): number for number, mark in enumerate(marks)}
    places = tuple(
        (place, written[value])
        for place, value in enumerate(params)
        if isinstance(value, Hashable) and value in written
    )
    if {number for _place, number in places} != set(range(len(values))):
        raise TypeError("A value does not stand in the query as it is.")
    # No thread's connection is held on to.
    compiler.connection = None
    return _Made(rows, compiler, sql, tuple(params), places)


def _mark(value: Any, number: int) -> Any:
    """A value of the same type that no query says of itself."""
    if isinstance(value, UUID):
        return UUID(int=(0xFACADE << 96) + number)
    if isinstance(value, datetime):
        return LONG_AGO + timedelta(hours=number)
    if isinstance(value, date):
        return LONG_AGO.date() + timedelta(days=number + 1000)
    if isinstance(value, str):
        return f"\x00{number}"
    raise TypeError(f"{type(value).__name__} cannot be put into a query that is made already")


def _written(value: Any, connection: Any) -> Any:
    """The value as fields write it for this database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
