"""The recruitment itself: a number of places on a position, in a unit, under a responsible manager."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.policy.rounds import MOST_PLACES

HELD = Q(legal_hold_since__isnull=False, lifted_on__isnull=True)
"""Recruitments of which nothing is disposed: `Recruitment.is_held` as a condition."""
LISTED = ("-created_on", "-reference", "state", "unit", "id")
"""The newest first, as the worklist has them, and what they are chosen by."""


class Recruitment(Covered):
    """From need to closed. Holds nothing sealed about a person; `on_hold` is a flag, not a state."""

    COVERAGE_VERSION = 3

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        DECIDED = "decided"
        ONBOARDING = "onboarding"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    reference = models.CharField(max_length=16, unique=True)
    position = models.ForeignKey("organisation.Position", models.PROTECT, related_name="recruitments")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="recruitments")
    form = models.CharField(max_length=24)
    places = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    manager = models.ForeignKey("accounts.Person", models.PROTECT, related_name="manages")
    earlier_managers = models.JSONField(default=list)
    """Who was responsible before, oldest first: {"person": id, "until": ISO day}. Nobody of them opines here."""
    responsible = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="responsible_for"
    )
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    planned_start = models.DateField(null=True, blank=True)
    engagement_days = models.PositiveSmallIntegerField(null=True, blank=True)
    diary_number = models.CharField(max_length=32, blank=True)
    profiles = models.JSONField(default=list)
    """The profiles in force when it was opened (visible ones), position's and workplace's together."""
    level = models.PositiveSmallIntegerField(default=1)
    approvers = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    catalogue_on = models.DateField(null=True, blank=True)
    """The legal day whose catalogue it was opened under; a case remembers its catalogue."""
    created_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=32, blank=True)
    settled_places = models.PositiveSmallIntegerField(default=0)
    on_hold = models.BooleanField(default=False)
    hold_reason = models.CharField(max_length=32, blank=True)
    hold_since = models.DateField(null=True, blank=True)
    legal_hold_since = models.DateField(null=True, blank=True)
    legal_hold_ground = models.CharField(max_length=32, blank=True)
    lift_proposed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    lift_proposed_on = models.DateField(null=True, blank=True)
    lift_reason = models.CharField(max_length=32, blank=True)
    lifted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        permissions = [
            ("act_as_hr_officer", "Tilldelad som HR-handläggare"),
            ("act_as_hr_head", "Tilldelad som HR-chef"),
            ("act_as_security_officer", "Tilldelad som säkerhetshandläggare"),
            ("act_as_security_head", "Tilldelad som säkerhetschef"),
            ("act_as_protective_security", "Tilldelad som säkerhetsskydd"),
            ("act_as_hiring_manager", "Tilldelad som beslutande efter lyft"),
            ("act_as_guest_approver", "Tilldelad som gästyttrare"),
            ("act_as_employee", "Tilldelad som behörighetsansvarig"),
        ]
        indexes = [
            models.Index(fields=["-created_on", "id"], name="recruitment_newest"),
            # One's own, and those of a unit, are chosen and counted without their rows: as by `ListedGrant`.
            models.Index(fields=["manager", *LISTED], name="recruitment_by_manager"),
            models.Index(fields=["responsible", *LISTED], name="recruitment_by_responsible"),
            models.Index(
                fields=["unit", "-created_on", "-reference", "state", "id"], name="recruitment_by_unit"
            ),
            models.Index(fields=["state", "-created_on"], name="recruitment_by_state"),
            models.Index(fields=["unit", "state", "id"], name="recruitment_in_unit"),
            models.Index(fields=["unit"], condition=models.Q(on_hold=True), name="recruitment_paused"),
            models.Index(fields=["legal_hold_since", "id"], condition=HELD, name="recruitment_held"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES), name="places_1_to_500"
            ),
            models.CheckConstraint(
                condition=~Q(form__in=["elected_office", "foster_contact", ""]), name="allowed_form"
            ),
            models.CheckConstraint(
                condition=Q(on_hold=False, hold_since__isnull=True)
                | Q(on_hold=True, hold_since__isnull=False),
                name="hold_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(lift_proposed_by__isnull=True, lift_proposed_on__isnull=True, lift_reason="")
                | Q(
                    lift_proposed_by__isnull=False,
                    lift_proposed_on__isnull=False,
                    legal_hold_since__isnull=False,
                )
                & Q(lift_proposed_on__gte=F("legal_hold_since"))
                & ~Q(lift_reason=""),
                name="lift_of_hold_is_proposed_whole",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_on__isnull=True)
                | Q(lifted_by__isnull=False, lifted_on__isnull=False, lift_proposed_by__isnull=False)
                & Q(lifted_on__gte=F("lift_proposed_on"))
                & ~Q(lifted_by=F("lift_proposed_by")),
                name="hold_lifted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="cancelled") | Q(opened_on__isnull=False),
                name="open_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "cancelled"], ended_on__isnull=False)
                | (~Q(state__in=["closed", "cancelled"]) & Q(ended_on__isnull=True)),
                name="end_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(settled_places__lte=F("places")), name="settled_within_places"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def hold_state(self) -> str:
        """The state of the legal hold by its days, as `policy.workflow` names it; `new` where none has been set."""
        if self.legal_hold_since is None:
            return "new"
        if self.lifted_on is not None:
            return "lifted"
        return "lift_proposed" if self.lift_proposed_on is not None else "in_force"

    @property
    def is_held(self) -> bool:
        """Whether disposal is stopped: also while a lift waits to be confirmed."""
        return self.hold_state in {"in_force", "lift_proposed"}


class ManagerMail(models.Model):
    """When a person was last mailed that something waits, and a digest of what it was: to tell nobody twice."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    told_on = models.DateField()
    digest = models.CharField(max_length=64)
