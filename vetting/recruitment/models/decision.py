"""The decision to employ, engage or receive, and the engagement that begins with it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from audit.covered import Covered
from vetting.policy.engagement_forms import ALWAYS_END
from vetting.policy.firm import NOT_RENEWED
from vetting.recruitment.models.barred import named_in


class Decision(Covered):
    """One decision for one candidacy, with the point of delegation or the board's date and §.

    Kommunallagen 7:5–8; retention starts from the last of the later dates, or from the decision.
    """

    COVERAGE_VERSION = 2
    FIXED = ("recruitment", "candidacy")

    class Maker(models.TextChoices):
        DELEGATE = "delegate"
        COMMITTEE = "committee"
        EXECUTIVE_BOARD = "executive_board"
        COUNCIL = "council"
        COMPANY = "company"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="decisions")
    candidacy = models.OneToOneField("recruitment.Candidacy", models.PROTECT, related_name="decision")
    maker = models.CharField(max_length=16, choices=Maker)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    delegation_point = models.ForeignKey(
        "organisation.DelegationPoint", models.PROTECT, null=True, blank=True, related_name="+"
    )
    section = models.CharField(max_length=40, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    merit_reference = models.CharField(max_length=60, blank=True)
    opinion = models.ForeignKey(
        "recruitment.Opinion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField()
    reported_on = models.DateField(null=True, blank=True)
    minutes_approved_on = models.DateField(null=True, blank=True)
    barred = models.TextField(blank=True, default="")
    """Ids (hexadecimal, spaces between) of who may not sign it: those who have opined."""
    posted_on = models.DateField(null=True, blank=True)
    final_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(maker="delegate", decided_by__isnull=False, delegation_point__isnull=False)
                | (~Q(maker="delegate") & ~Q(section="")),
                name="decision_has_its_authority",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(Exact(named_in("barred", "decided_by"), 0)),
                name="decision_by_none_who_opined",
            ),
            models.CheckConstraint(
                condition=(Q(reported_on__isnull=True) | Q(reported_on__gte=F("decided_on")))
                & (Q(minutes_approved_on__isnull=True) | Q(reported_on__lte=F("minutes_approved_on")))
                & (Q(posted_on__isnull=True) | Q(minutes_approved_on__lte=F("posted_on")))
                & (Q(final_on__isnull=True) | Q(posted_on__lt=F("final_on"))),
                name="decision_dates_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["decided_on", "candidacy", "recruitment", "maker"], name="decision_of_day")
        ]


class Engagement(Covered):
    """Employment or assignment: begins at the decision, lives on after the recruitment has closed."""

    NEEDS = {"planned_end": ("form", ALWAYS_END)}

    class State(models.TextChoices):
        PLANNED = "planned"
        NOT_STARTED = "not_started"
        ACTIVE = "active"
        EXITING = "exiting"
        ENDED = "ended"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="engagements")
    candidacy = models.OneToOneField("recruitment.Candidacy", models.PROTECT, related_name="engagement")
    form = models.CharField(max_length=24)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    answers = models.JSONField(default=dict, blank=True)
    planned_start = models.DateField()
    planned_end = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    renewals = models.JSONField(default=dict, blank=True)
    """Check code → the legal day it is next due; never a register look-up, licences aside."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "not_started"], started_on__isnull=True)
                | Q(state__in=["active", "exiting", "ended"], started_on__isnull=False),
                name="started_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True)
                | Q(planned_end__gte=F("planned_start"))
                | Q(planned_end__gte=F("started_on")),
                name="engagement_days_in_order",
            ),
            # What is asked for once is not a renewal, whoever writes it there.
            models.CheckConstraint(
                condition=~Q(renewals__has_any_keys=list(NOT_RENEWED)), name="nothing_asked_once_is_renewed"
            ),
        ]
