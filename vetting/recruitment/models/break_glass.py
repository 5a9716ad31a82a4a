"""Break-glass (*Nödåtkomst*): one person's reading of one recruitment for an hour; the auditor reviews the reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField
from vetting.policy.emergency import MINUTES


class BreakGlass(Covered):
    """Opened by one account; read only. It has ended when `ended_at` says so or the minutes are over.

    The reason is sealed under a key of the row's own (`id`), so that the auditor, who holds no case, can read it.
    """

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="break_glasses")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    """The role it was opened under: what it opens is what that role reads where it is assigned."""
    reason = SealedField("break_glass.reason", key="id", null=True)
    opened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When its opener ended it; for one that ended by itself its last moment, written down with the next act."""
    reviewed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recruitment", "ended_at"], name="break_glass_of_case"),
            models.Index(fields=["-opened_at"], name="break_glass_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_break_glass_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MINUTES), name="break_glass_at_most_an_hour"
            ),
            models.CheckConstraint(condition=Q(reason__isnull=False), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(role__in=["hr_officer", "hr_head", "security_officer", "security_head"]),
                name="break_glass_under_a_role_that_may",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
                name="break_glass_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, result="")
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    ended_at__isnull=False,
                    reviewed_at__gte=F("ended_at"),
                )
                & ~Q(result="")
                & ~Q(reviewed_by=F("person")),
                name="break_glass_reviewed_by_another",
            ),
        ]

    @property
    def until(self) -> datetime:
        """Its last moment if nobody ends it before (UTC)."""
        return self.opened_at + timedelta(minutes=self.minutes)

    def state(self, at: datetime) -> str:
        """open, ended or reviewed at the moment `at`: the machine `break_glass`."""
        if self.reviewed_at is not None:
            return "reviewed"
        if self.ended_at is not None or not self.opened_at <= at < self.until:
            return "ended"
        return "open"

    def minutes_left(self, at: datetime) -> int:
        """Begun minutes that remain at the moment `at`, 0 when it is over."""
        left = (self.until - at).total_seconds() if self.state(at) == "open" else 0
        return -int(-left // 60)
