"""Reads a table page by page in order of its key, also where a value is not of its column's type.

A bit that fell over, or a hand that wrote past the program, can leave what no field can read. It must be told of by its
row, not end the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import FieldError, ValidationError
from django.db import DatabaseError, connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

CHUNK = 2000
FAILS = (ValueError, TypeError, InvalidOperation, ValidationError, DatabaseError)


class Unreadable:
    """In place of a value that cannot be read; no column's type, so nothing commits to it."""

    def __repr__(self) -> str:
        return "unreadable"


UNREADABLE: Final = Unreadable()


def rows(table: QuerySet, key: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows as (key, *values of the columns) in order of the key, which is unique.

    A key that cannot be read is given as the text that stands there. Raises DatabaseError where the database itself
    gives nothing.
    """
    last: Any = None
    while True:
        page = table if last is None else table.filter(**{f"{key}__gt": last})
        try:
            found = list(page.order_by(key).values_list(key, *names)[:CHUNK])
        except FAILS as error:
            # On PostgreSQL columns hold what their types allow, and a failed statement ends the transaction.
            if isinstance(error, FieldError) or connection.vendor != "sqlite":
                raise
            yield from _one_by_one(page, key, names)
            return
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1][0]


def order(key: Any) -> Any:
    """By what keys are ordered, those that cannot be read among the others."""
    return key.hex if isinstance(key, UUID) else key


def _one_by_one(page: QuerySet, key: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    keys = page.annotate(_written=Cast(key, TextField())).order_by(key).values_list("_written", flat=True)
    for written in list(keys):
        try:
            yield page.filter(**{key: written}).values_list(key, *names).get()
        except FAILS:
            yield (
                _value(page, key, written, key, written),
                *(_value(page, key, written, name, UNREADABLE) for name in names),
            )


def _value(page: QuerySet, key: str, written: str, name: str, instead: Any) -> Any:
    try:
        return page.filter(**{key: written}).values_list(name, flat=True).get()
    except FAILS:
        return instead
