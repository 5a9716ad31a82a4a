"""Tells all recruitments together, in the order of time, so that the log reads as a town at work.

Each tale is a generator that does one step of the real actions and says how many working days pass before the next;
a heap always takes the one whose turn is earliest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heapify, heappop, heappush
from random import Random
from typing import Protocol

from audit import clock
from audit.covered import Covered
from vetting.policy.calendar import STOCKHOLM, is_working_day
from vetting.recruitment.actions.common import drawing_with
from vetting.recruitment.demo.deciding import decisions, last_checks, opinions
from vetting.recruitment.demo.employed import afterwards, closed, reported, started
from vetting.recruitment.demo.opening import Left, Steps, cheaper_checks, finalists, going_on, need
from vetting.recruitment.demo.plots import Plot
from vetting.recruitment.demo.tale import Scene, Tale

MORNING, EVENING = 7 * 60 + 40, 16 * 60 + 50
CHAPTERS = (need, finalists, cheaper_checks, going_on, opinions, last_checks, decisions, reported, started, closed,
            afterwards)  # fmt: skip


class Told(Protocol):
    """What is told in steps: a recruitment, or a post's risk analysis."""

    random: Random

    @property
    def is_settled(self) -> bool:
        """Whether its rows are hardly saved any more."""

    def refresh(self) -> None:
        """Read its rows anew."""

    def rows(self) -> Iterator[Covered]:
        """All of its rows."""


class Stage(Scene, Protocol):
    """Where steps are taken: all in memory and written in batches, or each on the live database."""

    def step(self, told: Told, do: Callable[[], int | None]) -> int | None:
        """Take one step."""

    def ended(self, told: Told) -> None:
        """It is over for now: its rows will not change soon."""


Begin = Callable[[Stage, Random], tuple[Told, Steps]]
"""Begins a telling: what is told, and its steps."""


class Calendar:
    """The working days from the first to the last moment of the telling."""

    def __init__(self, since: datetime, until: datetime) -> None:
        first, last = since.astimezone(STOCKHOLM).date(), until.astimezone(STOCKHOLM).date()
        self.until = until
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days: list[date] = [day for day in days if is_working_day(day)]
        self._midnights = [datetime.combine(day, time(0), STOCKHOLM) for day in self.days]

    def moment(self, place: int, minute: float) -> datetime | None:
        """That minute of the day with that number, None after the last."""
        if place >= len(self.days):
            return None
        # Hours count from midnight by the wall clock: no office is open when summer time begins.
        return (self._midnights[place] + timedelta(minutes=minute)).astimezone(UTC)


@dataclass(slots=True)
class Thread:
    """A telling in progress, and where in time it is."""

    told: Told
    steps: Steps
    place: int
    minute: float


def recruitment(plot: Plot, stage: Stage, random: Random) -> tuple[Told, Steps]:
    """Begins the tale of one recruitment."""
    tale = Tale(stage, plot, random)
    return tale, chapters(tale)


def chapters(tale: Tale) -> Steps:
    """The whole of it, as far as its plot goes."""
    try:
        for chapter in CHAPTERS:
            yield from chapter(tale)
    except Left:
        return


def tell(stage: Stage, calendar: Calendar, beginnings: list[tuple[int, Begin]], seed: str) -> Iterator[int]:
    """Tell each from its first working day (a number of the calendar's). Yields how many are over, as they end."""
    heap = [
        (moment, number)
        for number, (place, _) in enumerate(beginnings)
        if (moment := calendar.moment(place, _first_minute(number))) is not None
    ]
    heapify(heap)
    running: dict[int, Thread] = {}
    over = len(beginnings) - len(heap)
    while heap:
        moment, number = heappop(heap)
        if moment >= calendar.until:
            over += 1
            continue
        thread = running.get(number)
        if thread is None:
            place, begin = beginnings[number]
            told, steps = begin(stage, Random(f"{seed}:{number}"))
            thread = running[number] = Thread(told, steps, place, _first_minute(number))
        with clock.at(moment), drawing_with(thread.told.random.randrange):
            wait = stage.step(thread.told, partial(next, thread.steps, None))
        following = _following(calendar, thread, wait)
        if following is not None:
            heappush(heap, (following, number))
            continue
        over += 1
        stage.ended(thread.told)
        del running[number]
        yield over


def _first_minute(number: int) -> int:
    return MORNING + number * 37 % (EVENING - MORNING)


def _following(calendar: Calendar, thread: Thread, wait: int | None) -> datetime | None:
    """When the tale goes on, None where it has ended or its next step lies in the future."""
    if wait is None:
        return None
    random = thread.told.random
    if wait == 0:
        thread.minute += random.uniform(2, 40)
    if wait or thread.minute > EVENING:
        thread.place += max(wait, 1)
        thread.minute = random.uniform(MORNING, EVENING)
    moment = calendar.moment(thread.place, thread.minute)
    return moment if moment is not None and moment < calendar.until else None
