"""A change of what a municipality decides for itself, proposed by one person and answered by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered

from .tree import Authority


class SettingProposal(Covered):
    """One setting of one body: the value it had (`before`) and the one proposed. Nothing of it has effect until yes."""

    class Setting(models.TextChoices):
        OPINION_BINDS = "opinion_binds"
        SAMPLE_PERCENT = "sample_percent"
        SWITCHED_ON = "switched_on"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    setting = models.CharField(max_length=24, choices=Setting)
    before = models.JSONField()
    value = models.JSONField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    # Not by whom: two accounts that turn out to be one person's are counted as one here too.
    FIXED = ("authority", "setting", "before", "value", "reason", "proposed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(state="withdrawn", answered_by=F("proposed_by"))
                | ~Q(answered_by=F("proposed_by")) & ~Q(state="withdrawn"),
                name="setting_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_by__isnull=True, answered_on__isnull=True)
                | Q(
                    state__in=["confirmed", "rejected", "withdrawn"],
                    answered_by__isnull=False,
                    answered_on__isnull=False,
                ),
                name="setting_answer_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(setting__in=["opinion_binds", "sample_percent", "switched_on"]),
                name="setting_is_one_of_them",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="setting_has_a_reason"),
            models.UniqueConstraint(
                fields=["authority", "setting"],
                condition=Q(state="proposed"),
                name="setting_proposed_once_at_a_time",
            ),
        ]
