"""Files that came with a report: the copy that is read, and the original apart, both in sealed parts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from audit.covered import Covered
from vetting.crypto.content_key import ReportField
from vetting.reports.models.report import Report


class File(Covered):
    """One file. Its name is not kept: it may tell who wrote it, and what it is told by is its number."""

    class Kind(models.TextChoices):
        JPEG = "jpeg"
        PNG = "png"
        PDF = "pdf"
        TEXT = "text"

    class Scan(models.TextChoices):
        CLEAN = "clean"
        NONE = "none"
        """There is no scanner here."""
        WAITING = "waiting"
        """The scanner did not answer: nobody opens it until it has."""
        FOUND = "found"

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=Kind)
    """Of the copy."""
    scan = models.CharField(max_length=7, choices=Scan)
    day = models.DateField()
    weight = models.PositiveIntegerField()
    """Bytes of all its sealed parts."""
    digest = models.CharField(max_length=64)
    """Of its sealed parts in order (SHA-256): the log answers for them through this row."""
    told = ReportField("file.told", key="report_id", null=True)
    """What was hidden in the original, and what that was a file of."""

    FIXED: ClassVar[tuple[str, ...]] = ("report", "number", "kind", "day", "weight", "digest")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="file_number_once")]


class FilePart(models.Model):
    """A sealed part of a file. In no history, which would keep all of it twice: `File.digest` answers for it."""

    class Which(models.TextChoices):
        COPY = "copy"
        ORIGINAL = "original"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="parts")
    which = models.CharField(max_length=8, choices=Which)
    number = models.PositiveSmallIntegerField()
    blob = models.BinaryField()

    class Meta:
        ordering = ["which", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "which", "number"], name="file_part_once")]
