"""Who is on duty, alarms, and messages on their way. An alarm says nothing, and is gone when it is answered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.reports.models.report import Report


class DutyShift(Covered):
    """One person's shift in one directory."""

    directory = models.CharField(max_length=14, choices=Report.Directory)
    person_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    handed_over = models.BooleanField(default=False)

    FIXED: ClassVar[tuple[str, ...]] = ("directory",)

    class Meta:
        indexes = [models.Index(fields=["directory", "ends_at"], name="duty_by_directory")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_after_it_starts")
        ]


class Alarm(models.Model):
    """An alarm to the roster: whose turn it is and since when. Not in the history: it tells an hour, and is deleted.

    Nor does it say of which report: its id follows from the report's key, and `circle` are those who may be alarmed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    circle = models.JSONField(default=list)
    directory = models.CharField(max_length=14)
    person_id = models.UUIDField(null=True)
    tried = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    told = models.BooleanField(default=False)
    """Whether a message of it has left for anybody: only then may the reporter read that the duty is alarmed."""

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="alarm_by_time")]


class DutyContact(Covered):
    """Where messages reach one recipient. Hers to change: who changed it for her could silence her."""

    person_id = models.UUIDField(unique=True)
    mail = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)

    FIXED: ClassVar[tuple[str, ...]] = ("person_id",)


class MailHour(models.Model):
    """An hour of planned messages that has been gone through: what comes after it waits for the next one.

    Else a message would leave when a report comes, and its time tell when that was.
    """

    slot = models.CharField(max_length=13, primary_key=True)


class Notice(models.Model):
    """One message on its way to one person: that she is to sign in, and nothing of why. No report is named.

    Not in the history. Written together with what it tells of and sent by a job, so that none is lost; taken by one
    worker at a time, so that none is sent twice.
    """

    class Kind(models.TextChoices):
        ALARM = "alarm"
        LATE = "late"
        WAITING = "waiting"

    class Way(models.TextChoices):
        MAIL = "mail"
        SMS = "sms"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=7, choices=Kind)
    way = models.CharField(max_length=4, choices=Way)
    group = models.UUIDField(null=True)
    """The alarm, while there is one: what is not sent when somebody has answered is not sent at all."""
    slot = models.CharField(max_length=13, blank=True)
    """The day's hour that a planned message belongs to: one of a kind each."""
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    taken_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "due_at"], name="notice_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind", "way", "slot"],
                name="notice_once_a_slot",
                condition=~Q(slot=""),
            )
        ]
