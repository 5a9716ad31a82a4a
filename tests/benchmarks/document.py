"""Writes docs/speed.md from the files of `make bench`: `python -m tests.benchmarks.document sqlite.json postgres.json`.

The ratio comes first. A ratio that is not where it should be needs a reason in REASONS, else nothing is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.benchmarks.reasons import OPENING, PARTS, REASONS, UNMEASURED

TARGET = Path(__file__).parents[2] / "docs" / "speed.md"
HEADS = ("ratio", "reach", "", "what", "size", "ours", "beside", "theirs", "queries", "bytes")


def main(names: list[str]) -> int:
    """Exit 2 without files, or where something falls short and nobody has said why."""
    if not names:
        sys.stderr.write("Name the files that make bench has written, one for each engine.\n")
        return 2
    runs = [json.loads(Path(name).read_text(encoding="utf-8")) for name in names]
    short = {_key(row) for run in runs for row in run["figures"] if _is_short(row)}
    unsaid = sorted(key for key in short if not _reason(key))
    if unsaid:
        sys.stderr.write(f"Falls short, and tests/benchmarks/reasons.py does not say why: {unsaid}\n")
        return 2
    TARGET.write_text("\n".join([OPENING, *_lines(runs), UNMEASURED]), encoding="utf-8")
    return 0


def _lines(runs: list[dict[str, Any]]) -> Iterator[str]:
    for run in runs:
        yield f"\n## {run['engine']}, Python {run['python']}, {run['cores']} cores\n"
        for part, rows in groupby(run["figures"], key=lambda row: str(row["bench"])):
            yield f"\n### {PARTS[part]}\n"
            yield "| " + " | ".join(HEADS) + " |"
            yield "|" + " --- |" * len(HEADS)
            told = list(rows)
            yield from (_row(row) for row in told)
            said = {_reason(_key(row)): _key(row)[1] for row in reversed(told) if _is_short(row)}
            for reason, what in reversed(said.items()):
                yield f"\n**{what}**: {reason}"


def _row(row: dict[str, Any]) -> str:
    reach = f"{row['reach'][0]} {row['reach'][1]:g}" if row["reach"] else ""
    sign = {True: "✓", False: "✗", None: ""}[row["is_reached"]]
    ratio = row["ratio"]
    cells = (
        f"**{ratio:.2f}**" if ratio >= 0.1 else f"**{ratio:.4f}**",
        reach,
        sign,
        row["what"],
        f"{row['size']:,}",
        f"{_number(row['ours'])} {row['unit']}",
        row["against"],
        f"{_number(row['theirs'])} {row['unit']}",
        "" if row["queries"] is None else str(row["queries"]),
        "" if row["bytes"] is None else f"{row['bytes']:,}",
    )
    return "| " + " | ".join(cells) + " |"


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["bench"]), str(row["what"])


def _reason(key: tuple[str, str]) -> str:
    """What is said of the row, by how its words begin; nothing where nobody has said why."""
    part, what = key
    return next((why for (of, words), why in REASONS.items() if of == part and what.startswith(words)), "")


def _is_short(row: dict[str, Any]) -> bool:
    return row["is_reached"] is False


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
