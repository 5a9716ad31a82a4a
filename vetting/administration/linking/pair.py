"""The two persons that turn out to be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vetting.accounts.models import Account, Person


@dataclass(frozen=True, slots=True)
class Pair:
    """`kept` is counted from now on; `gone` keeps what is over, and no account."""

    kept: UUID
    gone: UUID

    @property
    def both(self) -> frozenset[UUID]:
        """The two ids."""
        return frozenset({self.kept, self.gone})

    def within(self, *persons: UUID | None) -> bool:
        """Whether both are among `persons`: what two were to do, one has done."""
        return self.both <= set(persons)


def person_columns() -> list[tuple[Any, str]]:
    """Every (model, column) of the program that names a person, those without a way back included."""
    fields: list[Any] = Person._meta.get_fields(include_hidden=True)
    return [
        (field.related_model, field.field.name)
        for field in fields
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    ]


def pair_of(one: Account, other: Account) -> Pair:
    """The person who was entered first is kept, whichever account was named first."""
    persons: list[Person] = sorted(
        (one.person, other.person), key=lambda person: (person.created_at, str(person.pk))
    )
    return Pair(persons[0].pk, persons[1].pk)


def renamed_ids(barred: str, pair: Pair) -> str:
    """A list of ids as a row keeps it (hexadecimal, spaces between), with the one who is kept for the one who goes."""
    found = {pair.kept.hex if person == pair.gone.hex else person for person in barred.split()}
    return " ".join(sorted(found))
