"""What a state machine is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["no", "yes", "list"]

#: The source of a transition that creates the object.
NEW = "new"


@dataclass(frozen=True, slots=True)
class State:
    """One state. ``final``: nothing leads out of it."""

    code: str
    label: str
    meaning: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another.

    ``permission``: what the person needs, None where nobody acts (derived when the page is read).
    ``other_than``: relations the acting person must not have. ``reason``: none, free text, or from a list.
    ``automatic``: follows from another act. ``event``: code of the audit event of that act.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str | None
    event: str | None
    condition: str
    other_than: tuple[str, ...] = ()
    reason: Reason = "no"
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """States and transitions of one kind of object."""

    code: str
    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
