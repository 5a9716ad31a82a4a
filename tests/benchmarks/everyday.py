"""The day's pages where there is much of it: *Får jag boka?* over 20,000 clearances, the queue of 2,000 opinions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.copies import another, copy, rows_of
from tests.benchmarks.growing import Ask, Taken, beside, take
from tests.benchmarks.measure import Figure
from tests.recruitment.opinions import ask
from tests.recruitment.pages import signed_in
from tests.recruitment.pool import ASK, NAME, booker, cleared, told
from tests.recruitment.visit import filled
from tests.recruitment.world import World, build_world
from vetting.recruitment.models import Opinion, PoolClearance

CLEARANCES = int(os.environ.get("BENCH_CLEARANCES", "20000"))
WAITING = int(os.environ.get("BENCH_WAITING", "2000"))
TENTH = 10


def figures() -> Iterator[Figure]:
    """All of them; needs an empty database."""
    world = build_world()
    yield from _queue(world)
    yield from _pool(world)


def _pool(world: World) -> list[Figure]:
    """Asking by name, by reference and for nobody, and the list; with a tenth of the clearances and with all."""
    walk, _finalist, clearance = cleared(world)
    rows = rows_of(walk.pk)
    taken: list[tuple[int, dict[str, Taken]]] = []
    for size in (CLEARANCES // TENTH, CLEARANCES):
        have = PoolClearance.objects.count()
        copy(rows, range(have, size), another)
        booker(world, f"booker_{size}")  # one may ask so many times an hour
        client, manager = signed_in(world, f"booker_{size}"), signed_in(world, "manager")
        asks: dict[str, Ask] = {
            "Får jag boka? by name": _question(client, NAME, "Ja"),
            "Får jag boka? by reference": _question(client, clearance.reference, "Ja"),
            "Får jag boka? for nobody": _question(client, "Ingen Alls", "Nej"),
            "Klar för pool, the list": lambda c=manager: c.get("/klar-for-pool/"),
        }
        taken.append((size, take(asks)))
    return beside("everyday", *taken, level=[name for name in asks if name.startswith("Får jag boka?")])


def _question(client: Any, who: str, answer: str) -> Ask:
    def question() -> Any:
        page = client.post(ASK, filled(who=who))
        if answer not in told(page.content.decode()):
            raise RuntimeError(f"{who} was not answered {answer}.")
        return page

    return question


def _queue(world: World) -> list[Figure]:
    """The approver's queue, her first page, and what has been given; with a tenth of what waits and with all."""
    walk, _finalist, _opinion = ask(world)
    rows = rows_of(walk.pk)
    taken: list[tuple[int, dict[str, Taken]]] = []
    for size in (WAITING // TENTH, WAITING):
        copy(rows, range(Opinion.objects.count(), size), another)
        client = signed_in(world, "security_one")
        asks: dict[str, Ask] = {
            name: lambda c=client, where=where: c.get(where)
            for name, where in (
                ("Säkerhetsyttranden, the queue", "/godkannanden/"),
                ("Säkerhetsyttranden, the last page", "/godkannanden/?visa=alla&sida=9999"),
                ("Mitt arbete of an approver", "/arbete/"),
            )
        }
        taken.append((size, take(asks)))
    return beside("everyday", *taken)
