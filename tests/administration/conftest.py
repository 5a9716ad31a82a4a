"""The small municipality, fresh for each test."""

from __future__ import annotations

import pytest

from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """One municipality in the test's own transaction."""
    return build_world()


@pytest.fixture
def old_walk(world: World) -> Walk:
    """A recruitment in which nobody has done anything for more than sixty days, seen from `at(later(70))`."""
    return Walk(world, "assistant").open()
