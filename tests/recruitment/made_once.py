"""Whose reach has a query that is made once, and the same reach asked by queries made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.recruitment.world import World
from vetting.access.actor import Actor
from vetting.recruitment.queries.visible import Reach, reach_of


def made_twice(world: World) -> Iterator[tuple[str, Actor, Reach, Reach]]:
    """Everybody for whom what the roles give is all: her name, herself, and her reach made once and made anew."""
    for name in world.accounts:
        actor = world.actor(name)
        reach = reach_of(actor)
        if reach.terms is not None:
            yield name, actor, reach, replace(reach, terms=None)
