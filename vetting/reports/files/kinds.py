"""What a file is, by its content alone: neither its name nor what the browser calls it is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST = 20 * 1024 * 1024
"""Bytes of one file."""
PICTURES = ("jpeg", "png", "webp")
KINDS = (*PICTURES, "pdf", "text")
Found = list[tuple[str, str]]
"""What was hidden in the file, and was removed: (code, value as it stood there)."""


class NotTaken(ValueError):
    """The file is not taken; `why` is a code of `words.NOT_TAKEN`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Clean:
    """A copy without what was hidden. `kind`: `jpeg`, `png`, `pdf`, `text`."""

    kind: str
    data: bytes
    found: Found = field(default_factory=list)


_ISO_MEDIA = {
    b"heic": "heic",
    b"heix": "heic",
    b"mif1": "heic",
    b"msf1": "heic",
    b"hevc": "heic",
    b"avif": "heic",
}
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "moving"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"(\xb5/\xfd", "archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"%!PS", "program"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"#!AMR", "sound"),
    (b"\x1aE\xdf\xa3", "sound"),
)
_MARKUP = re.compile(rb"^\s*(<\?xml|<!doctype|<html|<svg|<script|<head|<body|<\?php|<!--)", re.IGNORECASE)
# What makes two files of one: found behind the end of a picture or of a document.
_SECOND = re.compile(
    rb"PK\x03\x04|PK\x05\x06|Rar!\x1a|7z\xbc\xaf\x27\x1c|%PDF-|<html|<script|<svg|<!doctype|<\?php|This program cannot",
    re.IGNORECASE,
)
# By which the world tests that a virus scanner is there: refused also where none is.
TRIAL = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def kind_of(data: bytes) -> str:
    """One of KINDS. Raises NotTaken for everything else, with the reason."""
    if not data.strip(b"\0 \r\n\t"):
        raise NotTaken("empty")
    if len(data) > MOST:
        raise NotTaken("too_big")
    if TRIAL in data:
        raise NotTaken("virus")
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"%PDF-"):
        return "pdf"
    _refuse(data)
    return "text"


def _refuse(data: bytes) -> None:
    """Raises NotTaken with the reason, where the content is known to be something else than text."""
    if data[4:8] == b"ftyp":
        raise NotTaken(_ISO_MEDIA.get(data[8:12], "sound"))
    if data.startswith(b"RIFF") or (
        data[0] == 0xFF and data[1:2] and data[1] & 0xE0 == 0xE0 and data[1] != 0xFE
    ):
        raise NotTaken("sound")
    for begin, why in _BEGINS:
        if data.startswith(begin):
            raise NotTaken(_office(data) if why == "archive" else why)
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise NotTaken("markup")


def _office(data: bytes) -> str:
    """Documents of office programs are archives with certain names in them."""
    return (
        "office"
        if re.search(rb"\[Content_Types\]\.xml|mimetypeapplication/vnd\.oasis", data[:65536])
        else "archive"
    )


def require_alone(behind: bytes) -> None:
    """What stands behind the end of a file must not be a second one. Raises NotTaken."""
    if _SECOND.search(behind) or behind.lstrip(b"\0 \r\n").startswith((b"MZ", b"\x7fELF")):
        raise NotTaken("two_in_one")


def shown(value: object) -> str:
    """A hidden value as it can stand on a page: short, and nothing in it that turns or breaks the line."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(sign for sign in text if sign.isprintable()).strip()[:80]
