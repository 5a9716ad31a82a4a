"""The text of a CSV file that somebody's spreadsheet or another system has written."""

from __future__ import annotations


def csv_text(content: bytes) -> str | None:
    """UTF-8, UTF-16 with a mark, or what older Excel writes in Sweden (cp1252); None for what is no text."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for coding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
