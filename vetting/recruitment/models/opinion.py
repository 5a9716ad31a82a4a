"""The security function's opinion (Säkerhetsyttrande): rounds with one or two votes, blind to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact, GreaterThan

from audit.covered import Covered
from vetting.crypto.sealed import SealedField
from vetting.recruitment.models.barred import named_in


class Opinion(Covered):
    """One round for one candidacy. The preparer, the manager and whether it binds are copied here and never change."""

    COVERAGE_VERSION = 5

    class State(models.TextChoices):
        DRAFT = "draft"
        REQUESTED = "requested"
        HALF_GIVEN = "half_given"
        APPROVED = "approved"
        APPROVED_WITH_CONDITIONS = "approved_with_conditions"
        RETURNED = "returned"
        REFUSED = "refused"
        ESCALATED = "escalated"
        OVERRULED = "overruled"
        UPHELD = "upheld"
        SET_ASIDE = "set_aside"
        RECALLED = "recalled"
        INVALIDATED = "invalidated"
        LAPSED = "lapsed"
        USED = "used"
        ENDED = "ended"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="opinions")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="opinions")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    preparer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    manager = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    approvers = models.PositiveSmallIntegerField()
    second_because = models.JSONField(default=list, blank=True)
    STAY_TRUE = ("needs_guest",)
    needs_guest = models.BooleanField(default=False)
    """Whether the post lies within HR or the security function: then one of those who opine is a guest."""
    binds = models.BooleanField(default=True)
    """Whether the authority lets the opinion bind (`Authority.opinion_binds` on the day it was asked for)."""
    recommendation = SealedField("opinion.recommendation", key="candidacy_id", null=True)
    basis = models.JSONField(default=dict, blank=True)
    """Check id → log entry of each row in the material, so that a new round marks only what changed."""
    requested_on = models.DateField(null=True, blank=True)
    planned_start = models.DateField(null=True, blank=True)
    concluded_on = models.DateField(null=True, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    escalated_to = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalation_reason = SealedField("opinion.escalation_reason", key="candidacy_id", null=True)
    escalation_decision = SealedField("opinion.escalation_decision", key="candidacy_id", null=True)
    """Why the one who decided after the lift decided so; the manager's reason to lift stays beside it."""
    escalation_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalation_on = models.DateField(null=True, blank=True)
    escalation_section = models.CharField(max_length=40, blank=True)
    escalation_barred = models.TextField(blank=True, default="")
    """Ids (hexadecimal, spaces between) of who may not decide after the lift: who prepared, manages, opined or stands
    aside, and those who have stood in for one of them or the other way round."""
    set_aside_reason = SealedField("opinion.set_aside_reason", key="candidacy_id", null=True)
    """Why the delegate decided against a consultative *avstyrks*."""
    set_aside_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside_on = models.DateField(null=True, blank=True)
    disposed_on = models.DateField(null=True, blank=True)
    """The day on which its reasons were disposed of (*gallrat*)."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "round"], name="opinion_round_once"),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(state__in=["draft", "requested", "half_given"]),
                name="one_opinion_under_way",
            ),
            models.CheckConstraint(
                condition=Q(approvers__gte=1, approvers__lte=2), name="one_or_two_approvers"
            ),
            models.CheckConstraint(
                condition=Q(escalation_by__isnull=True)
                | ~Q(escalation_by=F("manager")) & ~Q(escalation_by=F("preparer")),
                name="escalation_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(escalation_by__isnull=True)
                | Q(Exact(named_in("escalation_barred", "escalation_by"), 0))
                # Those decided by an earlier version stand without the list.
                & (Q(escalation_barred="") | Q(GreaterThan(named_in("escalation_barred", "preparer"), 0))),
                name="escalation_decided_by_none_of_the_barred",
            ),
            models.CheckConstraint(
                condition=~Q(state="overruled") | Q(escalation_by__isnull=False, escalation_on__isnull=False),
                name="overruled_only_after_escalation",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside")
                | Q(
                    binds=False,
                    set_aside_by__isnull=False,
                    set_aside_on__isnull=False,
                )
                & (Q(set_aside_reason__isnull=False) | Q(disposed_on__isnull=False)),
                name="set_aside_only_where_consulted_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True)
                | Q(
                    recommendation__isnull=True,
                    escalation_reason__isnull=True,
                    escalation_decision__isnull=True,
                    set_aside_reason__isnull=True,
                ),
                name="disposed_opinion_holds_no_words",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_by__isnull=True) | ~Q(set_aside_by=F("preparer")),
                name="set_aside_by_another_than_the_preparer",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "planned_start"], name="opinion_queue"),
            models.Index(
                fields=["concluded_on", "requested_on", "recruitment", "candidacy"], name="opinion_by_day"
            ),
        ]


class Vote(Covered):
    """One person's vote in a round. What she voted is sealed until the round is concluded (blind).

    The row copies the persons it must differ from, because a CHECK sees one row only.
    """

    class State(models.TextChoices):
        GIVEN = "given"
        WITHDRAWN = "withdrawn"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="votes")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="votes")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    preparer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    manager = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.GIVEN)
    ballot = SealedField("vote.ballot", key="candidacy_id", null=True)
    given_on = models.DateField()
    barred = models.TextField(blank=True, default="")
    """Ids (hexadecimal, spaces between) of who may not give this vote: whoever prepared, manages, recorded, has voted
    or stands aside, and those who have stood in for one of them or the other way round."""

    needs_guest = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    """Given as guest approver; `needs_guest` as the round had it."""

    COVERAGE_VERSION = 3

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"],
                condition=Q(state="given", needs_guest=True, is_guest=False),
                name="one_vote_of_the_house_where_a_guest_is_needed",
            ),
            models.CheckConstraint(
                condition=Q(Exact(named_in("barred", "person"), 0)), name="vote_by_none_of_the_barred"
            ),
            models.UniqueConstraint(
                fields=["opinion", "slot"], condition=Q(state="given"), name="vote_slot_once"
            ),
            models.UniqueConstraint(
                fields=["opinion", "person"], condition=Q(state="given"), name="vote_person_once"
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="vote_slot_1_or_2"),
            models.CheckConstraint(
                condition=~Q(person=F("preparer")) & ~Q(person=F("manager")),
                name="vote_by_neither_preparer_nor_manager",
            ),
        ]
