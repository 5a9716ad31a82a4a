"""The notes of a recruitment, the newest first: those that can still be read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from vetting.policy.notes import FILE_NOTE
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Note


def notes_of(case: Case, about: Candidacy | None = None) -> QuerySet[Note]:
    """The notes about the finalists, or about one of them, with their writers and what they correct.

    One that has been disposed of is not told of: that it was there says the log.
    """
    rows = Note.objects.filter(recruitment=case.pk, text__isnull=False)
    if about is not None:
        rows = rows.filter(candidacy=about.pk)
    return rows.select_related("written_by", "corrects").order_by("-entry_id", "-pk")


def file_notes(case: Case, about: Candidacy) -> int:
    """How many of the notes about the finalist are of the file (förvaltningslagen 27 §): one query."""
    return notes_of(case, about).filter(kind=FILE_NOTE).count()


def corrected_by(notes: Iterable[Note]) -> dict[UUID, Note]:
    """Note → the newest note that corrects it, for those that have one: one query."""
    found = Note.objects.filter(corrects__in=[note.pk for note in notes], text__isnull=False)
    return {note.corrects_id: note for note in found.order_by("entry_id") if note.corrects_id is not None}
