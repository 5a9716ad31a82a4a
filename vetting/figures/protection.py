"""Small numbers: which cells of a table may be shown, so that no reader can tell that few did something.

One dimension whose total is published: a cell below `k`, a zero, or one with too few who told of it is kept back,
with others beside it until those kept back are many enough together. Protected is one word: which cell was small and
which was taken with it is not told. Counts that are to be trusted are neither rounded nor given noise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

K = 5
"""The smallest count that is shown."""
REPORTERS = 3
"""How many must have told of what a cell counts; all who are anonymous count as one."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it may be shown: None for what is protected. Without `total` nothing is shown at all."""

    total: int | None
    cells: Mapping[str, int | None]


def protect(
    counts: Mapping[str, int],
    *,
    k: int = K,
    zeros: bool = False,
    coalition: bool = False,
    reporters: Mapping[str, int] | None = None,
    impossible: frozenset[str] = frozenset(),
) -> Protected:
    """The table of `counts`, whose categories are all there are, with its total.

    `zeros`: a zero is protected too, as it tells that nobody did. `coalition`: also against one who knows one's own
    cell. `reporters`: how many told of each. `impossible`: cells that can only be zero; they protect nothing.
    """
    total, none = sum(counts.values()), dict.fromkeys(counts, None)
    if total < k:
        return Protected(None, none)
    open_ = {code: value for code, value in counts.items() if code not in impossible}
    kept = {
        code
        for code, value in open_.items()
        if 0 < value < k
        or (value == 0 and zeros)
        or (value >= k and reporters is not None and reporters.get(code, 0) < REPORTERS)
    }
    while kept and not _is_safe(kept, open_, k, coalition):
        left = [code for code, value in open_.items() if code not in kept and value]
        if not left:
            return Protected(total, none)
        kept.add(min(left, key=lambda code: open_[code]))
    if kept and kept == {code for code, value in open_.items() if value or zeros}:
        return Protected(total, none)
    return Protected(total, {code: None if code in kept else value for code, value in counts.items()})


def protect_each(
    counts: Mapping[str, int], total: int, *, k: int = K, reporters: Mapping[str, int]
) -> dict[str, int | None]:
    """Where several answers may be given: each is shown only where as many as `k` gave it, and as many did not."""
    return {
        code: value if value >= k and total - value >= k and reporters.get(code, 0) >= REPORTERS else None
        for code, value in counts.items()
    }


def _is_safe(kept: set[str], counts: Mapping[str, int], k: int, coalition: bool) -> bool:
    def holds(some: set[str]) -> bool:
        return len(some) >= 2 and sum(counts[code] for code in some) >= k

    return holds(kept) and (not coalition or all(holds(kept - {code}) for code in kept))
