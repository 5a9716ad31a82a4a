"""Every route of the program, from its own resolver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver, get_resolver

T = TypeVar("T")


@dataclass(frozen=True)
class Route:
    """One address: its name, its pattern with named places, and what it declares."""

    name: str
    pattern: str
    places: tuple[str, ...]
    declaration: Any

    def __str__(self) -> str:
        return self.name


def every_route() -> list[Route]:
    """All of them, in the order they are tried."""
    return list(_walk(get_resolver(), ""))


def share(ways: Sequence[T], place: int, person: int, persons: int) -> list[T]:
    """Of the ways to ask the route at `place`, those of one of so many persons.

    All of them together try every way, and each of them tries one at least of every route.
    """
    turn = (place + person) % persons
    return list(ways[turn::persons]) or [ways[turn % len(ways)]]


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(
                entry.name or pattern,
                pattern,
                tuple(entry.pattern.regex.groupindex),
                getattr(entry.callback, "declaration", None),
            )
