"""The room's tables: alerts about reading, how far the rules have looked, and the digests of staff's own numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField


class Alert(Covered):
    """One thing a rule found, for one named auditor. Whom it concerns is sealed under the alert's own key (`id`).

    Nothing in the clear says whose reading it was, so that alerts cannot be counted per person; and with the key all of
    it is gone, history included.
    """

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"
        FORWARDED = "forwarded"

    number = models.CharField(max_length=16, unique=True)
    rule = models.CharField(max_length=32)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    auditor = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """Empty while there is nobody to give it to: no auditor, or only the one it concerns."""
    raised_at = models.DateTimeField()
    findings = SealedField("alert.findings", key="id", null=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    closing = SealedField("alert.closing", key="id", null=True)

    class Meta:
        indexes = [models.Index(fields=["auditor", "state", "-raised_at"], name="alert_by_auditor")]
        constraints = [
            models.CheckConstraint(condition=Q(findings__isnull=False), name="alert_says_what_was_found"),
            models.CheckConstraint(
                condition=Q(
                    state="open", closed_at__isnull=True, closed_by__isnull=True, closing__isnull=True
                )
                | Q(
                    state__in=["explained", "forwarded"],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    closing__isnull=False,
                ),
                name="closed_alert_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_by=F("auditor")),
                name="alert_closed_by_its_auditor",
            ),
        ]


class Watch(models.Model):
    """How far one rule has looked in one tree of the log: the position of the next entry."""

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=32)
    tree = models.CharField(max_length=20)
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "tree"], name="watch_once_per_rule_and_tree")]


class StaffNumber(models.Model):
    """Keyed digest of a member of staff's own personal number, in the form finalists' are found by. Outside history."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="staff_number_digest")]
