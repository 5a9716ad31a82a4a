"""Naming a substitute in tests, through the real action or for days that have passed."""

from __future__ import annotations

from datetime import date, timedelta

from tests.recruitment.world import World, put
from vetting.access.models import Delegation
from vetting.accounts.models import Person
from vetting.administration.actions.delegations import (
    Period,
    create_delegation,
    end_delegation,
    locked_delegation,
)


def stand_in(
    world: World, absent: str, substitute: str, *, first: date | None = None, days: int = 30
) -> Delegation:
    """`substitute` stands in for `absent` from today (or from `first`) for that many days."""
    start = first or world.today
    person: Person = world.person(substitute)
    period = Period(start, start + timedelta(days=days - 1))
    return create_delegation(by=world.actor(absent), substitute=person, period=period)


def stood_in(world: World, absent: str, substitute: str, *, ended: int = 1, days: int = 10) -> Delegation:
    """A delegation whose last day was `ended` days ago."""
    last = world.today - timedelta(days=ended)
    first = last - timedelta(days=days - 1)
    row = Delegation(
        absent=world.person(absent),
        substitute=world.person(substitute),
        valid_from=first,
        valid_to=last,
        created_by=world.person(absent),
        created_on=first,
    )
    put(row)
    return row


def ended(world: World, row: Delegation, by: str) -> Delegation:
    """The delegation, ended early by `by`."""
    with locked_delegation(row.pk) as fresh:
        end_delegation(fresh, by=world.actor(by))
    return fresh
