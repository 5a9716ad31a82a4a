"""Notes about a finalist (*Anteckningar*): the two kinds, who comes to read each, and how long it is kept.

What may matter to the decision and reaches the authority in another way than in writing is noted down, with who and
when (förvaltningslagen 27 §): that is the file's. A reminder of one's own while the matter is prepared is not
(tryckfrihetsförordningen 2:12), and goes when the decision has been made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from vetting.policy.text import _

FILE_NOTE: Final = "file_note"
COMMENT: Final = "comment"
LONGEST: Final = 8000
"""Characters in one note."""


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One kind of note. `readers`: what stands beside the box; `retention`: the kind of record it is disposed of as,
    where not with all else about her."""

    code: str
    name: str
    means: str
    readers: Literal["public", "working"]
    retention: str = ""


KINDS: dict[str, NoteKind] = {
    kind.code: kind
    for kind in (
        NoteKind(
            FILE_NOTE,
            _("Tjänsteanteckning"),
            _(
                "Tjänsteanteckning – hör till akten: det som kan ha betydelse för beslutet, till exempel ett samtal. "
                "Blir normalt offentlig."
            ),
            "public",
        ),
        NoteKind(
            COMMENT,
            _("Kommentar"),
            _(
                "Kommentar – en minnesanteckning för er som handlägger, aldrig skäl för beslutet. "
                "Arbetsanteckning, rensas vid beslut."
            ),
            "working",
            "evidence_not_needed",
        ),
    )
}


def kinds_of(row: str) -> frozenset[str]:
    """The kinds of note that are disposed of as the kind of record `row`, before the rest about the finalist."""
    return frozenset(kind.code for kind in KINDS.values() if kind.retention == row)
