"""What goes along in the addresses of a page, as the list that one walks does: set for one answer, used by its tags."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar


def _alone(url: str) -> str:
    return url


carry: ContextVar[Callable[[str], str]] = ContextVar("carry", default=_alone)
"""Gives an address with what goes along to it; whoever sets it says to which."""


def along(url: str) -> str:
    """`url` as it should stand on the page being answered from; "" stays ""."""
    return carry.get()(url)
