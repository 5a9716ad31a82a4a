"""What the police have been given of a report, or not: on what ground, weighed how, decided by whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.content_key import ReportField
from vetting.reports.models.report import Report


class PoliceDisclosure(Covered):
    """One recipient's preparation and another's decision (the machine `police_disclosure`)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="disclosures")
    state = models.CharField(max_length=10)
    ground = models.CharField(max_length=24)
    content = ReportField("police_disclosure.content", key="report_id", null=True)
    """Provision, weighing, the chosen parts, and whether whoever reported has been told first or why not."""
    prepared_by_id = models.UUIDField()
    prepared_on = models.DateField()
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    reason = ReportField("police_disclosure.reason", key="report_id", null=True)
    given = ReportField("police_disclosure.given", key="report_id", null=True)
    """The very text that was handed out; its digest is in the log."""

    FIXED: ClassVar[tuple[str, ...]] = ("report", "ground", "prepared_by_id", "prepared_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], name="disclosure_one_waits", condition=Q(state="prepared")
            ),
            models.CheckConstraint(
                condition=Q(state="prepared", answered_by_id__isnull=True, answered_on__isnull=True)
                | Q(
                    state__in=["disclosed", "declined"],
                    answered_by_id__isnull=False,
                    answered_on__isnull=False,
                ),
                name="disclosure_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("prepared_by_id")),
                name="disclosure_decided_by_another",
            ),
        ]
