"""The room's tables: a lot that is decided on as one, and the proof of what was disposed of according to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.policy.disposal import CARRIED_OUT, MOST_IN_A_LOT


class Lot(Covered):
    """Everything of one kind that was due with one authority on one day: frozen when it is put forward.

    `listing` has a line for each finalist, her id and the first day on which it was due; `digest` is its SHA-256. Two
    persons decide on it; what is in the list and nothing else is disposed of. None of its columns tells of a person.
    """

    FIXED: ClassVar[tuple[str, ...]] = (
        "number", "authority", "row", "up_to", "decision", "listing", "digest", "count", "proposed_on",
    )  # fmt: skip

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        CARRIED_OUT = "carried_out"

    number = models.CharField(max_length=16, unique=True)
    """G-2026-0007: how pages, log and command speak of it."""
    authority = models.ForeignKey("organisation.Authority", models.PROTECT, related_name="+")
    row = models.CharField(max_length=32)
    """The kind of record: a code of `policy.retention`."""
    up_to = models.DateField()
    """The legal day on which all of it was due."""
    decision = models.CharField(max_length=60)
    """Which disposal decision or point of the document plan it rests on (arkivlagen 10 §): number and §."""
    listing = models.TextField()
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    answered_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who decided on it, or said no to what was put forward."""
    answered_on = models.DateField(null=True, blank=True)
    stopped_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")
    """Who stopped it after it had been decided on."""
    stopped_on = models.DateField(null=True, blank=True)
    reject_code = models.CharField(max_length=32, blank=True)
    carried_out_on = models.DateField(null=True, blank=True)
    disposed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    """How many of the list were left: held, with a later day, or gone already."""

    class Meta:
        indexes = [models.Index(fields=["authority", "-proposed_on"], name="lot_by_authority")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "row"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="one_lot_of_a_kind_waits",
            ),
            models.CheckConstraint(
                condition=Q(row__in=CARRIED_OUT), name="lot_of_a_kind_that_is_disposed_of"
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=MOST_IN_A_LOT) & ~Q(decision="") & ~Q(listing=""),
                name="lot_says_what_and_by_which_decision",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("proposed_by")),
                name="lot_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_by__isnull=True, answered_on__isnull=True)
                | Q(
                    state__in=["confirmed", "rejected", "carried_out"],
                    answered_by__isnull=False,
                    answered_on__gte=F("proposed_on"),
                ),
                name="lot_answer_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state="rejected") & ~Q(reject_code="")
                | ~Q(state="rejected") & Q(reject_code="", stopped_by__isnull=True, stopped_on__isnull=True),
                name="lot_rejected_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="carried_out") & Q(carried_out_on__isnull=True, disposed=0, left=0)
                | Q(
                    state="carried_out", carried_out_on__gte=F("answered_on"), count=F("disposed") + F("left")
                ),
                name="lot_carried_out_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Disposed(Covered):
    """The proof that one finalist's records of one kind were disposed of, and which history rows went with them.

    `rows` holds the keys of those history rows, in hexadecimal: what the log commits to and can no longer be shown.
    Whoever verifies the log allows exactly these to be missing (`audit.erasing`).
    """

    FIXED: ClassVar[tuple[str, ...]] = ("lot", "row", "recruitment", "candidacy", "disposed_on", "rows")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="proofs")
    row = models.CharField(max_length=32)
    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="+")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="+")
    disposed_on = models.DateField()
    rows = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "candidacy"], name="disposed_of_once_in_a_lot")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.row}"


class Due(models.Model):
    """How many records of one kind were due with one authority when the job last counted. Told in *Mitt arbete*."""

    id = models.BigAutoField(primary_key=True)
    authority = models.ForeignKey("organisation.Authority", models.CASCADE, related_name="+")
    row = models.CharField(max_length=32)
    count = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "row"], name="due_once_of_a_kind")]
