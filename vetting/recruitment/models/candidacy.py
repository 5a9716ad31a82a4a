"""A finalist in a recruitment: own checks, own key, own opinion and own outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField


class Candidacy(Covered):
    """One finalist. Every personal detail is sealed under the candidacy's own key (key id = `id`).

    A person with protected identity has only an alias here; marking destroys what was stored.
    """

    COVERAGE_VERSION = 3

    class State(models.TextChoices):
        PROPOSED = "proposed"
        RESERVE = "reserve"
        CHECKING = "checking"
        AWAITING_SECURITY = "awaiting_security"
        RETURNED = "returned"
        REFUSED = "refused"
        ESCALATED = "escalated"
        CLEARED = "cleared"
        SELECTED = "selected"
        STARTED = "started"
        NOT_SELECTED = "not_selected"
        WITHDRAWN = "withdrawn"

    class NumberKind(models.TextChoices):
        NONE = "none"
        PERSONAL = "personnummer"
        COORDINATION = "samordningsnummer"
        FOREIGN = "foreign"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="candidacies")
    label = models.CharField(max_length=8)
    """K1, K2 …: how lists, the log and headings speak of the finalist."""
    rank = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    name = SealedField("candidacy.name", key="id", null=True)
    contact = SealedField("candidacy.contact", key="id", null=True)
    number = SealedField("candidacy.number", key="id", null=True)
    number_kind = models.CharField(max_length=20, choices=NumberKind, default=NumberKind.NONE)
    is_protected = models.BooleanField(default=False)
    alias = models.CharField(max_length=40, blank=True)
    kept_at = models.CharField(max_length=80, blank=True)
    handlers = models.JSONField(default=list, blank=True)
    """At most two person ids who may handle a protected candidate; empty for everyone else."""
    answers = models.JSONField(default=dict, blank=True)
    known_person = models.BooleanField(default=False)
    proceeded_on = models.DateField(null=True, blank=True)
    proceeded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sampled = models.BooleanField(default=False)
    draw = models.CharField(max_length=24, blank=True, default="")
    """The draw it was decided in whether a second approver opines; empty where none was made, or by an earlier version,
    which nobody can repeat."""
    draw_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many of a hundred the authority had drawn on that day."""
    outcome = models.CharField(max_length=16, blank=True)
    end_reason = models.CharField(max_length=32, blank=True)
    created_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    disposed_on = models.DateField(null=True, blank=True)
    """The day on which all that was stored about her was disposed of and her key destroyed (*gallrad*)."""
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["rank"]
        indexes = [models.Index(fields=["id"], condition=Q(is_protected=True), name="candidacy_protected")]
        constraints = [
            models.UniqueConstraint(fields=["recruitment", "label"], name="candidacy_label_once"),
            models.CheckConstraint(
                condition=Q(is_protected=False)
                | Q(name__isnull=True, contact__isnull=True, number__isnull=True, number_kind="none"),
                name="protected_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(proceeded_on__isnull=True, proceeded_by__isnull=True)
                | Q(proceeded_on__isnull=False, proceeded_by__isnull=False),
                name="proceed_has_day_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checking", "awaiting_security", "cleared", "selected", "started"])
                | Q(proceeded_on__isnull=False),
                name="final_checks_need_decision_to_proceed",
            ),
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True)
                | Q(
                    name__isnull=True, contact__isnull=True, number__isnull=True, number_kind="none", alias=""
                ),
                name="disposed_of_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(draw="", draw_percent__isnull=True)
                | Q(proceeded_on__isnull=False, draw_percent__gte=0, draw_percent__lte=100) & ~Q(draw=""),
                name="draw_says_which_and_how_many",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class BlindIndex(models.Model):
    """Keyed digest of a candidate's number, for exact search only; outside history and log, gone with disposal."""

    id = models.BigAutoField(primary_key=True)
    candidacy = models.OneToOneField(Candidacy, models.CASCADE, related_name="blind_index")
    digest = models.BinaryField(max_length=32)
    bound = models.BinaryField(max_length=32, null=True)
    """Of whose it is: the digest of another's row, copied into hers, is not her own (`search_index.is_own`)."""

    class Meta:
        indexes = [models.Index(fields=["digest"], name="blind_index_digest")]
