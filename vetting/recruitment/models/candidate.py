"""The candidate's own page: the link that leads to it, and what she has handed in there herself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField


class CandidateLink(Covered):
    """One code that was handed out. Of the code itself only a keyed digest is stored, so that no copy of the database
    opens a page; it leads to one candidacy and never to another.
    """

    FIXED: ClassVar[tuple[str, ...]] = (
        "recruitment",
        "candidacy",
        "digest",
        "issued_by",
        "issued_on",
        "until",
    )

    class Ended(models.TextChoices):
        RENEWED = "renewed"
        REVOKED = "revoked"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="+")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    issued_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    issued_on = models.DateField()
    until = models.DateField()
    """The last day on which the code holds, Stockholm calendar; the end of the candidacy may bring it nearer."""
    opened_on = models.DateField(null=True, blank=True)
    """The day on which the page was opened for the first time."""
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    end_code = models.CharField(max_length=8, choices=Ended, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(ended_on__isnull=True), name="one_live_link_per_finalist"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("issued_on")), name="link_days_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, end_code="")
                | Q(
                    ended_on__isnull=False,
                    ended_by__isnull=False,
                    end_code__in=["renewed", "revoked"],
                    ended_on__gte=F("issued_on"),
                ),
                name="link_end_says_who_and_how",
            ),
        ]


class Given(Covered):
    """What she has handed in herself: a declaration, or her reply about a check that is to be assessed.

    Sealed under her candidacy's own key, and gone with it. Nobody else writes here: of the row only its being taken in
    is added later.
    """

    FIXED: ClassVar[tuple[str, ...]] = (
        "recruitment",
        "candidacy",
        "of_check",
        "link",
        "kind",
        "answer",
        "told_on",
        "given_at",
    )
    COPIES = {"of_check": ("recruitment", "candidacy"), "link": ("recruitment", "candidacy")}

    class Kind(models.TextChoices):
        DECLARATION = "declaration"
        REPLY = "reply"

    class Answer(models.TextChoices):
        NOTHING = "nothing"
        SOMETHING = "something"
        REPLIED = "replied"
        DECLINED = "declined"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="given")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="given")
    of_check = models.ForeignKey("recruitment.Check", models.PROTECT, related_name="given")
    link = models.ForeignKey(CandidateLink, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    answer = models.CharField(max_length=12, choices=Answer)
    content = SealedField("given.content", key="candidacy_id", null=True)
    told_on = models.DateField(null=True, blank=True)
    """Of a reply: the day on which she was told what had come up, so that each telling has one reply."""
    given_at = models.DateTimeField()
    taken_in_on = models.DateField(null=True, blank=True)
    taken_in_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["given_at"]
        indexes = [models.Index(fields=["recruitment", "taken_in_on"], name="given_by_recruitment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="declaration", answer__in=["nothing", "something"], told_on__isnull=True)
                | Q(kind="reply", answer="replied", told_on__isnull=False)
                | Q(kind="reply", answer="declined", told_on__isnull=False, content__isnull=True),
                name="given_is_a_declaration_or_a_reply",
            ),
            models.UniqueConstraint(
                fields=["of_check", "told_on"], condition=Q(kind="reply"), name="one_reply_to_what_was_told"
            ),
            models.CheckConstraint(
                condition=Q(taken_in_on__isnull=True, taken_in_by__isnull=True)
                | Q(taken_in_on__isnull=False, taken_in_by__isnull=False),
                name="taken_in_has_day_and_person",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
