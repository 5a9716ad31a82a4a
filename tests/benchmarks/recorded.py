"""What whole applications took on the same two cores, recorded: they cannot run beside ours in one run.

Horilla 1.x, a Django HR system, with 5,000 and 20,000 candidates; milliseconds and queries a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.benchmarks.measure import Figure

PEER = "Horilla, recorded at"
TOOK: dict[str, dict[int, tuple[float, float]]] = {
    "worklist": {5_000: (675.0, 8.0), 20_000: (2_070.0, 8.0)},
    "recruitment page, checks and 20 events": {5_000: (240.0, 3.0)},
    "Mitt arbete": {5_000: (2_500.0, 20.0), 20_000: (8_000.0, 20.0)},
    "Kontrollfunktionen": {5_000: (2_500.0, 20.0), 20_000: (8_000.0, 20.0)},
}
"""Page → size → milliseconds, and how many times faster ours should be."""


def beside(found: Iterable[Figure]) -> Iterator[Figure]:
    """A line for each measured page that a peer has, at the peer's largest size not above ours, or its smallest."""
    for figure in found:
        took = TOOK.get(figure.what)
        if figure.bench != "pages" or figure.against != "bare view" or took is None:
            continue
        size = max((each for each in took if each <= figure.size), default=min(took))
        theirs, times = took[size]
        yield Figure(
            "peers", figure.what, figure.size, "ms", figure.ours, f"{PEER} {size}", theirs,
            ("≤", round(1 / times, 3)), figure.queries, figure.bytes,
        )  # fmt: skip
