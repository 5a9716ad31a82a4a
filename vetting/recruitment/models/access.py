"""Who has been let in to one recruitment, and who stands aside from it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from audit.covered import Covered
from vetting.access.models import ObjectGrant
from vetting.crypto.sealed import SealedField
from vetting.policy.access_review import CAUSES
from vetting.recruitment.models.barred import named_in


class RecruitmentGrant(ObjectGrant):
    """An assignment in one recruitment: guardian's direct-foreign-key row; it dies with its recruitment."""

    content_object = models.ForeignKey("recruitment.Recruitment", models.CASCADE, related_name="grants")
    granted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    reason = models.CharField(max_length=32)
    answer_by = models.DateField(null=True, blank=True)
    """The last day of a review that nobody has answered yet; after it the assignment gives nothing."""
    review_cause = models.CharField(max_length=12, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    """When the newest review was answered; by whom stands in the log."""
    until = models.DateField(null=True, blank=True)
    """The last day on which a guest's assignment gives something; None for those of the house."""

    COVERAGE_VERSION: ClassVar[int] = 3

    class Meta(ObjectGrant.Meta):
        abstract = False
        unique_together = [["user", "permission", "content_object"]]
        indexes = [
            models.Index(fields=["user", "content_object"], name="grant_by_account"),
            models.Index(
                fields=["answer_by"], name="grant_under_review", condition=Q(answer_by__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True, review_cause="")
                | Q(answer_by__isnull=False, review_cause__in=sorted(CAUSES)),
                name="grant_under_review_has_cause",
            )
        ]

    def still_holds(self, on: date) -> bool:
        """Whether the assignment gives something on the legal day `on`."""
        return all(last is None or on <= last for last in (self.answer_by, self.until))


def still_holds(on: date) -> Q:
    """The assignments that give something on the legal day `on`: not over, and in no review left unanswered."""
    answered = Q(answer_by__isnull=True) | Q(answer_by__gte=on)
    return answered & (Q(until__isnull=True) | Q(until__gte=on))


class Recusal(Covered):
    """A participant's declaration of conflict of interest (jäv) and what was decided about it.

    `finalists_seen` tells how many finalists the answer covers; a new one asks again. A relative is never named.
    """

    class State(models.TextChoices):
        CLEAR = "clear"
        DECLARED = "declared"
        PARTICIPATES = "participates"
        EXCLUDED = "excluded"
        ENDED = "ended"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="recusals")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="recusals")
    state = models.CharField(max_length=14, choices=State)
    finalists_seen = models.PositiveSmallIntegerField(default=0)
    declared_on = models.DateField()
    interest = SealedField("recusal.interest", key="id", null=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = SealedField("recusal.decision_reason", key="id", null=True)
    excluded_before_end = models.BooleanField(default=False)
    """Kept when the recruitment ends: whoever stood aside may still not read it."""
    by_match = models.BooleanField(default=False)
    """Shut out by the service itself: a finalist has the number that is known to be this person's."""
    match = models.CharField(max_length=64, blank=True, default="")
    """A keyed digest of recruitment and number: whether what was matched is still what is entered."""
    matched_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """Who entered the number; None where a list of the staff was taken in."""
    had_part = models.BooleanField(default=False)
    """Whether she had, or could have had, a part here when she was matched: a head answers it then."""
    before_match = models.CharField(max_length=14, blank=True, default="")
    match_answered_on = models.DateField(null=True, blank=True)
    match_lapsed_on = models.DateField(null=True, blank=True)
    parties = models.TextField(blank=True, default="")
    """Ids (hexadecimal, spaces between) of those whose own matter it is who opines here: none of them sets it."""
    changed_at = models.DateTimeField()

    COVERAGE_VERSION: ClassVar[int] = 3

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recruitment", "person"], name="recusal_once_per_person"),
            models.CheckConstraint(
                condition=Q(Exact(named_in("parties", "decided_by"), 0)), name="recusal_set_by_no_party"
            ),
            models.CheckConstraint(
                condition=Q(matched_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("matched_by")),
                name="match_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="recusal_not_decided_by_self",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["clear", "declared", "ended"])
                | Q(decided_by__isnull=False, decided_on__isnull=False)
                | Q(by_match=True, state="excluded", decided_on__isnull=False)
                | Q(state="participates", match_lapsed_on__isnull=False, decided_on__isnull=False),
                name="recusal_decision_is_complete",
            ),
        ]
        # Whom a list leaves out is asked of everybody who has ever declared anything: by the index alone.
        indexes = [
            models.Index(
                fields=["person", "state", "excluded_before_end", "recruitment"], name="recusal_by_person"
            )
        ]

    @property
    def waits_for_head(self) -> bool:
        """Whether a head is to answer if the match is right: she stands aside meanwhile."""
        return (
            self.by_match
            and self.had_part
            and self.state == self.State.EXCLUDED
            and self.match_answered_on is None
        )
