"""Somebody who takes a break-glass: what the tests of it share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.recruitment.pages import post, signed_in, step_up
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.break_glass import open_break_glass
from vetting.recruitment.models import BreakGlass

WHY = "Handläggaren är inte här och kandidaten ringer om dagens besked."
NOTHING = "Ingen rekrytering öppnades. Kontrollera beteckningen."
HOUR = timedelta(minutes=60)


def begun(world: World) -> Walk:
    """A procurement officer on the way; `hr` is assigned, `stand_in` works beside and is not."""
    walk = Walk(world, "buyer").open()
    walk.finalist("Ek Kanariesson")
    world.hire("stand_in", "hr_officer", unit=world.units["executive"], manager="head")
    return walk


def reference(walk: Walk) -> str:
    return walk.case().recruitment.reference


def opened(walk: Walk, name: str = "stand_in") -> BreakGlass:
    return open_break_glass(by=walk.world.actor(name), reference=reference(walk), reason=WHY)


def at_the_page(world: World, name: str, **fields: Any) -> Any:
    client = signed_in(world, name)
    step_up(client, world, name)
    return post(client, reverse("open_break_glass"), **fields)
