"""How a row with sealed columns comes from the database: without a Python call for any of its values.

Most lists open nothing. Their rows hold the columns' bytes as the driver gave them, and a `Sealed` is made of
them when the attribute is first read; a list then costs no more than one of plain text. Bytes get there from
the database alone: an assignment takes `Sealed` or None.
"""

from collections.abc import Collection, Sequence
from functools import cache
from inspect import getattr_static
from typing import Any, NamedTuple

from django.db import models
from django.db.models.base import ModelState
from django.db.models.expressions import Col
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

from vetting.crypto.value import Sealed, bytes_of, value_of

_django = models.Model.from_db.__func__  # type: ignore[attr-defined]


class SealedAttribute(DeferredAttribute):
    """The attribute of a sealed column: gives `Sealed` or None, and takes nothing else."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """The value; where the column was left out of the query, it is fetched now, as any column's.

        Raises TypeError for bytes in a row that no database has given.
        """
        if instance is None:
            return self
        try:
            value = instance.__dict__[self.field.attname]
        except KeyError:
            value = super().__get__(instance, cls)
        if value.__class__ is bytes:
            if instance._state.adding:
                raise TypeError(f"{self.field.label} takes sealed values only, not bytes.")
            value = instance.__dict__[self.field.attname] = Sealed(value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Raises TypeError for plain text and for everything else that is not sealed."""
        if value is not None and value.__class__ is not Sealed:
            raise TypeError(f"{self.field.label} takes sealed values only, not {type(value).__name__}.")
        instance.__dict__[self.field.attname] = value


class SealedColumn(Col):
    """A sealed column in a query: as it is where rows are put together, a `Sealed` in any other answer."""

    _is_for_rows = False

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        """The SQL unchanged; notes what its query is going to do with the value."""
        query = compiler.query
        self._is_for_rows = query.default_cols and not any(
            self is annotation for annotation in query.annotation_select.values()
        )
        return super().select_format(compiler, sql, params)

    def get_db_converters(self, connection: Any) -> Any:
        """None for a row: `from_db` takes the bytes as they are."""
        return [] if self._is_for_rows else super().get_db_converters(connection)


def from_db(cls: Any, db: str | None, field_names: Collection[str], values: Sequence[Any]) -> Any:
    """A row of `cls`, as `Model.from_db` makes one; its sealed values are not looked at."""
    columns, is_stored_only = _columns(cls)
    if not is_stored_only or pre_init.receivers or post_init.receivers:
        sealed = [name in _sealed(cls) for name in field_names]
        return _django(
            cls, db, field_names, [value_of(v) if s else v for v, s in zip(values, sealed, strict=True)]
        )
    row = cls.__new__(cls)
    row._state = state = ModelState()
    state.adding, state.db = False, db
    # Of a query that leaves columns out the names are its own; what is not there is fetched when it is read.
    names = columns if len(values) == len(columns) else field_names
    row.__dict__.update(zip(names, values, strict=True))
    return row


def read_in_another_way(cls: Any) -> bool:
    """Whether the model has a `from_db` of its own, which would not know what is done here."""
    found = getattr(getattr(cls, "from_db", None), "__func__", None)
    return found not in (None, _django, from_db)


def ciphertext(row: Any, name: str) -> bytes | None:
    """The bytes of a sealed column, read or not; None where it is empty."""
    value = getattr(row, name)
    return None if value is None else bytes_of(value)


@cache
def _sealed(cls: type[models.Model]) -> frozenset[str]:
    """The attributes of the model that are sealed."""
    names = (field.attname for field in cls._meta.concrete_fields)
    return frozenset(name for name in names if type(getattr_static(cls, name)) is SealedAttribute)


class _Columns(NamedTuple):
    names: tuple[str, ...]
    is_stored_only: bool


@cache
def _columns(cls: type[models.Model]) -> _Columns:
    """The attributes of a row in order, and whether to make one is to store them and nothing more.

    It is not where the model has an `__init__` of its own, or a field whose attribute does something when it
    is set: those rows are made by Django.
    """
    names = tuple(field.attname for field in cls._meta.concrete_fields)
    storing = (SealedAttribute, DeferredAttribute, ForeignKeyDeferredAttribute)
    kinds = {type(getattr_static(cls, name)) for name in names}
    return _Columns(names, cls.__init__ is models.Model.__init__ and kinds <= set(storing))
