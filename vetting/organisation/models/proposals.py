"""What two persons do to the delegation order, and to the work one authority does for another: proposed, then answered.

Nothing of a proposal has effect. With the answer yes, the point or the agreement itself is made or given its last day.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered

from .tree import Authority, DelegationPoint, ServiceAgreement, Unit


class Proposal(Covered):
    """Abstract: who proposed, who answered, and by which decision of the committee (`section`)."""

    class Kind(models.TextChoices):
        ADD = "add"
        END = "end"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    kind = models.CharField(max_length=4, choices=Kind, default=Kind.ADD)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    section = models.CharField(max_length=60, blank=True)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def answer_rules(name: str, of: str) -> list[Any]:
    """What must never be false of a proposal; `name` begins the rules' names, `of` is what it is about."""
    return [
        models.CheckConstraint(
            condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("proposed_by")),
            name=f"{name}_answered_by_another",
        ),
        models.CheckConstraint(
            condition=Q(state="proposed", answered_by__isnull=True, answered_on__isnull=True)
            | Q(state__in=["confirmed", "rejected"], answered_by__isnull=False, answered_on__isnull=False),
            name=f"{name}_answer_is_complete",
        ),
        models.CheckConstraint(
            condition=~Q(state="confirmed") | (~Q(section="") & Q(**{f"{of}__isnull": False})),
            name=f"{name}_confirmed_by_a_decision",
        ),
        models.CheckConstraint(
            condition=Q(kind="add") | Q(**{f"{of}__isnull": False}, valid_to__isnull=False),
            name=f"{name}_end_says_of_what",
        ),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            name=f"{name}_dates_in_order",
        ),
    ]


class DelegationProposal(Proposal):
    """A point of the delegation order to be made, or one to be ended (kommunallagen 7:5-8).

    Neither the delegate nor whoever decides after *avstyrks* answers it.
    """

    point = models.ForeignKey(DelegationPoint, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    forms = models.JSONField(default=list)
    leading_posts = models.BooleanField(default=False)
    delegate = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    is_substitute = models.BooleanField(default=False)
    escalates_to = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            *answer_rules("delegation_proposal", "point"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | (
                    ~Q(answered_by=F("delegate"))
                    & (Q(escalates_to__isnull=True) | ~Q(answered_by=F("escalates_to")))
                ),
                name="delegation_not_answered_by_delegate",
            ),
        ]


class TreeProposal(Covered):
    """A change of a unit, or of an authority, that widens what somebody reaches or takes checks away.

    `wanted` is what it will be: a place and a day for a move or a replacement, else the columns. `seen` is the entry by
    which what it is about stood when it was proposed: confirmed is what was read.
    """

    FIXED = ("kind", "unit", "authority", "wanted", "seen", "proposed_on")

    class Kind(models.TextChoices):
        MOVE = "move"
        REPLACE = "replace"
        EDIT = "edit"
        AUTHORITY = "authority"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="+")
    wanted = models.JSONField(default=dict)
    seen = models.BigIntegerField()
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(state="withdrawn", answered_by=F("proposed_by"))
                | ~Q(answered_by=F("proposed_by")) & ~Q(state="withdrawn"),
                name="tree_change_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_by__isnull=True, answered_on__isnull=True)
                | Q(
                    state__in=["confirmed", "rejected", "withdrawn"],
                    answered_by__isnull=False,
                    answered_on__isnull=False,
                ),
                name="tree_change_answer_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(kind="authority", authority__isnull=False, unit__isnull=True)
                | Q(kind__in=["move", "replace", "edit"], authority__isnull=True, unit__isnull=False),
                name="tree_change_is_about_one",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="proposed"), name="one_change_of_a_unit_waits"
            ),
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state="proposed"), name="one_change_of_an_authority_waits"
            ),
        ]


class AgreementProposal(Proposal):
    """Work that a function of one authority is to do for another, or an agreement to be ended.

    Whoever confirms does so by a role of her own in the authority whose recruitments are reached (`answered_as`).
    """

    COVERAGE_VERSION = 2
    COPIES = {"answered_as": ("authority",)}

    agreement = models.ForeignKey(ServiceAgreement, models.PROTECT, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=24, choices=ServiceAgreement.Function)
    provider = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    answered_as = models.ForeignKey(
        "access.RoleGrant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="+")
    is_earlier = models.BooleanField(default=False, editable=False)
    """Proposed by an earlier version, which did not note by which role it was answered."""

    class Meta:
        constraints = [
            *answer_rules("agreement_proposal", "agreement"),
            models.CheckConstraint(condition=~Q(provider=F("receiver")), name="agreement_is_between_two"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(is_earlier=True)
                | Q(answered_as__isnull=False, authority=F("receiver")),
                name="agreement_confirmed_by_receiver",
            ),
        ]
