"""Permissions about notes (Anteckningar)."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "note.add",
        _("Skriv anteckning"),
        _("Lägga en intern kommentar eller en tjänsteanteckning; rutan säger vem som kan läsa den."),
        "act",
        event="note.added",
    ),
    Permission(
        "note.reveal",
        _("Läsa anteckning"),
        _("Öppna en förseglad anteckning i en rekrytering."),
        "reveal",
        event="note.revealed",
    ),
)
