"""The cells of an XLSX workbook's first sheet, read with the standard library: text and numbers, and nothing run.

A workbook is an archive of XML (ECMA-376). Of a stranger's archive no member is unpacked beyond what a list of people
can need, no document type or entity is taken, nothing outside the archive is fetched, and a formula is told, not used.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from django.utils.translation import gettext as _

MOST_MEMBERS = 200
MOST_UNPACKED = 4 * 1024 * 1024
MOST_ROWS = 2_000
MOST_COLUMNS = 60
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The two ways in which a workbook's members are packed (ECMA-376 part 2, annex B)."""
_ENCRYPTED = 1
_DIGITS = 7
FORMULA = "=formel"
"""What stands in place of a cell that is worked out: whoever reads the cells tells it as a fault."""
DAMAGED = (
    zipfile.BadZipFile,  # no archive, or one whose lists and sums do not agree
    NotImplementedError,  # a later version of the format, or a part of it that `zipfile` says it does not have
    struct.error,  # a header of a member that is cut off: `zipfile` reads it unasked
    OverflowError,  # a place in the file that no file has
    zlib.error,  # a member that does not unpack
    EOFError,  # a member that is cut off
    KeyError,  # a member that is not there
    ParseError,  # not well-formed XML
    ValueError,  # a place before the file's beginning, or a text that is not in the encoding it says
)
"""What `zipfile`, `zlib` and `ElementTree` say of an archive that is not what it seems. How it is packed is looked at
before: of members that are encrypted or packed in a way of their own `zipfile` raises more."""
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]+")


class NotRead(ValueError):
    """The workbook is not read; the message is a sentence for whoever sent it."""


class _Plain(TreeBuilder):
    """Elements only: with a document type come entities, that can grow without end or reach for other files."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Raises NotRead."""
        raise NotRead(_broken())


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with its number in the sheet. Raises NotRead."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise NotRead(_broken())
            shared = _shared(archive)
            return _cells(_member(archive, _first_sheet(archive)), shared)
    except NotRead:
        raise
    except DAMAGED as error:
        raise NotRead(_broken()) from error


def _member(archive: zipfile.ZipFile, name: str) -> Element:
    """One member as elements, unpacked as far as the limit and no further. Raises KeyError, NotRead, ParseError."""
    how = archive.getinfo(name)
    if how.compress_type not in PACKED or how.flag_bits & _ENCRYPTED:
        raise NotRead(_broken())
    with archive.open(how) as packed:
        data = packed.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise NotRead(
            _(
                "Arbetsboken är för stor när den packas upp. Spara bara bladet med personerna, och försök igen."
            )
        )
    parser = XMLParser(target=_Plain())
    parser.feed(data)
    root = parser.close()
    if not isinstance(root, Element):
        raise NotRead(_broken())
    return root


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The member that holds the workbook's first sheet."""
    sheets = [each for each in _member(archive, "xl/workbook.xml").iter() if _name(each) == "sheet"]
    if not sheets:
        raise NotRead(_broken())
    own = next((value for key, value in sheets[0].attrib.items() if key.endswith("}id")), "")
    for link in _member(archive, "xl/_rels/workbook.xml.rels"):
        if link.get("Id") == own and link.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
    raise NotRead(_broken())


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _member(archive, "xl/sharedStrings.xml") if _name(item) == "si"]


def _cells(sheet: Element, shared: list[str]) -> list[tuple[int, list[str]]]:
    found = []
    for place, row in enumerate((each for each in sheet.iter() if _name(each) == "row"), 1):
        if place > MOST_ROWS:
            raise NotRead(_("Bladet har fler än %(n)s rader. Dela upp det.") % {"n": MOST_ROWS})
        cells: list[str] = []
        for cell in (each for each in row if _name(each) == "c"):
            column = _column(cell.get("r", ""), len(cells))
            if column >= MOST_COLUMNS:
                continue
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, shared)
        if any(cells):
            number = row.get("r", "")
            is_number = number.isdecimal() and len(number) <= _DIGITS
            found.append((int(number) if is_number else place, cells))
    return found


def _value(cell: Element, shared: list[str]) -> str:
    parts = {_name(part): part for part in cell}
    if "f" in parts:
        return FORMULA
    kind, said = cell.get("t", "n"), (parts["v"].text or "") if "v" in parts else ""
    if kind == "s":
        if not said.isdecimal() or len(said) > _DIGITS or int(said) >= len(shared):
            raise NotRead(_broken())
        return shared[int(said)].strip()
    if kind == "inlineStr":
        return _text(parts["is"]).strip() if "is" in parts else ""
    return _number(said) if kind == "n" and said else said.strip()


def _number(said: str) -> str:
    """A number as it is written out: a personal number that the spreadsheet holds as one, or a telephone number."""
    try:
        number = Decimal(said)
        whole = abs(number) < 10**15 and number == number.to_integral_value()
    except InvalidOperation:
        return said.strip()
    return f"{number:f}" if whole else said.strip()


def _text(item: Element) -> str:
    """The text of a cell: its own, or that of its runs, without what stands above it to be read aloud."""
    runs = [part for part in item if _name(part) == "r"]
    texts = [each for part in (runs or [item]) for each in part if _name(each) == "t"]
    return "".join(each.text or "" for each in texts)


def _column(place: str, otherwise: int) -> int:
    """The column of a cell, counted from nought: AB12 is 27."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return otherwise
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _broken() -> str:
    return _("Arbetsboken går inte att läsa. Spara bladet som CSV och försök igen.")
