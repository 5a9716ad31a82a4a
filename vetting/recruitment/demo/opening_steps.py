"""What every chapter of a tale is made of: steps, and where the telling leaves a recruitment."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.recruitment.demo.tale import Tale

Steps = Iterator[int]
"""Working days until the next step; 0: later the same day."""


class Left(Exception):
    """The telling leaves the recruitment where it is."""


def leave_at(tale: Tale, *states: str) -> None:
    """Raises Left where the plot goes no further."""
    if tale.plot.until in states:
        raise Left
