"""Rows that the database keeps beside those of another table, so that one index answers what would take two tables.

A covered row is saved whole, with its history; a copy in it of what changes elsewhere would be a change of its own each
time. Here the copies lie in a table that nothing of the program writes: triggers keep it, in the same transaction and
whoever writes, also many rows at once, and refuse a row that is no copy. It holds nothing of its own, and is made anew
whenever the triggers are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from audit.covered import AppendOnly, _Refusing
from audit.finding import Finding


class KeptQuerySet(_Refusing, models.QuerySet):
    """Reads as any queryset."""

    _refusal = AppendOnly


class Kept(models.Model):
    """A row beside each row of the model `OF`: its columns, and those of what `THROUGH` refers to, are copies.

    `COPIES`: own column → the one that it copies; with `THROUGH` and two underscores before it where it is the other's.
    """

    OF: ClassVar[str]
    THROUGH: ClassVar[str]
    COPIES: ClassVar[Mapping[str, str]]

    source = models.UUIDField(primary_key=True, editable=False)
    """The row that it stands beside."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly: only the database writes these rows."""
        raise AppendOnly(f"{self._meta.label} is kept by the database alone.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises AppendOnly."""
        raise AppendOnly(f"{self._meta.label} is kept by the database alone.")


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done after an event on a table: SQL that both engines read, and under which condition (None: always).

    `alone`: SQL for PostgreSQL alone, done first: SQLite has one writer.
    """

    table: str
    event: str
    when: str | None
    does: tuple[str, ...]
    alone: str


def kept_models() -> Iterator[type[Kept]]:
    """Every concrete model of kept rows, in order of label."""
    found = [model for model in apps.get_models() if issubclass(model, Kept)]
    yield from sorted(found, key=lambda model: model._meta.label_lower)


def tables_of(model: type[Kept]) -> set[str]:
    """The tables whose rows it copies, and its own."""
    source = apps.get_model(model.OF)
    target: Any = source._meta.get_field(model.THROUGH).related_model
    return {model._meta.db_table, source._meta.db_table, target._meta.db_table}


def filling(model: type[Kept], where: str = "") -> str:
    """The SQL that writes the rows, of all there is or of those that `where` says (`s` the source, `t` what it refers
    to)."""
    told = _told(model)
    return f'INSERT INTO "{model._meta.db_table}" ({_names(told)}) {_asked(model, told)}{where}'


def findings() -> Iterator[Finding]:
    """Kept rows that are not as what they copy: written past the triggers, or while they were away."""
    for model in kept_models():
        told = _told(model)
        kept, true = f'SELECT {_names(told)} FROM "{model._meta.db_table}"', _asked(model, told)
        found = set[UUID]()
        with connection.cursor() as cursor:
            for one, other in ((kept, true), (true, kept)):
                cursor.execute(f"{one} EXCEPT {other}")
                found |= {UUID(str(source)) for source, *_copies in cursor.fetchall()}
        for source in sorted(found):
            yield Finding("kept-differs", label=model._meta.label_lower, row=source)


def _told(model: type[Kept]) -> dict[str, str]:
    """Its columns, `source` first, and what each is told as."""
    source: Any = apps.get_model(model.OF)
    target: Any = source._meta.get_field(model.THROUGH).related_model
    told = {_column(model, "source"): f's."{source._meta.pk.column}"'}
    for own, name in model.COPIES.items():
        there, _, rest = name.partition("__")
        of, row = (target, "t") if rest else (source, "s")
        told[_column(model, own)] = f'{row}."{_column(of, rest or there)}"'
    return told


def _names(told: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}"' for name in told)


def _asked(model: type[Kept], told: Mapping[str, str]) -> str:
    return f"SELECT {', '.join(told.values())} {_joined(model)}"


def _joined(model: type[Kept]) -> str:
    source: Any = apps.get_model(model.OF)
    key: Any = source._meta.get_field(model.THROUGH)
    target: Any = key.related_model
    return (
        f'FROM "{source._meta.db_table}" s'
        f' JOIN "{target._meta.db_table}" t ON t."{target._meta.pk.column}" = s."{key.column}"'
    )


def untrue(model: type[Kept], differs: str) -> str:
    """The condition on a row that is written and is not as what it copies: none that a trigger writes is.

    A list lets in whom it says. Whoever writes in the database alone could else put a row there, look, and take it
    away again.
    """
    own, *copies = _told(model).items()
    same = [f'{own[1]} = NEW."{own[0]}"', *(f'NOT (NEW."{name}" {differs} {of})' for name, of in copies)]
    return f"NOT EXISTS (SELECT 1 {_joined(model)} WHERE {' AND '.join(same)})"


def deeds(model: type[Kept], differs: str) -> Iterator[Deed]:
    """What keeps the rows true, whichever of the two is written, and first."""
    source: Any = apps.get_model(model.OF)
    key: Any = source._meta.get_field(model.THROUGH)
    target: Any = key.related_model
    table, pk = f'"{model._meta.db_table}"', f'"{_column(model, "source")}"'
    own, theirs = f'"{source._meta.pk.column}"', f'"{target._meta.pk.column}"'
    gone = f"DELETE FROM {table} WHERE {pk} = OLD.{own}"
    anew = filling(model, f" WHERE s.{own} = NEW.{own}")
    # Two who write at once: a row is copied of what it refers to as that is when the other has finished.
    still = f'PERFORM 1 FROM "{target._meta.db_table}" WHERE {theirs} = NEW."{key.column}" FOR SHARE'
    yield Deed(source._meta.db_table, "INSERT", None, (anew,), still)
    yield Deed(source._meta.db_table, "UPDATE", None, (gone, anew), still)
    yield Deed(source._meta.db_table, "DELETE", None, (gone,), "")
    # Told many at a time, what is referred to may come last.
    first = filling(model, f" WHERE t.{theirs} = NEW.{theirs}")
    yield Deed(target._meta.db_table, "INSERT", None, (first,), "")
    copied = {
        _column(model, mine): _column(target, name.partition("__")[2])
        for mine, name in model.COPIES.items()
        if "__" in name
    }
    changed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in copied.values())
    settings = ", ".join(f'"{mine}" = NEW."{name}"' for mine, name in copied.items())
    beside = f'SELECT {own} FROM "{source._meta.db_table}" WHERE "{key.column}" = NEW.{theirs}'
    follow = f"UPDATE {table} SET {settings} WHERE {pk} IN ({beside})"
    yield Deed(target._meta.db_table, "UPDATE", changed, (follow,), "")


def _column(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).column)
