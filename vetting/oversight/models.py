"""The room's tables: alerts about reading, samples, how far the rules have looked, digests of staff's own numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from audit.covered import Covered
from vetting.crypto.sealed import SealedField
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.recruitment.models.barred import named_in


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


class Sample(Covered):
    """A random sample of the recruitments that one authority decided in a period; all but its state stays as drawn."""

    class State(models.TextChoices):
        DRAWN = "drawn"
        REVIEWED = "reviewed"

    FIXED: ClassVar[tuple[str, ...]] = (
        "number", "authority", "first", "last", "size", "draw_key", "seed", "population", "population_digest",
        "drawn_by", "drawn_on", "reviewer",
    )  # fmt: skip

    number = models.CharField(max_length=16, unique=True)
    authority = models.ForeignKey("organisation.Authority", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    size = models.PositiveSmallIntegerField()
    draw_key = models.OneToOneField("recruitment.DrawKey", models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    population = models.TextField()
    """The references that were drawn among, each on its line, in order."""
    population_digest = models.CharField(max_length=64)
    drawn_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    reviewer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """An officer who may look through it beside the heads."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAWN)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F("last"), last__lt=F("drawn_on")),
                name="sample_of_a_period_that_is_over",
            ),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=200), name="sample_of_1_to_200"),
        ]


class Sampled(Covered):
    """One recruitment in a sample, and what whoever looked it through found; the words sealed under its own key."""

    FIXED: ClassVar[tuple[str, ...]] = ("sample", "recruitment", "place", "ticket")

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="drawn")
    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    ticket = models.CharField(max_length=64)
    result = models.CharField(max_length=16, blank=True, default="")
    note = SealedField("sampled.note", key="id", null=True)
    reviewed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    barred = models.TextField(blank=True, default="")
    """Ids (hexadecimal, spaces between) of those with a hand in the recruitment when it was looked through."""

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "recruitment"], name="sampled_once"),
            models.UniqueConstraint(fields=["sample", "place"], name="sampled_place_once"),
            models.CheckConstraint(
                condition=Q(result="", reviewed_by__isnull=True, reviewed_on__isnull=True, note__isnull=True)
                | Q(
                    result__in=sorted(SAMPLE_REVIEWED),
                    reviewed_by__isnull=False,
                    reviewed_on__isnull=False,
                    note__isnull=False,
                )
                & ~Q(barred=""),
                name="review_says_who_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(Exact(named_in("barred", "reviewed_by"), 0)),
                name="sample_reviewed_by_nobody_with_a_hand",
            ),
        ]
