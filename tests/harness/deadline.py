"""No test may hang the suite: past its deadline it fails where it stands."""

import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

USUAL, WITH_BROWSER = 60, 120
IN_FULL = 6 * 60 * 60 if os.environ.get("SOAK") else 0
"""A campaign is the same test with its numbers turned up: it has an afternoon, and the machine is seldom its own."""


class TooLong(BaseException):
    """The test passed its deadline; the traceback shows where it stood. No page takes it for its own fault."""


def _raise(number: int, frame: FrameType | None) -> None:
    raise TooLong


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Set the alarm around the test's own body, in seconds of the marker `deadline`, of the browser, or the usual."""
    marker = item.get_closest_marker("deadline")
    usual = WITH_BROWSER if item.get_closest_marker("browser") else USUAL
    earlier = signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_REAL, max(marker.args[0] if marker else usual, IN_FULL))
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
