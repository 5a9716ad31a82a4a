"""Many units at once, from a list with a row for each: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.administration.actions.units import NewUnit, create_unit
from vetting.organisation.models import Authority, Unit

Once = UUID | None


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the list. `under`: the unit above it, in the tree already or in an earlier row; None at the top."""

    number: int
    authority: Authority
    name: str
    under: Unit | Row | None
    profiles: tuple[str, ...]
    valid_from: date


def import_units(rows: Sequence[Row], *, by: Actor, once: Once = None) -> list[Unit]:
    """Lay up every unit, each with an entry of its own, in one transaction. Raises Denied, BadInput."""
    require(by, "unit.create")
    made: dict[int, Unit] = {}
    with transaction.atomic():
        for row in rows:
            parent = made[row.under.number] if isinstance(row.under, Row) else row.under
            wanted = NewUnit(row.authority, parent, row.name, row.profiles, row.valid_from)
            made[row.number] = create_unit(wanted, by=by, once=once if not made else None)
    return list(made.values())
