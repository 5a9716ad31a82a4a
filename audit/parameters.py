"""A row's values as database parameters, by the shortest way that gives what the fields themselves would give.

History rows are written by statement, and their values have already been held to their columns' types (canonical
form), so that most need no preparation at all; what is not listed here is prepared by its field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models

Prepare = Callable[[Any], Any]


def preparers(fields: tuple[models.Field, ...], connection: Any) -> tuple[Prepare | None, ...]:
    """For each field how a value that is not None becomes a parameter; None where it is one as it stands."""
    return tuple(_preparer(field, connection) for field in fields)


def _preparer(field: models.Field, connection: Any) -> Prepare | None:
    target: models.Field = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    sqlite = connection.vendor == "sqlite"
    if isinstance(target, models.JSONField):
        return _json(field, connection)
    if _prepares_itself(type(target)):
        return _by_field(field, connection)
    if isinstance(target, models.CharField | models.TextField | models.BooleanField):
        return None
    if isinstance(target, models.UUIDField):
        return _hex if sqlite else None
    if isinstance(target, models.DateTimeField):
        return _moment if sqlite and connection.timezone is UTC else _by_field(field, connection)
    if isinstance(target, models.DateField):
        return date.isoformat if sqlite else None
    if isinstance(target, models.IntegerField) and sqlite:
        return None
    return _by_field(field, connection)


def _by_field(field: models.Field, connection: Any) -> Prepare:
    return lambda value: field.get_db_prep_save(value, connection)


def _prepares_itself(kind: type[models.Field]) -> bool:
    """Whether the field is of a class of one's own, which may have a way of its own."""
    return not kind.__module__.startswith("django.db.models.fields")


def _json(field: models.Field, connection: Any) -> Prepare:
    # Most are empty; the text is the same every time.
    empty = {kind: field.get_db_prep_save(kind(), connection) for kind in (dict, list)}
    prepare = _by_field(field, connection)
    if connection.vendor != "sqlite":
        return prepare

    def prepared(value: Any) -> Any:
        return prepare(value) if value else empty.get(type(value)) or prepare(value)

    return prepared


def _hex(value: UUID) -> str:
    return value.hex


def _moment(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))
