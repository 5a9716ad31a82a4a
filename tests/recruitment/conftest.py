"""The small municipality, fresh for each test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache

from tests.harness.replay import replayed
from tests.recruitment.opinions import ask
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world

BEGINNINGS = {"from_ready", "from_asked", "from_buyer"}


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest) -> World:
    """One municipality in the test's own transaction: that of the walk that the test begins with, where it has one."""
    for name in BEGINNINGS & set(request.fixturenames):
        begun: World = request.getfixturevalue(name)[0].world
        return begun
    return build_world()


@replayed
def build_ready() -> tuple[Walk, Any]:
    walk = Walk(build_world(), "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist


@replayed
def build_asked() -> tuple[Walk, Any, UUID]:
    return ask(build_world())


@replayed
def build_buyer() -> tuple[Walk, Any]:
    walk = Walk(build_world(), "buyer").open()
    return walk, walk.finalist("Björk Kanarieberg")


@pytest.fixture
def from_ready(db: None) -> tuple[Walk, Any]:
    return build_ready()


@pytest.fixture
def ready(from_ready: tuple[Walk, Any]) -> tuple[Walk, Any]:
    """A school assistant's finalist who has gone on to the final checks."""
    return from_ready


@pytest.fixture
def from_asked(db: None) -> tuple[Walk, Any, UUID]:
    return build_asked()


@pytest.fixture
def asked(from_asked: tuple[Walk, Any, UUID]) -> tuple[Walk, Any, UUID]:
    """A procurement officer for whom an opinion has been asked for."""
    return from_asked


@pytest.fixture
def from_buyer(db: None) -> tuple[Walk, Any]:
    return build_buyer()


@pytest.fixture
def buyer(from_buyer: tuple[Walk, Any]) -> tuple[Walk, Any]:
    """A finalist for a post that asks for a declaration, in a minute in which nobody has tried a candidate's code."""
    cache.clear()
    return from_buyer
