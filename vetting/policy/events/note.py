"""Events of notes (Anteckningar): that one was written or read, of which kind, never what it says."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "note.added",
        _("{role} skrev en anteckning av slaget {note_kind} i rekryteringen {reference}."),
        ("role", "reference", "candidacy", "note_kind"),
    ),
    EventSpec(
        "note.revealed",
        _("{role} läste en anteckning i rekryteringen {reference} ({purpose})."),
        ("role", "reference", "candidacy", "note_kind", "purpose"),
    ),
)
