"""Runs the benches, prints one table and writes it as JSON: `python -m tests.benchmarks [FILE]` (bench.json).

BENCH_SIZES=1000,4000 for a quick look (usually 5000,20000), BENCH_REPORTS likewise; BENCH=pages,door for some of them.
BENCH_KEEP=folder keeps what is seeded for the next run. SQLite, or the server that TEST_DATABASE_URL names. Exit 0 also
where a ratio is missed: a busy machine fails no build.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.benchmarks.measure import Figure

SIZES = "5000,20000"
LIST_ROWS = 10_000
EVERY = (
    "sealing", "writes", "verifying", "pages", "grants", "door", "served", "reports", "rounds", "everyday",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run what is asked for. Exit 2 for a size or a name that cannot be."""
    asked = [name for name in os.environ.get("BENCH", "").split(",") if name] or list(EVERY)
    try:
        sizes = sorted({int(size) for size in os.environ.get("BENCH_SIZES", SIZES).split(",")})
    except ValueError:
        sizes = []
    if not sizes or sizes[0] < 1 or set(asked) - set(EVERY):
        sys.stderr.write(f"BENCH_SIZES is like {SIZES}, BENCH like {','.join(EVERY)}.\n")
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    from django.db import connection

    from tests.benchmarks.table import table

    found = list(_measured(asked, sizes))
    about = {"engine": connection.vendor, "python": platform.python_version(), "cores": os.cpu_count()}
    target = Path(arguments[0] if arguments else "bench.json")
    target.write_text(
        json.dumps({**about, "figures": [f.as_json() for f in found]}, indent=1, ensure_ascii=False)
    )
    sys.stdout.write(f"{table(found)}\n\n{about}; also in {target}\n")
    return 0


def _measured(asked: list[str], sizes: list[int]) -> Iterator[Figure]:
    """Every figure; one database at a time."""
    from tests.benchmarks import (
        door,
        everyday,
        grants,
        pages,
        recorded,
        reports,
        rounds,
        sealing,
        served,
        verifying,
        writers,
        writes,
    )
    from tests.benchmarks.databases import databases

    with databases() as made:
        if "sealing" in asked:
            yield from sealing.values()
            with made.empty():
                yield from sealing.lists(LIST_ROWS)
        if "writes" in asked:
            with made.empty():
                yield from writes.figures()
            with made.empty():
                yield from writers.figures()
        if "verifying" in asked:
            yield from verifying.figures()
        if "reports" in asked:
            with made.empty():
                yield from reports.figures()
        if "rounds" in asked:
            with made.empty():
                yield from rounds.figures()
        if "everyday" in asked:
            with made.empty():
                yield from everyday.figures()
        shown: list[Figure] = []
        seen: list[Figure] = []
        for size in sizes if {"pages", "grants", "door", "served"} & set(asked) else []:
            with made.seeded(size):
                if "pages" in asked:
                    shown += pages.figures(size)
                if "grants" in asked:
                    seen += grants.figures(size)
                if "door" in asked and size == sizes[-1]:
                    yield from door.figures(size)
                if "served" in asked:
                    yield from served.figures(size)
        yield from seen
        yield from shown
        yield from recorded.beside(shown)
        yield from pages.growth(shown)
        yield from grants.growth(seen)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
