"""A table as a file that Swedish spreadsheets open as they should, and never as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPE = "text/csv; charset=utf-8"


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons, CRLF and a byte order mark in UTF-8; a cell that would be read as a formula begins with '."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return f"\ufeff{out.getvalue()}".encode()
