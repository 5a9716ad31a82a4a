"""Small things every action uses."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID

from audit.clock import now
from audit.covered import Covered
from vetting.policy.calendar import today_stockholm
from vetting.policy.lots import is_drawn, second_ticket
from vetting.policy.workflow import WrongTransition, next_state
from vetting.recruitment.actions.errors import BadInput, Changed, NotComplete, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.draws import committed, second_draw, secret_of
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.models import Candidacy

_draw: ContextVar[Callable[[int], int] | None] = ContextVar("draw", default=None)


def step(machine: str, transition: str, state: str) -> str:
    """The state after `transition`. Raises WrongState when it does not lead out of `state`."""
    try:
        return next_state(machine, transition, state)
    except WrongTransition as error:
        raise WrongState(machine, transition, state) from error


def require_complete(missing: list[Missing]) -> None:
    """Raises NotComplete when anything is missing."""
    if missing:
        raise NotComplete(missing)


def require_moving(case: Case) -> None:
    """Raises NotComplete while the recruitment is on hold: no steps forward."""
    if case.recruitment.on_hold:
        raise NotComplete([Missing("stop", "held")])


def require_unchanged(row: Covered, seen: int | None) -> None:
    """Raises Changed when the row has been written since the form was shown (`seen`: its log entry then)."""
    if seen is not None and row.entry_id != seen:
        raise Changed(row)


def require_past(**days: date | None) -> None:
    """Raises BadInput for a day that has not come yet; the law and the log speak of what has happened."""
    today = today_stockholm(now())
    late = {name: "future" for name, day in days.items() if day is not None and day > today}
    if late:
        raise BadInput(**late)


def draw(below: int) -> int:
    """A random number from 0 to below-1, where nobody has to draw it again."""
    return (_draw.get() or secrets.randbelow)(below)


def draw_second(case: Case, candidacy: Candidacy, on: date) -> None:
    """Decide by lot whether a second approver opines on the finalist, so that it can be drawn again: nothing is saved.

    Her ticket follows from the key of the quarter, told of in the log before and disclosed afterwards: neither
    who hires nor who opines can know it, and the service cannot draw till it suits.
    """
    percent = case.authority.sample_percent
    chosen = _draw.get()
    if chosen is not None:
        candidacy.sampled = chosen(100) < percent
        return
    key = committed(second_draw(on))
    ticket = second_ticket(secret_of(key), case.recruitment.reference, candidacy.label)
    candidacy.sampled = is_drawn(ticket, percent)
    candidacy.draw, candidacy.draw_percent = key.draw, percent


@contextmanager
def drawing_with(source: Callable[[int], int] | None) -> Iterator[None]:
    """Draw from `source` inside the block: the demonstration's seed. Such draws name no key, and prove nothing.

    None: as outside every such block, by the key.
    """
    token = _draw.set(source)
    try:
        yield
    finally:
        _draw.reset(token)


Once = UUID | None
