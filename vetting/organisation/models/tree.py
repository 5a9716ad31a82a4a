"""Organisation → authority or company → unit, and the positions that carry profiles, risk and defaults.

A recruitment keeps the unit it was opened in; scope follows `path`. Crossing from one authority to another
is a disclosure, so a function reaches in only through a dated `ServiceAgreement`, never by tree position.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.policy.own_settings import LEAST_DRAWN, WHOLE

STEP = 5
"""Signs of a path for each level: four figures and a full stop."""


class Organisation(Covered):
    """A municipality, a company it owns, or a federation; one installation serves one group of them."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        COMPANY = "company"
        FEDERATION = "federation"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    is_demonstration = models.BooleanField(default=False)
    """The seed's mark: everything in this database is invented. Set when the row is made, never afterwards."""


class Authority(Covered):
    """A committee (nämnd) or a company: controller, diary, delegation order and what an opinion means there.

    `entity` decides which legal grounds exist (a company is not an authority in dataskyddslagen 3:8).
    """

    class Entity(models.TextChoices):
        AUTHORITY = "authority"
        COMPANY = "company"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="authorities")
    name = models.CharField(max_length=120)
    entity = models.CharField(max_length=10, choices=Entity, default=Entity.AUTHORITY)
    diary_prefix = models.CharField(max_length=12)
    opinion_binds = models.BooleanField(default=False)
    sample_percent = models.PositiveSmallIntegerField(default=10)
    switched_on = models.JSONField(default=list, blank=True)
    """Checks that are off by default and that this controller has decided to use (codes)."""

    @property
    def entity_kind(self) -> Literal["authority", "company"]:
        """Which legal grounds this controller can rely on."""
        return "company" if self.entity == self.Entity.COMPANY else "authority"

    is_control_function = models.BooleanField(default=False)
    """HR's or the security function's own authority: posts in it get a guest approver."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sample_percent__gte=LEAST_DRAWN, sample_percent__lte=WHOLE),
                name="authority_draws_no_fewer",
            ),
        ]


class Unit(Covered):
    """A workplace or department. `path` is the materialised tree path, "0001.0004.", unique and prefix-free."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=120, unique=True)
    profiles = models.JSONField(default=list, blank=True)
    """Control profiles of the workplace; every post in it or sent to it inherits them (school, HVB …)."""
    access_manager = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who gives and closes system access for the unit; sees nothing else."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
            )
        ]

    def is_in_force(self, on: date) -> bool:
        """Whether anything new may begin in the unit on the legal day `on`; judged when it is used, never by a job."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def depth(self) -> int:
        """How many units stand above it in its authority."""
        return len(self.path) // STEP - 1


class ServiceAgreement(Covered):
    """A declared, printed assignment: a function of one authority works for another (a disclosure, not a tree)."""

    class Function(models.TextChoices):
        HR = "hr"
        SECURITY = "security"
        PROTECTIVE_SECURITY = "protective_security"
        REGISTRY = "registry"

    function = models.CharField(max_length=24, choices=Function)
    provider = models.ForeignKey(Authority, models.PROTECT, related_name="provides")
    receiver = models.ForeignKey(Authority, models.PROTECT, related_name="receives")
    reference = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["function", "provider", "receiver", "valid_from"], name="agreement_once"
            )
        ]


class DelegationPoint(Covered):
    """One point of a delegation order: who may decide on which forms of engagement in which part of the tree.

    Kommunallagen 7:5–8. Several persons may hold the same point (ordinary delegate and *ersättare*).
    `escalates_to` is the person who may decide after *avstyrks* (empty: the committee decides, with § and date).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegation_points")
    code = models.CharField(max_length=24)
    forms = models.JSONField(default=list)
    leading_posts = models.BooleanField(default=False)
    delegate = models.ForeignKey("accounts.Person", models.PROTECT, related_name="delegation_points")
    is_substitute = models.BooleanField(default=False)
    escalates_to = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="escalation_points"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def is_in_force(self, on: date) -> bool:
        """Whether the point holds on the legal day `on`; judged when it is used, never by a job."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Position(Covered):
    """A post: its profiles, the answers given once for it, its engagement defaults and its risk analysis.

    The risk analysis (`role_risk`) is done once and inherited by every recruitment until it lapses.
    """

    class RiskState(models.TextChoices):
        NONE = "none"
        ASSESSED = "assessed"
        CONFIRMED = "confirmed"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=120)
    profiles = models.JSONField(default=list)
    answers = models.JSONField(default=dict, blank=True)
    default_form = models.CharField(max_length=24, default="permanent")
    is_designated_leading = models.BooleanField(default=False)
    min_approvers = models.PositiveSmallIntegerField(default=0, validators=[MinValueValidator(0)])
    risk_state = models.CharField(max_length=10, choices=RiskState, default=RiskState.NONE)
    risk_level = models.PositiveSmallIntegerField(null=True, blank=True)
    risk_reference = models.CharField(max_length=60, blank=True)
    risk_reasons = models.TextField(blank=True)
    risk_decided_on = models.DateField(null=True, blank=True)
    risk_assessed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="risk_assessments"
    )
    risk_confirmed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="risk_confirmations"
    )
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "title"], name="position_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(risk_confirmed_by__isnull=True) | ~Q(risk_confirmed_by=F("risk_assessed_by")),
                name="risk_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(risk_state="confirmed")
                | Q(risk_confirmed_by__isnull=False, risk_decided_on__isnull=False, risk_level__isnull=False),
                name="confirmed_risk_is_complete",
            ),
        ]
