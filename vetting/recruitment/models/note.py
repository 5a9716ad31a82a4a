"""A note (*anteckning*) about one finalist: written once, never changed, corrected by another that points at it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField


class Note(Covered):
    """What somebody assigned wrote about the finalist. Sealed under her candidacy's own key, and gone with it.

    A comment goes when the decision has been made. What is left of one that is gone is that it was there, and whose.
    """

    FIXED: ClassVar[tuple[str, ...]] = (
        "recruitment",
        "candidacy",
        "kind",
        "written_at",
        "corrects",
    )
    # Not who wrote it: two accounts that are found to be one person's become one person's in what they have done.
    COPIES = {"corrects": ("recruitment", "candidacy", "kind")}

    class Kind(models.TextChoices):
        FILE_NOTE = "file_note"
        COMMENT = "comment"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="notes")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    text = SealedField("note.text", key="candidacy_id", null=True)
    """None when it has been disposed of."""
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    """The note that this one corrects: both stand. Of the same finalist and kind, so that they go together."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["file_note", "comment"]), name="note_of_a_kind"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="note_corrects_another"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
