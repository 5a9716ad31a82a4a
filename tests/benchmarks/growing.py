"""A page with few rows beside itself with many: as many queries, no more bytes than allowed, about the same time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.measure import Figure, counted, take_turns

TURNS = 7
MOST_BYTES, GROWTH = 60_000, 1.3
Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page took at one size: milliseconds, queries on both databases, bytes."""

    ms: float
    queries: int
    bytes: int


def take(asks: Mapping[str, Ask]) -> dict[str, Taken]:
    """Each page, several times in turn. Raises RuntimeError for one that does not answer."""
    told = {}
    for name, ask in asks.items():
        ask()
        with counted() as said:
            page = ask()
        if page.status_code != 200:
            raise RuntimeError(f"{name} answered {page.status_code}.")
        told[name] = (len(said), len(page.content))
    seconds = take_turns(asks, TURNS, warm=1)
    return {name: Taken(seconds[name] * 1000, *told[name]) for name in asks}


def beside(
    bench: str,
    few: tuple[int, Mapping[str, Taken]],
    many: tuple[int, Mapping[str, Taken]],
    level: Collection[str] = (),
) -> list[Figure]:
    """Two lines a page: the time of many beside few, and the bytes beside those allowed. Raises RuntimeError where
    many rows cost more queries than few. `level`: pages whose time should not grow; a list that counts its tabs does.
    """
    found = []
    for name, late in many[1].items():
        early = few[1][name]
        if late.queries != early.queries:
            raise RuntimeError(f"{name}: {late.queries} queries of {many[0]}, {early.queries} of {few[0]}.")
        found += [
            Figure(
                bench, name, many[0], "ms", late.ms, f"itself of {few[0]}", early.ms,
                ("≤", GROWTH) if name in level else None, late.queries, late.bytes,
            ),
            Figure(bench, name, many[0], "B", late.bytes, "bytes allowed", MOST_BYTES, ("≤", 1.0)),
        ]  # fmt: skip
    return found
