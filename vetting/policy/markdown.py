"""The little of Markdown that the printed policy needs."""

from __future__ import annotations

from collections.abc import Iterable


def cell(text: str) -> str:
    """Text that cannot break out of its cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table with a head; every cell on one line."""
    heads = [cell(h) for h in head]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(cell(c) for c in row) + " |" for row in rows]
    return "\n".join(lines)


def anchor(heading: str) -> str:
    """The address of a heading within the document."""
    return heading.lower().replace(",", "").replace(" ", "-")
