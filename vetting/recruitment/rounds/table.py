"""What was pasted or sent as rows of cells, each with the number it has in the spreadsheet. Nothing is kept."""

from __future__ import annotations

import csv
from io import StringIO

from django.utils.translation import gettext as _

from vetting.recruitment.rounds import workbook
from vetting.web.csv_text import csv_text

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 2_000
"""Lines that are looked at; a longer list has far too many people whatever the lines say."""
MOST_CELL = 2_000
Rows = list[tuple[int, list[str]]]
BETWEEN = ("\t", ";", ",")


class Unreadable(ValueError):
    """The list cannot be read at all; the message is a sentence for whoever sent it."""


def read_file(content: bytes) -> Rows:
    """The rows of a file: CSV, or the first sheet of an XLSX workbook. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(too_large())
    if content.startswith(b"PK\x03\x04"):
        try:
            return workbook.rows(content)
        except workbook.NotRead as error:
            raise Unreadable(str(error)) from error
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("Filen är i ett äldre Excel-format (xls) eller lösenordsskyddad. Spara som CSV eller XLSX.")
        )
    return read_text(_decoded(content))


def read_text(text: str) -> Rows:
    """The rows of a text with tabs, semicolons or commas between the cells; empty ones left out. Raises Unreadable."""
    between = max(BETWEEN, key=lambda mark: text.partition("\n")[0].count(mark))
    found: Rows = []
    try:
        for number, line in enumerate(csv.reader(StringIO(text, newline=""), delimiter=between), 1):
            if any(cell.strip() for cell in line):
                found.append((number, [cell.strip()[:MOST_CELL] for cell in line]))
            if number > MOST_LINES:
                raise Unreadable(too_many_lines())
    except csv.Error as error:
        raise Unreadable(
            _("Listan går inte att läsa som rader med kolumner. Spara den som CSV och försök igen.")
        ) from error
    return found


def too_large() -> str:
    """The sentence for a file over the limit."""
    return _("Filen är för stor. Den får vara högst 2 MB; 500 personer ryms i mindre än en tiondel av det.")


def too_many_lines() -> str:
    """The sentence for a list that is far too long."""
    return _("Listan har fler än %(n)s rader. Dela upp den.") % {"n": MOST_LINES}


def _decoded(content: bytes) -> str:
    text = csv_text(content)
    if text is None:
        raise Unreadable(_("Filen är varken en CSV-fil eller en XLSX-fil. Spara om den och försök igen."))
    return text
