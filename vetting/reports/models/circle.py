"""Who can read a report, and who has been let to read a name in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.content_key import ReportField
from vetting.reports.models.handling import Identity
from vetting.reports.models.keys import RecipientKey
from vetting.reports.models.report import Report


class Member(Covered):
    """One person's place in the circle of one report (the machine `circle`); her envelope lies in the key store."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="members")
    key = models.ForeignKey(RecipientKey, models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    role = models.CharField(max_length=32)
    number = models.PositiveSmallIntegerField()
    """The number of her part, where the key is in parts; the identity's always is."""
    state = models.CharField(max_length=10)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    proposed_by_id = models.UUIDField(null=True, blank=True)
    confirmed_by_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)

    FIXED: ClassVar[tuple[str, ...]] = ("report", "key", "person_id", "number")
    COPIES: ClassVar = {"key": ("person_id",)}

    class Meta:
        indexes = [models.Index(fields=["person_id", "state"], name="member_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["report", "person_id"], name="member_once"),
            models.UniqueConstraint(fields=["report", "number"], name="member_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=255), name="member_number_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by_id__isnull=True)
                | Q(state="proposed", confirmed_by_id__isnull=True)
                | (
                    Q(confirmed_by_id__isnull=False)
                    & ~Q(confirmed_by_id=F("proposed_by_id"))
                    & ~Q(confirmed_by_id=F("person_id"))
                ),
                name="member_let_in_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["rejected", "left"], ended_on__isnull=False)
                | Q(state__in=["proposed", "member"], ended_on__isnull=True),
                name="member_left_on_a_day",
            ),
        ]


class IdentityReveal(Covered):
    """One recipient's request to read the name, and another's answer (the machine `identity_reveal`)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="reveals")
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="+")
    asker_id = models.UUIDField()
    state = models.CharField(max_length=10)
    ground = models.CharField(max_length=24)
    reason = ReportField("identity_reveal.reason", key="report_id", null=True)
    asked_on = models.DateField()
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    """The last day on which the asker may read."""

    FIXED: ClassVar[tuple[str, ...]] = ("report", "identity", "asker_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("asker_id")),
                name="identity_let_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(answered_by_id__isnull=False, answered_on__isnull=False, until__isnull=False),
                name="identity_let_for_a_time",
            ),
        ]
