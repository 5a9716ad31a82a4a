"""How the rows of each covered model are written and committed to: worked out once per model."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import models

from audit.canonical import Encoder, dumps, encoder
from audit.covered import Covered
from audit.errors import NotCanonical
from audit.parameters import Prepare, preparers

HISTORY_COLUMNS = ("history_id", "history_date", "history_type")


class Plan:
    """The columns of one covered model and of its history, with how each is encoded.

    `columns` is what a commitment of the current version covers: the model's columns, then the history's own.
    """

    def __init__(self, model: type[Covered]) -> None:
        self.model = model
        self.history: type[models.Model] = model.history.model
        self.label = label_of(model)
        self.version = model.COVERAGE_VERSION
        self.fields: tuple[models.Field, ...] = tuple(model._meta.concrete_fields)
        self.attnames = tuple(field.attname for field in self.fields)
        self.columns = (*self.attnames, *HISTORY_COLUMNS)
        self._history_fields = {field.attname: field for field in self.history._meta.concrete_fields}
        history_fields = [self._history_fields[name] for name in self.columns]
        # Live and history table name their columns alike.
        self.sql_columns = tuple(field.column for field in history_fields)
        self._sql_fields = tuple(history_fields)
        # The live table with its columns, and the place of the key among them.
        self.live = (model._meta.db_table, self.sql_columns[: len(self.fields)])
        self.pk = self.attnames.index(model._meta.pk.attname)
        self._prepare: dict[str, tuple[Prepare | None, ...]] = {}
        # Where a field does something before it is saved, it is asked; the others' values stand in the row.
        self._read = itemgetter(*self.attnames)
        self._asked = tuple(
            (place, field) for place, field in enumerate(self.fields) if _does_something(field)
        )
        self._encoders = self.encoders(self.columns)

    def encoders(self, columns: Sequence[str]) -> tuple[Encoder, ...]:
        """How to write these columns of the history. Raises NotCanonical for a column that is not there."""
        missing = [name for name in columns if name not in self._history_fields]
        if missing:
            raise NotCanonical(f"{self.label} has no column {missing[0]}")
        return tuple(encoder(self._history_fields[name]) for name in columns)

    def values(self, row: Covered) -> list[Any]:
        """The row's values as a save would store them, in the order of `fields`."""
        try:
            values = list(self._read(row.__dict__))  # past the descriptors, which cost on every column
        except KeyError:
            values = [getattr(row, name) for name in self.attnames]
        for place, field in self._asked:
            values[place] = field.pre_save(row, row._state.adding)
        return values

    def row_bytes(self, values: Sequence[Any]) -> bytes:
        """The canonical bytes of a history row of the current version, its values in the order of `columns`.

        Raises NotCanonical, naming the column, for a value that is not of its column's type.
        """
        return row_bytes(self.label, self.version, self.columns, self._encoders, values)

    def parameters(self, connection: Any, values: Sequence[Any]) -> tuple[Any, ...]:
        """The values as database parameters, in the order of `columns`."""
        prepare = self._prepare.get(connection.vendor)
        if prepare is None:
            prepare = self._prepare[connection.vendor] = preparers(self._sql_fields, connection)
        return tuple(
            value if way is None or value is None else way(value)
            for way, value in zip(prepare, values, strict=True)
        )


def _does_something(field: models.Field) -> bool:
    """Whether the field changes or judges its value before it is saved."""
    if isinstance(field, models.DateField | models.TimeField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save


def row_bytes(
    label: str, version: int, columns: Sequence[str], encoders: Sequence[Encoder], values: Sequence[Any]
) -> bytes:
    """A row as a list: its label, the coverage version, then each column's value. Raises NotCanonical."""
    try:
        return dumps(
            [label, version]
            + [None if v is None else encode(v) for encode, v in zip(encoders, values, strict=True)]
        )
    except NotCanonical:
        for name, encode, value in zip(columns, encoders, values, strict=True):
            try:
                dumps(None if value is None else encode(value))
            except NotCanonical as error:
                raise NotCanonical(f"{label}.{name}: {error}") from error
        raise


def commitment(blind: bytes, row: bytes) -> bytes:
    """What the log keeps of a row: HMAC-SHA256 under a random blind, so that it cannot be guessed from likely rows."""
    return hmac.digest(blind, row, "sha256")


def label_of(model: type[models.Model]) -> str:
    """The name rows of this model go by in the log: "app.model"."""
    return model._meta.label_lower


@cache
def plan_of(model: type[Covered]) -> Plan:
    """The model's plan."""
    return Plan(model)


def covered_models() -> Iterator[type[Covered]]:
    """Every concrete covered model, in order of label."""
    found = [m for m in apps.get_models() if issubclass(m, Covered) and not m._meta.proxy]
    yield from sorted(found, key=label_of)


def plan_by_label(label: str) -> Plan | None:
    """The plan of a label from the log, None where no such model exists any longer."""
    try:
        model = apps.get_model(label)
    except LookupError:
        return None
    return plan_of(model) if issubclass(model, Covered) else None
