"""Figures as one table for people."""

from __future__ import annotations

from collections.abc import Iterable

from tests.benchmarks.measure import Figure

HEADS = ("bench", "what", "size", "ours", "against", "theirs", "ratio", "reach", "", "queries", "bytes")
LEFT = {0, 1, 4}


def table(figures: Iterable[Figure]) -> str:
    """The table, columns aligned."""
    lines = [HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(widths[n]) if n in LEFT else cell.rjust(widths[n]) for n, cell in enumerate(line)
        )
        for line in lines
    )


def _cells(figure: Figure) -> tuple[str, ...]:
    reach = f"{figure.reach[0]} {figure.reach[1]:g}" if figure.reach else ""
    sign = {True: "✓", False: "✗", None: ""}[figure.is_reached]
    return (
        figure.bench,
        figure.what,
        str(figure.size),
        f"{_number(figure.ours)} {figure.unit}",
        figure.against,
        f"{_number(figure.theirs)} {figure.unit}",
        f"{figure.ratio:.2f}" if figure.ratio >= 0.1 else f"{figure.ratio:.4f}",
        reach,
        sign,
        "" if figure.queries is None else str(figure.queries),
        "" if figure.bytes is None else str(figure.bytes),
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
