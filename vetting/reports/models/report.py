"""The report itself: what deadlines are counted by lies open, everything else is sealed under its own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.content_key import ReportField


class Report(Covered):
    """One report. Its state is of the machine `report`; its times are days, but for the deadline of somebody named."""

    COVERAGE_VERSION = 4

    class Channel(models.TextChoices):
        PRESSURE = "pressure"
        WHISTLEBLOWING = "whistleblowing"

    class Directory(models.TextChoices):
        PRESSURE = "pressure"
        WHISTLEBLOWING = "whistleblowing"
        ALTERNATIVE = "alternative"

    class Mode(models.TextChoices):
        NAMED = "named"
        CONFIDENTIAL = "confidential"
        ANONYMOUS = "anonymous"

    class Way(models.TextChoices):
        SHORT = "short"
        FULL = "full"
        OTHER = "other"
        CALL = "call"
        ORAL = "oral"

    reference = models.CharField(max_length=16, unique=True)
    channel = models.CharField(max_length=14, choices=Channel)
    directory = models.CharField(max_length=14, choices=Directory)
    """Whose keys it was sealed to: those of the channel, or of the alternative group."""
    mode = models.CharField(max_length=12, choices=Mode)
    way = models.CharField(max_length=5, choices=Way)
    two_persons = models.BooleanField(default=False)
    """The key is in parts: no one person reads alone."""
    state = models.CharField(max_length=20)
    received_on = models.DateField()
    acknowledge_by = models.DateTimeField()
    """The last moment for the first answer; of an anonymous report always the end of a day."""
    acknowledged_on = models.DateField(null=True, blank=True)
    feedback_by = models.DateField()
    feedback_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    """The last day on which somebody followed up how it went."""
    closed_on = models.DateField(null=True, blank=True)
    owner_id = models.UUIDField(null=True, blank=True)
    """The person who answers for it (`case_owner`)."""
    proposer_id = models.UUIDField(null=True, blank=True)
    """Who proposed what waits for somebody else now: closing or disposal."""
    setter_id = models.UUIDField(null=True, blank=True)
    """Who set it apart."""
    hold_by_id = models.UUIDField(null=True, blank=True)
    hold_ground = models.CharField(max_length=24, blank=True)
    hold_on = models.DateField(null=True, blank=True)
    hold_review_on = models.DateField(null=True, blank=True)
    """The day on which somebody looks at whether the hold is still needed. It stands until it is lifted."""
    diary_number = models.CharField(max_length=40, blank=True)
    facts = ReportField("report.facts", key="id", null=True)
    """The coded answers, apart from the story (`policy.report_facts`)."""
    contact = ReportField("report.contact", key="id", null=True)
    """How and when to reach the one who reports; with *Ring mig* that is all there is."""
    other_person = ReportField("report.other_person", key="id", null=True)
    """Whom it happened to, where somebody else reports."""
    consents = ReportField("report.consents", key="id", null=True)
    """Who may be told what, in codes; and `excluded`, the persons whom the reporter took out."""

    successor = ReportField("report.successor", key="id", null=True)
    """Only of reports that an earlier version moved: the new report with its key, for the same code."""
    moving_by_id = models.UUIDField(null=True, blank=True)
    """Who has proposed that it goes to the other channel, while that waits for whoever answers for it."""
    moving_ground = models.CharField(max_length=24, blank=True)
    moved_on = models.DateField(null=True, blank=True)
    """The day it went; the code leads to what it became, and no longer here."""

    FIXED: ClassVar[tuple[str, ...]] = ("reference", "channel", "received_on", "mode", "way", "two_persons")

    class Meta:
        indexes = [
            models.Index(fields=["state", "acknowledge_by"], name="report_by_state"),
            models.Index(fields=["received_on"], name="report_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(directory="alternative") | Q(directory=F("channel")),
                name="report_stays_in_its_circle",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closing_proposed", "disposal_proposed"])
                | Q(proposer_id__isnull=False),
                name="report_proposal_has_a_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | Q(setter_id__isnull=False),
                name="report_set_apart_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    hold_by_id__isnull=True, hold_ground="", hold_on__isnull=True, hold_review_on__isnull=True
                )
                | (Q(hold_by_id__isnull=False, hold_on__isnull=False) & ~Q(hold_ground="")),
                name="report_hold_says_who_why_and_when",
            ),
            models.CheckConstraint(
                condition=Q(moving_by_id__isnull=True, moving_ground="")
                | (Q(moving_by_id__isnull=False, moved_on__isnull=True) & ~Q(moving_ground="")),
                name="report_move_proposed_with_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(moved_on__isnull=True)
                | Q(state__in=["transferred", "disposal_proposed", "disposed"]),
                name="report_moved_is_not_handled_here",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False), name="report_closed_on_a_day"
            ),
        ]
