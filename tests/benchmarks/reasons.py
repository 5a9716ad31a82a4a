"""What docs/speed.md says around its tables, and why a ratio is not where it should be."""

from __future__ import annotations

OPENING = """# What it costs, beside what else there is

Written by `python -m tests.benchmarks.document`, from what `make bench` measured. Works take turns in one run, so what
else the machine does falls on all alike, and the median counts. **Only the ratio is a claim**: ours in relation to what
stands beside it; the times move by a factor of two from run to run. ✓: within reach, ✗: not, and then it says why.
*Recorded* peers are whole applications that were measured on the same two cores before, and cannot run beside ours.

```
make bench                                              # SQLite → bench.json
TEST_DATABASE_URL=postgresql://… make bench             # a server of your own
BENCH=pages,grants BENCH_SIZES=1000,10000,100000 make bench
```
"""

PARTS = {
    "sealing": "Sealing: a value, and lists of sealed rows",
    "writes": "A write with its history",
    "writers": "Several writers at once",
    "verifying": "Verifying the log",
    "pages": "Pages, beside SQL by hand and a bare view",
    "peers": "Pages, beside a whole application",
    "growth": "The same page with more behind it",
    "grants": "What one may see, newest 25 with count",
    "door": "A question to the door",
    "served": "Pages a second through the web server",
    "reports": "Reports",
    "rounds": "Rounds of several hundred",
    "everyday": "The everyday with many",
}

REASONS: dict[tuple[str, str], str] = {}

UNMEASURED = """
## Not measured here

- **Figures over a million rows**: the situational picture that would read released cells is not built yet.
"""
