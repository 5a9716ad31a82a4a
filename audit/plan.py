"""How the rows of each covered model are written and committed to: worked out once per model."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from audit.canonical import Encoder, dumps, encoder
from audit.covered import Covered
from audit.errors import NotCanonical

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
        self._prepare = tuple(field.get_db_prep_save for field in history_fields)
        self._encoders = self.encoders(self.columns)

    def encoders(self, columns: Sequence[str]) -> tuple[Encoder, ...]:
        """How to write these columns of the history. Raises NotCanonical for a column that is not there."""
        missing = [name for name in columns if name not in self._history_fields]
        if missing:
            raise NotCanonical(f"{self.label} has no column {missing[0]}")
        return tuple(encoder(self._history_fields[name]) for name in columns)

    def values(self, row: Covered) -> list[Any]:
        """The row's values as a save would store them, in the order of `fields`."""
        return [field.pre_save(row, row._state.adding) for field in self.fields]

    def row_bytes(self, values: Sequence[Any]) -> bytes:
        """The canonical bytes of a history row of the current version, its values in the order of `columns`.

        Raises NotCanonical, naming the column, for a value that is not of its column's type.
        """
        return row_bytes(self.label, self.version, self.columns, self._encoders, values)

    def parameters(self, connection: Any, values: Sequence[Any]) -> tuple[Any, ...]:
        """The values as database parameters, in the order of `columns`."""
        return tuple(prepare(value, connection) for prepare, value in zip(self._prepare, values, strict=True))


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
