"""The small municipality, fresh for each test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache

from tests.recruitment.opinions import ask
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.recruitment.actions.common import drawing_with


@pytest.fixture
def world(db: None) -> World:
    """One municipality in the test's own transaction."""
    return build_world()


@pytest.fixture
def ready(world: World) -> tuple[Walk, Any]:
    """A school assistant's finalist who has gone on to the final checks."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist


@pytest.fixture
def asked(world: World, not_drawn: None) -> tuple[Walk, Any, UUID]:
    """A procurement officer for whom an opinion has been asked for."""
    return ask(world)


@pytest.fixture
def not_drawn() -> Any:
    """The random sample draws nobody."""
    with drawing_with(lambda below: below - 1):
        yield


@pytest.fixture
def buyer(world: World, not_drawn: None) -> tuple[Walk, Any]:
    """A finalist for a post that asks for a declaration, in a minute in which nobody has tried a candidate's code."""
    cache.clear()
    walk = Walk(world, "buyer").open()
    return walk, walk.finalist("Björk Kanarieberg")
