"""*Klar för pool*: one dated clearance per person, control profile and unit, and how a person is found among them.

*Lapsed* is judged from the last day when somebody asks, never stored. The database refuses a clearance without the
decision it rests on, of another finalist or for another unit; what the checks say is judged anew at every question.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered


class PoolClearance(Covered):
    """Whoever has it may be booked for the post at the unit through `until`; nothing about the person stands here."""

    COVERAGE_VERSION: ClassVar[int] = 2
    FIXED: ClassVar[tuple[str, ...]] = (
        "reference",
        "recruitment",
        "candidacy",
        "decision",
        "unit",
        "profile",
        "granted_on",
    )  # fmt: skip
    COPIES: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "decision": ("recruitment", "candidacy"),
        "recruitment": ("unit",),
    }

    class State(models.TextChoices):
        VALID = "valid"
        REVOKED = "revoked"

    reference = models.CharField(max_length=10, unique=True)
    """P-7F3KQD: what a booker may ask by instead of a name; drawn at random, so that none can be counted to."""
    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="clearances")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="clearances")
    decision = models.ForeignKey("recruitment.Decision", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    profile = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=State)
    granted_on = models.DateField()
    granted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    renewed_on = models.DateField(null=True, blank=True)
    until = models.DateField()
    """The last day on which she may be booked, Stockholm calendar: the first of `parts` to lapse, or the limit."""
    first_to_lapse = models.CharField(max_length=32)
    parts = models.JSONField(default=dict, blank=True)
    """Check code → the last day it carries bookings (ISO), for what lapses."""
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    revoke_code = models.CharField(max_length=24, blank=True)
    disposed_on = models.DateField(null=True, blank=True)
    """The day on which its parts and whose it was were disposed of (*gallrad*)."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(state="valid"), name="one_clearance_per_finalist"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("granted_on"))
                & (
                    Q(renewed_on__isnull=True)
                    | Q(renewed_on__gte=F("granted_on"), until__gte=F("renewed_on"))
                ),
                name="clearance_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="valid", revoked_on__isnull=True, revoked_by__isnull=True, revoke_code="")
                | Q(state="revoked", revoked_on__isnull=False, revoked_by__isnull=False) & ~Q(revoke_code=""),
                name="clearance_revoked_says_who_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "until"], name="clearance_by_unit")]

    def __str__(self) -> str:
        return self.reference

    def lasts_on(self, day: date) -> bool:
        """Whether it has not been revoked and its last day has not passed."""
        return self.state == self.State.VALID and day <= self.until

    def state_on(self, day: date) -> str:
        """`valid`, `lapsed` or `revoked` on the day."""
        if self.state == self.State.REVOKED:
            return "revoked"
        return "valid" if day <= self.until else "lapsed"


class PoolHolder(models.Model):
    """Whose the clearance is, as a keyed digest: one that is not revoked per person, profile and unit.

    Outside history and log; the row goes when the clearance is revoked.
    """

    id = models.BigAutoField(primary_key=True)
    clearance = models.OneToOneField(PoolClearance, models.CASCADE, related_name="holder")
    digest = models.BinaryField(max_length=32)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    profile = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "unit", "profile"], name="one_clearance_per_person_profile_unit"
            )
        ]


class NameIndex(models.Model):
    """Keyed digests of a finalist's name, for exact search only; outside history and log, gone with disposal."""

    id = models.BigAutoField(primary_key=True)
    candidacy = models.OneToOneField("recruitment.Candidacy", models.CASCADE, related_name="name_index")
    digest = models.BinaryField(max_length=32, null=True)
    """Of the whole name; only of those who may come to be booked from a pool."""
    called = models.BinaryField(max_length=32, null=True)
    """Of the first and the last of her names, by which whoever she telephones looks for her."""
    bound = models.BinaryField(max_length=32, null=True)
    """Of whose they are: the digests of another's row, copied into hers, are not her own (`search_index.is_own`)."""

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="name_index_digest"),
            models.Index(fields=["called"], name="name_index_called"),
        ]


class PoolBooker(Covered):
    """A dated assignment to book from the pool of a unit and those below it; it shows its holder nothing else."""

    # Not whose, nor by whom: two accounts that turn out to be one person's are counted as one here too.
    FIXED: ClassVar[tuple[str, ...]] = ("unit", "valid_from")

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    given_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    """The day it was ended before its last; from then on it gives nothing."""
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="booker_named_by_another"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="booker_days_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="booker_end_says_who",
            ),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(ended_on__isnull=True), name="one_booking_assignment"
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_to"], name="booker_by_person")]

    def holds_on(self, day: date) -> bool:
        """Whether it gives something on that day."""
        return self.ended_on is None and self.valid_from <= day <= self.valid_to
