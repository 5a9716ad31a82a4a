"""Text that people type: made even, refused where it hides something, kept readable.

Word processors paste byte order marks, soft hyphens and line separators: these are put right without a word. Control
characters, lone surrogates and characters that turn the direction of writing are refused, since a reader cannot see
them; they are named by place so that they can be found.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

LIMIT = 20_000  # characters in one note

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SILENT = re.compile("[\u00ad\u200b\u2060\ufeff]")
# C0 and C1 without tab and newline, directions, joiners' language tags, surrogates, noncharacters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


class UnsafeText(ValueError):
    """Text that may not be kept; its message is a Swedish sentence for the one who typed it."""


def clean(text: str, *, limit: int = LIMIT, lines: bool = True) -> str:
    """`text` with even line breaks, in NFC, stripped at both ends.

    With `lines` false, tabs and line breaks become single spaces, as in a name or a heading.
    Raises UnsafeText for hidden characters and for more than `limit` characters.
    """
    # A megabyte is measured before anything walks through it.
    if len(text) > limit * 4:
        raise UnsafeText(_too_long(len(text), limit))
    text = _SILENT.sub("", _LINE_BREAKS.sub("\n", text))
    found = _HIDDEN.search(text)
    if found:
        place = text.count("\n", 0, found.start()) + 1
        raise UnsafeText(_hidden_message(found.group(), place, lines))
    text = unicodedata.normalize("NFC", text)
    text = text.strip() if lines else " ".join(text.split())
    if len(text) > limit:
        raise UnsafeText(_too_long(len(text), limit))
    return text


def mark_hidden(text: str) -> str:
    """`text` with every refused character written out, as in [U+202E], so that it can be seen and taken away."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)


def has_hidden(text: str) -> bool:
    """Whether `text` holds a character that `clean` refuses."""
    return bool(_HIDDEN.search(text))


def _too_long(length: int, limit: int) -> str:
    return _("Texten är %(length)s tecken. Den får vara högst %(limit)s. Korta den och försök igen.") % {
        "length": _grouped(length),
        "limit": _grouped(limit),
    }


def _hidden_message(character: str, line: int, lines: bool) -> str:
    name = f"U+{ord(character):04X}"
    if lines:
        return _(
            "Texten innehåller ett tecken som inte syns (%(name)s, rad %(line)s). "
            "Vi har märkt ut det som [%(name)s]. Ta bort det och försök igen."
        ) % {"name": name, "line": line}
    return _(
        "Här finns ett tecken som inte syns (%(name)s). Vi har märkt ut det som [%(name)s]. "
        "Ta bort det och försök igen."
    ) % {"name": name}


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
