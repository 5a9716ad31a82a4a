"""A waiver (Undantag) from one check of the municipality's own: two signatures, a reason and an end date.

Of an engagement of at most 14 days the manager alone may put such a check off until after the start (`deferred`).

A check that a statute demands has none. The row copies from the check what a CHECK constraint has to see, and a
trigger (`COPIES`) holds the copies to be true. *Lapsed* is judged from the end date when it is read, never stored.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact, GreaterThan

from audit.covered import Covered
from vetting.crypto.sealed import SealedField
from vetting.policy.waivers import DEFERRABLE, WAIVABLE, WAIVABLE_GROUNDS
from vetting.recruitment.models.barred import named_in


class Waiver(Covered):
    """One waiver of one check. Proposed by one, signed by another; the check then stops nothing through `until`."""

    COVERAGE_VERSION: ClassVar[int] = 2
    # Not by whom: two accounts that turn out to be one person's are counted as one here too.
    FIXED = ("recruitment", "candidacy", "of_check", "proposed_on", "until", "deferred")
    COPIES = {
        "of_check": ("recruitment", "candidacy", "code", "ground", "documentation", "is_statutory"),
    }

    class State(models.TextChoices):
        PROPOSED = "proposed"
        IN_FORCE = "in_force"
        REJECTED = "rejected"
        ENDED = "ended"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="waivers")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="waivers")
    of_check = models.ForeignKey("recruitment.Check", models.PROTECT, related_name="waivers")
    code = models.CharField(max_length=32)
    ground = models.CharField(max_length=32)
    documentation = models.CharField(max_length=16)
    is_statutory = models.BooleanField()
    state = models.CharField(max_length=10, choices=State)
    until = models.DateField()
    """The last day on which the check stops nothing, Stockholm calendar."""
    deferred = models.BooleanField(default=False)
    """*Komplettera efter start*: chosen by `proposed_by` alone, with no second signature."""
    reason_code = models.CharField(max_length=32)
    reason = SealedField("waiver.reason", key="candidacy_id", null=True)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    barred = models.TextField()
    """Ids (hexadecimal, spaces between) of who may not sign: proposer, managers, preparers, recused, substitutes."""
    confirmed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    rejected_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    rejected_on = models.DateField(null=True, blank=True)
    reject_code = models.CharField(max_length=32, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of_check"],
                condition=Q(state__in=["proposed", "in_force"]),
                name="one_live_waiver_per_check",
            ),
            models.CheckConstraint(
                condition=Q(is_statutory=False, code__in=WAIVABLE, ground__in=WAIVABLE_GROUNDS)
                & Q(documentation__in=["free", "structured"]),
                name="no_statute_is_waived",
            ),
            models.CheckConstraint(
                condition=GreaterThan(named_in("barred", "proposed_by"), 0), name="waiver_bars_its_proposer"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(Exact(named_in("barred", "confirmed_by"), 0)),
                name="waiver_signed_by_none_of_the_barred",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="waiver_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False)
                & Q(confirmed_on__gte=F("proposed_on"), confirmed_on__lte=F("until")),
                name="waiver_signed_while_it_lasts",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(confirmed_by__isnull=False) | Q(deferred=True),
                name="waiver_in_force_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(deferred=False)
                | Q(code__in=DEFERRABLE, state__in=["in_force", "ended"], confirmed_by__isnull=True),
                name="deferred_is_of_the_few_and_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(confirmed_by__isnull=True, rejected_by__isnull=True),
                name="waiver_proposed_is_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected")
                | Q(rejected_by__isnull=False, rejected_on__isnull=False, confirmed_by__isnull=True)
                & ~Q(reject_code="")
                & ~Q(rejected_by=F("proposed_by")),
                name="waiver_rejected_by_another",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("proposed_on")) & ~Q(reason_code=""),
                name="waiver_has_end_and_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="waiver_by_end")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        """Whether it waits for its second signature or has both, whatever its end date."""
        return self.state in {self.State.PROPOSED, self.State.IN_FORCE}

    @property
    def took_effect(self) -> bool:
        """Whether it has had both signatures, or was chosen as what is completed after the start."""
        return self.deferred or self.confirmed_on is not None

    def holds_on(self, day: date) -> bool:
        """Whether the check stops nothing on that day: both signatures, and the end date has not passed."""
        return self.state == self.State.IN_FORCE and day <= self.until

    def has_lapsed(self, day: date) -> bool:
        """Whether the end date had passed by that day, signed or not."""
        return self.is_live and day > self.until
