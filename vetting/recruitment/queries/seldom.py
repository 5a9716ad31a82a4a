"""What is seldom there, asked for by one query: waivers to sign, rounds that want a guest, legal holds
to lift, a break-glass lately.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from vetting.access.actor import Actor
from vetting.recruitment.queries.emergencies import opened_lately
from vetting.recruitment.queries.guests import without_guest
from vetting.recruitment.queries.holds import to_be_lifted
from vetting.recruitment.queries.visible import Reach
from vetting.recruitment.queries.waivers import to_be_signed

GLASS, GUEST, WAIVER, HOLD = range(4)
"""In the order in which they are shown."""
COLUMNS = ("in_order", "the_id", "the_case", "the_reference", "the_post", "the_unit", "the_day")


@dataclass(frozen=True, slots=True)
class Waits:
    """A round without its guest, a waiver to sign, or a hold to lift: `day` is the planned start, the waiver's last
    day, or the day the lift was proposed.
    """

    pk: UUID
    recruitment: UUID
    reference: str
    post: str
    unit: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Seldom:
    """What there is: the first of each, soonest first, and whether anybody has opened anything lately."""

    guests: list[Waits]
    waivers: list[Waits]
    holds: list[Waits]
    is_glass: bool


def seldom(actor: Actor, known: Reach, number: int) -> Seldom:
    """At most `number` of each, rounds first: one query."""
    asked = [_glass(actor)]
    guests, waivers = without_guest(actor, known), to_be_signed(actor, known)
    if guests is not None:
        asked.append(_listed(GUEST, guests, "planned_start"))
    if waivers is not None:
        asked.append(_listed(WAIVER, waivers, "until"))
    holds = to_be_lifted(actor, known)
    if holds is not None:
        asked.append(_listed(HOLD, holds, "lift_proposed_on", of=""))
    first, *others = asked
    found = first.union(*others, all=True) if others else first
    # One row tells of every break-glass; an empty day comes last.
    rows = list(found.order_by("in_order", F("the_day").asc(nulls_last=True), "the_id")[: number + 1])
    return Seldom(
        [Waits(*row[1:]) for row in rows if row[0] == GUEST][:number],
        [Waits(*row[1:]) for row in rows if row[0] == WAIVER][:number],
        [Waits(*row[1:]) for row in rows if row[0] == HOLD][:number],
        any(row[0] == GLASS for row in rows),
    )


def _listed(kind: int, rows: QuerySet[Any], day: str, of: str = "recruitment__") -> QuerySet[Any, Any]:
    """`of`: the way from the row to its recruitment."""
    told = rows.order_by().annotate(
        in_order=Value(kind, IntegerField()),
        the_id=F("pk"),
        the_case=F(f"{of}pk"),
        the_reference=F(f"{of}reference"),
        the_post=F(f"{of}position__title"),
        the_unit=F(f"{of}unit__name"),
        the_day=F(day),
    )
    return told.values_list(*COLUMNS)


def _glass(actor: Actor) -> QuerySet[Any, Any]:
    # Cast: PostgreSQL takes a NULL that stands alone for a text, and a union has one type for each column.
    nothing = {name: Cast(Value(""), CharField()) for name in ("the_reference", "the_post", "the_unit")}
    nobody = {name: Cast(Value(None), UUIDField()) for name in ("the_id", "the_case")}
    told = (
        opened_lately(actor)
        .order_by()
        .annotate(
            in_order=Value(GLASS, IntegerField()), the_day=Cast(Value(None), DateField()), **nothing, **nobody
        )
    )
    return told.values_list(*COLUMNS).distinct()
