"""What is proposed about an account and answered by another person: a lost sign-in, two accounts of one person, or
who is somebody's nearest manager.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered


class AccountProposal(Covered):
    """One proposal. The persons are copied, because a CHECK sees one row; they stay as they were when it was made.

    `other` and `other_person`: of a link, the second account, whose person is counted as `person` from then on. Of a
    nearest manager `other_person` alone: the manager proposed, empty where there is to be none.
    """

    class Kind(models.TextChoices):
        RESET = "reset"
        LINK = "link"
        MANAGER = "manager"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=8, choices=Kind)
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("accounts.Account", models.PROTECT, null=True, blank=True, related_name="+")
    other_person = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(state="proposed"),
                name="one_open_proposal_per_account",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person"))
                & (Q(other_person__isnull=True) | ~Q(proposed_by=F("other_person"))),
                name="account_proposed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(state="withdrawn", kind="manager", answered_by=F("proposed_by"))
                | (
                    ~Q(state="withdrawn")
                    & ~Q(answered_by=F("proposed_by"))
                    & ~Q(answered_by=F("person"))
                    & (Q(other_person__isnull=True) | ~Q(answered_by=F("other_person")))
                ),
                name="account_answered_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_by__isnull=True, answered_on__isnull=True)
                | Q(
                    state__in=["confirmed", "rejected", "withdrawn"],
                    answered_by__isnull=False,
                    answered_on__isnull=False,
                ),
                name="account_answer_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(kind="reset", other__isnull=True, other_person__isnull=True)
                | Q(kind="manager", other__isnull=True)
                & (Q(other_person__isnull=True) | ~Q(other_person=F("person")))
                | (
                    Q(kind="link", other__isnull=False, other_person__isnull=False)
                    & ~Q(other_person=F("person"))
                ),
                name="link_is_of_two_persons",
            ),
        ]
