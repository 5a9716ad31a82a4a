"""The small municipality of recruitments, for what becomes of them afterwards."""

from __future__ import annotations

import pytest

from tests.disposal.cases import Over, build_over
from tests.recruitment.world import World, build_world


@pytest.fixture
def over(db: None) -> Over:
    """A recruitment that is over: K1 was engaged, K2 was not, K3 withdrew."""
    return build_over()


@pytest.fixture
def world(db: None) -> World:
    """A municipality in which nothing has happened."""
    return build_world()
