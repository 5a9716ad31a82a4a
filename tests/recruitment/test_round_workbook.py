"""XLSX: the first sheet's cells are read; a bomb, a document type, a formula or a damaged archive is told in words."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from vetting.recruitment.rounds import table, workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def book(sheet: str | bytes, shared: str = "", target: str = "worksheets/sheet1.xml", **more: bytes) -> bytes:
    """A workbook with that sheet, as a spreadsheet program writes it."""
    members: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook {MAIN} {LINKS}><sheets><sheet name="A" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {PACKAGE}><Relationship Id="rId7" Target="{target}"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    if shared:
        members["xl/sharedStrings.xml"] = shared
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, data in more.items():
            archive.writestr(name, data)
    return packed.getvalue()


def sheet_of(*rows: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData></worksheet>"


def test_texts_numbers_and_empty_cells_are_read_with_the_rows_own_numbers() -> None:
    shared = f"<sst {MAIN}><si><t>namn</t></si><si><r><t>Åsa </t></r><r><t>Ek</t></r><rPh><t>x</t></rPh></si></sst>"
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>personnummer</t></is></c></row>',
        '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4"><v>1.91212121212E11</v></c></row>',
        '<row r="5"><c r="A5" t="str"><f>A1</f><v>räknat</v></c><c r="B5"><v>0.5</v></c></row>',
        '<row r="6"><c r="A6"/></row>',
    )
    expected = [
        (1, ["namn", "", "personnummer"]),
        (4, ["Åsa Ek", "", "191212121212"]),
        (5, [workbook.FORMULA, "0.5"]),
    ]
    assert table.read_file(book(sheet_of(*rows), shared)) == expected
    assert table.read_file(book(sheet_of(*rows), shared, "/xl/worksheets/sheet1.xml")) == expected


def test_a_bomb_is_not_unpacked() -> None:
    bomb = book(sheet_of(f"<row><c t='inlineStr'><is><t>{'A' * 30_000_000}</t></is></c></row>"))
    assert len(bomb) < table.MOST_BYTES
    with pytest.raises(table.Unreadable, match="för stor när den packas upp"):
        table.read_file(bomb)
    many = book(sheet_of(), **{f"member{n}": b"" for n in range(300)})
    with pytest.raises(table.Unreadable, match="går inte att läsa"):
        table.read_file(many)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_no_document_type_or_entity_is_taken(head: str) -> None:
    sheet = head + sheet_of('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>')
    for text in (sheet, '<?xml version="1.0" encoding="utf-16"?>'.join(["", sheet]).encode("utf-16")):
        with pytest.raises(table.Unreadable, match="går inte att läsa"):
            table.read_file(book(text))


def test_what_is_damaged_is_told_and_nothing_else_happens() -> None:
    whole = book(sheet_of('<row><c t="s"><v>9</v></c></row>'))
    outside = book(sheet_of(), target="../../../etc/passwd")
    for content in (
        whole,
        outside,
        whole[:-60],
        b"PK\x03\x04" + b"x" * 50,
        book("<worksheet"),
        book(escape("<a/>")),
    ):
        with pytest.raises(table.Unreadable, match="går inte att läsa"):
            table.read_file(content)
    long = book(sheet_of(*("<row><c t='inlineStr'><is><t>a</t></is></c></row>" for _ in range(2001))))
    with pytest.raises(table.Unreadable, match="fler än 2000 rader"):
        table.read_file(long)


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_packed_in_a_way_no_workbook_is_packed_is_not_unpacked(how: int) -> None:
    whole, packed = book(sheet_of('<row><c t="inlineStr"><is><t>namn</t></is></c></row>')), BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as read, zipfile.ZipFile(packed, "w", how) as written:
        for name in read.namelist():
            written.writestr(name, read.read(name))
    cut = packed.getvalue()[:60] + b"\xff" * 40 + packed.getvalue()[100:]
    for content in (packed.getvalue(), cut):
        with pytest.raises(table.Unreadable, match="går inte att läsa"):
            table.read_file(content)


def test_whatever_byte_is_wrong_the_answer_is_rows_or_a_sentence() -> None:
    whole = book(
        sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), f"<sst {MAIN}><si><t>n</t></si></sst>"
    )
    said = 0
    for place in range(len(whole)):
        for value in (0xFF, whole[place] ^ 1):
            try:
                table.read_file(whole[:place] + bytes([value]) + whole[place + 1 :])
            except table.Unreadable:
                said += 1
    assert said > len(whole), "most bytes matter"
