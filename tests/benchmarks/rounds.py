"""A round of 500: entering it, its pages beside those of 50, a hundred ticks beside a hundred pages of one each."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from tests.benchmarks.growing import Ask, beside, take
from tests.benchmarks.measure import Figure
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import entered, in_homes, opened
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world

FEW, MANY, TICKS, ONE_BY_ONE = 50, 500, 100, 10
CODE = "population_register"


def figures() -> list[Figure]:
    """Seconds, milliseconds and bytes; needs an empty database."""
    world = build_world()
    post = in_homes(world)
    few, many = _made(world, post, FEW), _made(world, post, MANY)
    client = signed_in(world, "hr")
    pages = beside("rounds", (FEW, take(_pages(client, few[0]))), (MANY, take(_pages(client, many[0]))))
    noted = _noted(many[0], world)
    entering, clicking = "a list entered, s per 100", "100 ticks, one confirmation"
    return [
        Figure("rounds", entering, MANY, "s", many[1] / MANY * 100, f"of {FEW}", few[1] / FEW * 100),
        *pages,
        Figure("rounds", clicking, MANY, "s", noted[0], "a page for each", noted[1], ("≤", 0.5)),
    ]


def _pages(client: Client, walk: Walk) -> dict[str, Ask]:
    """The pages of a round, and the recruitment's own."""
    addresses = {
        "the grid, 50 a page": url("round_view", walk) + "?visa=alla&antal=50",
        "row by row": url("note_each", walk),
        "for everybody, to confirm": url("note_together", walk, code=CODE) + "?alla=1",
        "whom one declares about": url("give_declaration", walk),
        "the recruitment": url("recruitment_view", walk),
    }
    return {name: lambda where=where: client.get(where) for name, where in addresses.items()}


def _made(world: World, post: str, count: int) -> tuple[Walk, float]:
    """A round of so many, and how long it took to enter it."""
    walk = opened(world, post, places=500)
    seconds = _timed(lambda: entered(walk, count))
    walk.declare("hr", "manager")
    return walk, seconds


def _noted(walk: Walk, world: World) -> tuple[float, float]:
    """Seconds for a hundred noted together, and for as many noted each on its own page."""
    client = signed_in(world, "hr")
    people = walk.case().candidacies
    typed = {"outcome": "matches", "checked_on": str(walk.on), "seen": ""}
    where = url("note_together", walk, code=CODE)
    picked = " ".join(candidacy.label for candidacy in people[:TICKS])

    def together() -> None:
        answer = client.post(where, typed | {"pick": picked, "once": str(uuid4())})
        _require(answer.status_code == 302)

    checks = [walk.case().check_named(CODE, candidacy) for candidacy in people[TICKS : TICKS + ONE_BY_ONE]]

    def one_by_one() -> None:
        for check in checks:
            if check is not None:
                own = url("record_check", walk, check=check.pk)
                answer = client.post(own, typed | {"seen": str(check.entry_id), "once": str(uuid4())})
                _require(answer.status_code == 302)

    return _timed(together), _timed(one_by_one) * TICKS / ONE_BY_ONE


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _require(done: bool) -> None:
    if not done:
        raise RuntimeError("The round was not noted as it should be.")
