"""The second approver's lot: nobody is drawn in a test, else one run in ten would tell another story.

Other random numbers stay random. A test of the lots themselves asks for `lots_drawn`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from vetting.policy.own_settings import WHOLE
from vetting.recruitment.actions import common
from vetting.recruitment.actions.common import drawing_with


def _nobody(below: int) -> int:
    return below - 1 if below == WHOLE else secrets.randbelow(below)


@pytest.fixture(scope="session", autouse=True)
def nobody_drawn() -> Iterator[None]:
    """In every thread: a variable of a context is unset in the threads of the service that a browser asks."""
    kept = common._draw
    common._draw = ContextVar("draw", default=_nobody)
    yield
    common._draw = kept


@pytest.fixture
def lots_drawn() -> Iterator[None]:
    """Lots fall as they do in a town: by the key of the quarter."""
    with drawing_with(None):
        yield
