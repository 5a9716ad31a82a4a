"""Proposing and confirming in the tests of the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.recruitment.world import World
from vetting.access.models import RoleGrant
from vetting.administration.actions.roles import Wanted, confirm_role, locked_role, propose_role


def wanted(world: World, name: str, role: str, place: Any = None, **days: Any) -> Wanted:
    """A role for the person behind the short name, from today."""
    first: date = days.pop("valid_from", world.today)
    return Wanted(world.person(name), role, place, valid_from=first, **days)


def proposed(
    world: World, name: str = "employee", role: str = "hr_officer", place: Any = "", **more: Any
) -> RoleGrant:
    """A proposal by the administrator: an HR officer of the school where nothing else is said."""
    here = world.units["school"] if place == "" else place
    return propose_role(wanted(world, name, role, here, **more), by=world.actor("administrator"))


def confirmed(world: World, grant: RoleGrant, by: str = "hr_head") -> RoleGrant:
    """The proposal, signed."""
    with locked_role(grant.pk) as fresh:
        confirm_role(fresh, by=world.actor(by))
    return fresh
