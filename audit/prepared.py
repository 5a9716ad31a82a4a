"""A query whose text is made once, and then asked again and again with other values.

Making the text costs the ORM several times what asking costs the database; what every page asks is the same each time.
The builder says the query as anywhere else, and rows are read by the ORM's own hands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.db.models.sql.where import WhereNode
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
KINDS = 256
"""Of a query that has many forms, so many are kept."""
CONVERTERS = "_converters_of_prepared"
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
MANY = 100_000
"""More values than a query has."""
_Said = tuple[str, tuple[Any, ...], str]
"""A statement, its parameters, and the database it is for."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement and its values, a number where one is to be put in."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def asked(self, values: tuple[Any, ...], connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The text and its parameters, with these values in their places."""
        params = list(self.params)
        for place, number in self.places:
            params[place] = _written(values[number], connection)
        return self.sql, tuple(params)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class _Made:
    """The query as it was made: what reads its rows, and its text."""

    rows: QuerySet[Any]
    compiler: Any
    text: _Text


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
        asked = made.text.asked(values, connection)
        compiler = copy(made.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: asked
        # How a column's values are read is the same each time; it holds on to the connection, which keeps it itself.
        kept = vars(connection).setdefault(CONVERTERS, WeakKeyDictionary())
        if made in kept:
            compiler.get_converters = lambda _columns: kept[made]
        else:
            kept[made] = compiler.get_converters([each[0] for each in compiler.select[: compiler.col_count]])
        reader: Any = made.rows._iterable_class
        return list(reader(_Bound(made.rows, compiler)))

    def asked(self, *values: Any) -> tuple[str, tuple[Any, ...]] | None:
        """The statement and its parameters, as they would be run; None where nothing is asked."""
        made = self._made_for(values)
        return None if made is None else made.text.asked(values, connections[made.compiler.using])

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


@dataclass(frozen=True, slots=True)
class Counting:
    """A statement that gives one row of numbers: their names, its text and parameters, and the database it is for."""

    names: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]
    using: str

    def numbers(self) -> dict[str, int]:
        """The numbers by name. Raises what the database raises."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return {name: value or 0 for name, value in zip(self.names, cursor.fetchone(), strict=True)}


def side_by_side(one: Counting, other: Counting) -> Counting:
    """Both, in one statement. They are asked of the same database."""
    sql = f"SELECT * FROM ({one.sql}) one CROSS JOIN ({other.sql}) other"
    return Counting((*one.names, *other.names), sql, (*one.params, *other.params), one.using)


def count_each(queries: Mapping[str, QuerySet[Any]]) -> Counting:
    """How many rows each query has, in one statement; of one that is sliced, nothing is counted past its end."""
    parts, params = [], []
    for rows in queries.values():
        try:
            told = rows if rows.query.values_select else rows.values("pk")
            sql, own = told.query.get_compiler(using=rows.db).as_sql()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")
        params += own
    using = next(rows.db for rows in queries.values())
    return Counting(tuple(queries), f"SELECT {', '.join(parts)}", tuple(params), using)


def count_true(rows: QuerySet[Any], flags: Mapping[str, Q]) -> Counting:
    """How many of the rows each condition is true of: the rows are gone through once."""
    said = {name: Case(When(flag, then=Value(1)), default=Value(0)) for name, flag in flags.items()}
    told = rows.order_by().annotate(**said).values(*said)
    names = tuple(said)
    try:
        sql, params = told.query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:
        return Counting(names, f"SELECT {', '.join('0' for _name in names)}", (), rows.db)
    quote = connections[rows.db].ops.quote_name
    sums = ", ".join(f"SUM({quote(name)})" for name in names)
    return Counting(names, f"SELECT {sums} FROM ({sql}) told", tuple(params), rows.db)


class PreparedCounting:
    """`say(*values)` gives what is to be counted; calling this with values counts it. Values as for `Prepared`."""

    def __init__(self, say: Callable[..., Counting]) -> None:
        self._say = say
        self._made: dict[Hashable, tuple[tuple[str, ...], str, _Text]] = {}

    def __call__(self, *values: Any) -> dict[str, int]:
        """The numbers by name. Raises what the database raises."""
        kinds = tuple(map(type, values))
        if kinds not in self._made:
            self._made[kinds] = self._make(values)
        names, using, text = self._made[kinds]
        sql, params = text.asked(values, connections[using])
        return Counting(names, sql, params, using).numbers()

    def _make(self, values: tuple[Any, ...]) -> tuple[tuple[str, ...], str, _Text]:
        told: list[Counting] = []

        def say(marks: list[Any]) -> _Said:
            told.append(self._say(*marks))
            return told[-1].sql, told[-1].params, told[-1].using

        text = _text(say, values)
        return told[-1].names, told[-1].using, text


def _make(build: Callable[..., QuerySet[Any]], values: tuple[Any, ...]) -> _Made | None:
    """Make the text with a mark in each value's place; None where the query can give nothing."""
    said: list[tuple[QuerySet[Any], Any]] = []

    def say(marks: list[Any]) -> _Said:
        rows = build(*marks)
        compiler = rows.query.get_compiler(using=rows.db)
        said.append((rows, compiler))
        sql, params = compiler.as_sql()
        return sql, tuple(params), rows.db

    try:
        text = _text(say, values)
    except EmptyResultSet:
        return None
    rows, compiler = said[-1]
    # No thread's connection is held on to, nor what was asked, which stands in the text: it is most of what is kept.
    compiler.connection = compiler.where = compiler.having = compiler.qualify = None
    rows.query.where, rows.query.order_by = WhereNode(), ()
    return _Made(rows, compiler, text)


def _text(say: Callable[[list[Any]], _Said], values: tuple[Any, ...]) -> _Text:
    """What is said with marks in the values' places, and where they stand; a value may also stand nowhere.

    Raises TypeError where one does not stand as it is: said with other marks, the rest is not the same.
    """
    told = []
    for turn in (0, 1):
        marks = [_mark(value, number, turn) for number, value in enumerate(values)]
        sql, params, using = say(marks)
        written = {_written(mark, connections[using]): number for number, mark in enumerate(marks)}
        places = tuple(
            (place, written[value])
            for place, value in enumerate(params)
            if isinstance(value, Hashable) and value in written
        )
        marked = dict(places)
        # PostgreSQL's JSON comes wrapped, and no wrapper is like another.
        rest = [
            None if place in marked else getattr(value, "obj", value) for place, value in enumerate(params)
        ]
        told.append((sql, places, rest))
    if told[0] != told[1]:
        raise TypeError("A value does not stand in the query as it is.")
    return _Text(sql, params, places)


def _mark(value: Any, number: int, turn: int) -> Any:
    """A value of the same type that no query says of itself, another each turn."""
    number += turn * MANY
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
