"""A substitute (Ersättare): one named person stands in for another for at most 30 days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered

DAYS = 30
"""The most legal days that one delegation lasts, the first and the last counted."""


class Delegation(Covered):
    """`substitute` stands in for `absent` from the first through the last day, and never passes it on to a third.

    It gives nothing of its own: what the absent person may do herself is read when access is tested, and so is whether
    it has begun or is over. Only that somebody ended it early is stored.
    """

    FIXED = ("valid_from", "valid_to", "created_on")

    class State(models.TextChoices):
        GIVEN = "given"
        REVOKED = "revoked"

    absent = models.ForeignKey("accounts.Person", models.PROTECT, related_name="substituted")
    substitute = models.ForeignKey("accounts.Person", models.PROTECT, related_name="substitutes")
    valid_from = models.DateField()
    valid_to = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.GIVEN)
    created_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    created_on = models.DateField()
    reason = models.CharField(max_length=24, blank=True)
    """Why somebody else named the substitute (a code of a list); empty where it is one's own."""
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["substitute", "valid_to"], name="delegation_by_substitute"),
            models.Index(fields=["absent", "valid_to"], name="delegation_by_absent"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="nobody_is_her_own_substitute"),
            models.CheckConstraint(
                condition=~Q(created_by=F("substitute")), name="nobody_makes_herself_substitute"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from"))
                & Q(valid_to__lte=F("valid_from") + timedelta(days=DAYS - 1)),
                name="delegation_at_most_30_days",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("created_on")), name="delegation_never_backwards"
            ),
            models.CheckConstraint(
                condition=Q(created_by=F("absent")) | ~Q(reason=""), name="delegation_for_another_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="given", ended_by__isnull=True, ended_on__isnull=True)
                | Q(state="revoked", ended_by__isnull=False, ended_on__isnull=False),
                name="ended_delegation_says_by_whom",
            ),
        ]

    def state_on(self, on: date) -> str:
        """The machine's state on the legal day `on`: planned, active, ended or revoked."""
        if self.state == self.State.REVOKED:
            return "revoked"
        if on < self.valid_from:
            return "planned"
        return "active" if on <= self.valid_to else "ended"
