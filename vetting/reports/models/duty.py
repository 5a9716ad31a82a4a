"""Who is on duty, and alarms on their way. An alarm says nothing, and is gone when somebody has answered it."""

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
    """An alarm to the roster: whose turn it is and since when. Not in the history: it tells an hour, and is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report_id = models.UUIDField()
    directory = models.CharField(max_length=14)
    person_id = models.UUIDField(null=True)
    tried = models.JSONField(default=list)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="alarm_by_time")]
