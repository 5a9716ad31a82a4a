"""A list of ended employments as rows: a personal number, a last day and, where there is one, a reference.

Numbers become keyed digests while they are read; nothing that comes out of here can be read as a person.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO

from vetting.crypto import blind_index
from vetting.policy.numbers import NumberError, parse
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.web.csv_text import csv_text

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 50_000
EARLIEST = date(2000, 1, 1)
FURTHEST = timedelta(days=730)
"""How far ahead a last day may lie: one beyond that is more likely a slip of the pen."""
COLUMNS = {
    "personnummer": "number",
    "number": "number",
    "sista dag": "last_day",
    "sista_dag": "last_day",
    "last_day": "last_day",
    "referens": "reference",
    "reference": "reference",
}
WHY = {
    "format": "is not ten or twelve digits",
    "date": "holds a date that does not exist",
    "future": "holds a date that has not come",
    "checksum": "has a last digit that does not agree with the others",
}


class Unreadable(ValueError):
    """The file cannot be read at all; the message says what to do, and repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One ended employment: the row in the file, whose (keyed digest of the number), the last day, the reference.

    `digest` is None where the reference names the person: *R-2026-0012 K3*, as the decision does.
    """

    row: int
    digest: bytes | None = field(repr=False)
    last_day: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is left, and why: `row` counts the lines of the file, headings included."""

    row: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"Row {self.row}, {self.field}: {self.reason}."


def read_ended(content: bytes, today: date) -> tuple[list[Ended], list[Fault]]:
    """The rows that can be read, and the faults of the others. Raises Unreadable, and Locked without an INDEX_KEY."""
    lines = _lines(content)
    if not lines:
        raise Unreadable("The file is empty: it needs a row of headings, also when nobody has left.")
    (_first, headings), *rest = lines
    places = {COLUMNS[name.lower()]: at for at, name in enumerate(headings) if name.lower() in COLUMNS}
    if not {"number", "last_day"} <= set(places):
        raise Unreadable(
            "The first row must name the columns personnummer and sista_dag (and referens, if any)."
        )
    found: list[Ended] = []
    faults: list[Fault] = []
    for row, cells in rest:
        read = _row(row, {name: cells[at] if at < len(cells) else "" for name, at in places.items()}, today)
        found.append(read) if isinstance(read, Ended) else faults.append(read)
    return found, faults


def _row(row: int, cells: dict[str, str], today: date) -> Ended | Fault:
    digest, reference = None, " ".join(cells.get("reference", "").split())
    if cells["number"] or " " not in reference:
        try:
            digest = blind_index.digest(INDEX_PURPOSE, parse(cells["number"]).normalised)
        except NumberError as error:
            return Fault(row, "personnummer", WHY[error.kind])
    day = _day(cells["last_day"])
    if day is None:
        return Fault(row, "sista_dag", "is not a day written as YYYY-MM-DD")
    if not EARLIEST <= day <= today + FURTHEST:
        return Fault(row, "sista_dag", "lies before the year 2000 or more than two years ahead")
    return Ended(row, digest, day, reference)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 8 MB: send only those who have left since the last one.")
    text = _text(content)
    first = text.partition("\n")[0]
    between = max(("\t", ";", ","), key=first.count)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error:
        raise Unreadable("The file cannot be read as rows with columns: save it as CSV.") from None
    if len(lines) > MOST_ROWS:
        raise Unreadable(f"The file has more than {MOST_ROWS} rows: send only those who have left lately.")
    return [(at, _cells(line)) for at, line in enumerate(lines, 1) if any(cell.strip() for cell in line)]


def _cells(line: Sequence[str]) -> list[str]:
    return [cell.strip()[:100] for cell in line]


def _text(content: bytes) -> str:
    text = csv_text(content)
    if text is None:
        raise Unreadable("The file is not a CSV file: save it as CSV in UTF-8.")
    return text
