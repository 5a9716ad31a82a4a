"""What other rooms have waiting for a person, shown in *Mitt arbete*: a room above adds its own when it starts."""

from __future__ import annotations

from collections.abc import Callable

from vetting.access.actor import Actor
from vetting.web.parts import Link

Waits = Callable[[Actor], list[Link]]
_ROOMS: list[Waits] = []


def also(waits: Waits) -> None:
    """Ask `waits` too whenever somebody opens *Mitt arbete*; a link with a count for each thing, none where none."""
    if waits not in _ROOMS:
        _ROOMS.append(waits)


def elsewhere(actor: Actor) -> list[Link]:
    """What waits for `actor` in the other rooms."""
    return [link for waits in _ROOMS for link in waits(actor)]
