"""The small municipality, fresh for each test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world


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
