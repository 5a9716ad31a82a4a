"""Text: read as text, written anew. Signs that turn the line about are made visible, other control signs refused."""

from __future__ import annotations

import unicodedata

from vetting.reports.files.kinds import Clean, Found, NotTaken

_LINES = "\n\t"


def clean(data: bytes) -> Clean:
    """The text in UTF-8. Raises NotTaken (`unknown`) for what is no text."""
    text = _read(data).replace("\r\n", "\n").replace("\r", "\n")
    found: Found = []
    if any(unicodedata.category(sign) == "Cf" for sign in text):
        found.append(("hidden_signs", ""))
    seen = "".join(_seen(sign) for sign in text)
    return Clean("text", seen.encode(), found)


def _read(data: bytes) -> str:
    for begin, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(begin):
            return _decoded(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise NotTaken("unknown") from error


def _seen(sign: str) -> str:
    """The sign, or its number where it would not be seen. Raises NotTaken for what stands in no text."""
    if sign in _LINES or (
        (category := unicodedata.category(sign))[0] in "LMNPSZ" and category not in ("Zl", "Zp")
    ):
        return sign
    if sign == "\f":
        return "\n"
    if category in ("Cf", "Zl", "Zp", "Co", "Cn"):
        return f"‹U+{ord(sign):04X}›"
    raise NotTaken("unknown")
