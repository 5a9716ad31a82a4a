"""The door's own tables: who holds which role where. Grants per object belong to the rooms that own the object."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from audit.covered import Covered, CoveredQuerySet
from vetting.access.account_proposals import AccountProposal
from vetting.access.delegation import Delegation
from vetting.policy.access_review import CAUSES
from vetting.policy.places import GUEST, GUEST_DAYS, NAMED_BY_DECISION


class RoleGrant(Covered):
    """A role of a person, in a unit's subtree, in an authority, or in the whole installation.

    Proposed and confirmed by two persons, neither of them the one who gets it (the machine `role_grant`).
    Whether it holds is judged when it is used: state, first day and last day.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACTIVE = "active"
        REVOKED = "revoked"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=32)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.ForeignKey(
        "organisation.Authority", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    """The decision by which the person was named, where the role needs one (`places.NAMED_BY_DECISION`)."""
    decided_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """Who rejected, withdrew or revoked; `ended_on` and `reason` (a code of a list) come with it."""
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    """The last day of a review that nobody has answered yet (`under_review`); after it the role gives nothing."""
    review_cause = models.CharField(max_length=12, blank=True)
    reviewed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who answered the newest review, and `reviewed_on` when."""
    reviewed_on = models.DateField(null=True, blank=True)

    COVERAGE_VERSION: ClassVar[int] = 3
    FIXED = ("role", "unit", "authority")

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="role_by_person"),
            models.Index(
                fields=["answer_by"], name="role_under_review", condition=Q(answer_by__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active")
                | (
                    Q(confirmed_by__isnull=False, proposed_by__isnull=False)
                    & ~Q(confirmed_by=F("proposed_by"))
                ),
                name="active_role_has_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")),
                name="role_not_confirmed_by_self",
            ),
            models.CheckConstraint(
                # The first administrators of an earlier version stand as their own proposers.
                condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=F("person")) | Q(role="administrator"),
                name="role_not_proposed_by_self",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by__isnull=False, confirmed_by__isnull=True),
                name="proposed_role_has_a_proposer",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(authority__isnull=True), name="role_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(role=GUEST)
                | Q(valid_to__isnull=True)  # of an earlier version: gives nothing (`is_in_force`)
                | Q(valid_to__lte=F("valid_from") + timedelta(days=GUEST_DAYS - 1)),
                name="guest_role_at_most_14_days",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed")
                | ~Q(role__in=sorted(NAMED_BY_DECISION))
                | (Q(decided_on__isnull=False) & ~Q(reference="")),
                name="recipient_has_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active"], ended_by__isnull=True, ended_on__isnull=True)
                | Q(
                    state__in=["rejected", "withdrawn", "revoked"],
                    ended_by__isnull=False,
                    ended_on__isnull=False,
                ),
                name="ended_role_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected")
                | (~Q(ended_by=F("proposed_by")) & ~Q(ended_by=F("person")) & ~Q(reason="")),
                name="role_rejected_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(ended_by=F("proposed_by")),
                name="role_withdrawn_by_proposer",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | (Q(confirmed_by__isnull=False) & ~Q(reason="")),
                name="revoked_role_had_been_given",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True, review_cause="")
                | Q(state="active", answer_by__isnull=False, review_cause__in=sorted(CAUSES)),
                name="role_under_review_holds",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_on__isnull=True)
                | (Q(reviewed_by__isnull=False, reviewed_on__isnull=False) & ~Q(reviewed_by=F("person"))),
                name="role_reviewed_by_another",
            ),
        ]

    @property
    def last_day(self) -> date | None:
        """The last day on which the role gives anything, as things stand: its own, or that of an unanswered review."""
        return min((day for day in (self.valid_to, self.answer_by) if day is not None), default=None)

    def is_in_force(self, on: date) -> bool:
        """Whether the role gives anything on the legal day `on`."""
        last = self.last_day
        if self.role == GUEST and self.valid_to is None:
            return False  # a guest's role ends, or is none
        return self.state == self.State.ACTIVE and self.valid_from <= on and (last is None or on <= last)

    def state_on(self, on: date) -> str:
        """The state of the machine `role_grant`: a review and a lapse are told by their days and stored nowhere."""
        if self.state != self.State.ACTIVE:
            return str(self.state)
        if self.last_day is not None and self.last_day < on:
            return "lapsed"
        return "under_review" if self.answer_by is not None else "active"


class GrantManager(UserObjectPermissionManager):
    """Guardian's manager, by which it finds where the grants of a model lie, over rows the log covers."""

    def get_queryset(self) -> CoveredQuerySet:
        """What would go past the history is refused."""
        return CoveredQuerySet(self.model, using=self._db)


class ObjectGrant(UserObjectPermissionBase, Covered):
    """Abstract: guardian's direct-foreign-key permission, covered by the log. A room adds `content_object`."""

    objects: ClassVar = GrantManager()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


__all__ = ["AccountProposal", "Delegation", "GrantManager", "ObjectGrant", "RoleGrant"]
