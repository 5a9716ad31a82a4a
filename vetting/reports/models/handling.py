"""What is written in a report: the conversation with the reporter, what recipients record, measures, the name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from vetting.crypto.content_key import ReportField
from vetting.reports.models.report import Report


class Message(Covered):
    """One text of the conversation, seen by the reporter and by the circle."""

    class Sender(models.TextChoices):
        REPORTER = "reporter"
        RECIPIENT = "recipient"

    class Kind(models.TextChoices):
        STORY = "story"
        ADDITION = "addition"
        MESSAGE = "message"
        ACKNOWLEDGEMENT = "acknowledgement"
        FEEDBACK = "feedback"
        ANSWER = "answer"

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    sender = models.CharField(max_length=9, choices=Sender)
    kind = models.CharField(max_length=15, choices=Kind)
    author_id = models.UUIDField(null=True, blank=True)
    """The recipient who wrote; the reporter is told the function alone."""
    day = models.DateField()
    body = ReportField("message.body", key="report_id", null=True)

    FIXED: ClassVar[tuple[str, ...]] = ("report", "number", "sender", "author_id", "day")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="message_number_once"),
            models.CheckConstraint(
                condition=Q(sender="reporter", author_id__isnull=True)
                | Q(sender="recipient", author_id__isnull=False),
                name="message_from_one_of_two",
            ),
        ]


class Record(Covered):
    """What a recipient recorded, for the circle alone: a note, an assessment, protection, support, lessons."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20)
    author_id = models.UUIDField()
    day = models.DateField()
    content = ReportField("record.content", key="report_id", null=True)

    FIXED: ClassVar[tuple[str, ...]] = ("report", "kind", "author_id", "day")

    class Meta:
        indexes = [models.Index(fields=["report", "kind"], name="record_by_kind")]


class Measure(Covered):
    """One measure, with who answers for it and by when."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="measures")
    what = ReportField("measure.what", key="report_id", null=True)
    responsible_id = models.UUIDField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by_id = models.UUIDField(null=True, blank=True)

    FIXED: ClassVar[tuple[str, ...]] = ("report",)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by_id__isnull=True)
                | Q(done_on__isnull=False, done_by_id__isnull=False),
                name="measure_done_by_somebody",
            )
        ]


class Identity(Covered):
    """The reporter's name, under a key of its own that is in parts: its envelopes are those of this row's id."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="identities")
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    who = ReportField("identity.who", key="id", null=True)

    FIXED: ClassVar[tuple[str, ...]] = ("report", "given_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], name="identity_one_in_force", condition=Q(withdrawn_on__isnull=True)
            )
        ]
