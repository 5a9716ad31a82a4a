"""The small municipality, fresh for each test."""

from __future__ import annotations

import pytest

from tests.recruitment.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """One municipality in the test's own transaction."""
    return build_world()
