"""One checkpoint (Kontroll) of a recruitment, a candidacy or an engagement, recordable only as its ground allows.

Stored states are a subset of the machine: *blocked* and *expired* follow from other rows and the calendar and
are derived when the page is read. `documentation`, `ground_from` and `ground_to` are copies of the ground, so that
the database itself can refuse what the law forbids.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered, Shut
from vetting.crypto.sealed import SealedField
from vetting.policy.firm import BOOKED_FORMS, EXEMPTED, EXTRACTS, FALLS_AWAY, REUSED
from vetting.policy.rounds import TOGETHER
from vetting.policy.waivers import WAIVABLE

BELONGS = ("recruitment", "candidacy", "engagement")


class Check(Covered):
    """A row in one of the four groups. Evidence about a person is sealed under the candidacy's key."""

    COVERAGE_VERSION = 4
    FIXED = ("recruitment", "candidacy", "belongs_to", "code", "ground", "documentation", "is_statutory")

    # What is used again is of the same check, with the same employer.
    ALIKE = {"reused_from": ("code", "recruitment__unit__authority")}
    # Whoever has been decided on is not looked up again (JO 2023); where each booking is an engagement, what lapses is.
    SHUT = (
        Shut(
            "code", EXTRACTS, "recorded_on", "recruitment.Decision", "candidacy", "decided_on",
            "recruitment__form", BOOKED_FORMS,
        ),
    )  # fmt: skip

    class State(models.TextChoices):
        NOT_STARTED = "not_started"
        IN_PROGRESS = "in_progress"
        WAITING_CANDIDATE = "waiting_candidate"
        PAUSED = "paused"
        DONE = "done"
        TO_ASSESS = "to_assess"
        NOT_APPLICABLE = "not_applicable"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="checks")
    candidacy = models.ForeignKey(
        "recruitment.Candidacy", models.PROTECT, null=True, blank=True, related_name="checks"
    )
    belongs_to = models.CharField(max_length=12)
    code = models.CharField(max_length=32)
    ground = models.CharField(max_length=32)
    documentation = models.CharField(max_length=16)
    ground_from = models.DateField()
    ground_to = models.DateField(null=True, blank=True)
    is_statutory = models.BooleanField()
    state = models.CharField(max_length=20, choices=State, default=State.NOT_STARTED)
    outcome = models.CharField(max_length=24, blank=True)
    evidence_on = models.DateField(null=True, blank=True)
    """The day the evidence speaks of; its age is counted from here in calendar months."""
    valid_until = models.DateField(null=True, blank=True)
    """The last day of what the evidence shows (a permit): *Får börja* falls where it ends before the first day."""
    facts = models.JSONField(default=dict, blank=True)
    """Evidence of a recruitment-level check: coded answers, dates and references, never about a person."""
    evidence = SealedField("check.evidence", key="candidacy_id", null=True)
    recorded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    """Neutral code: why paused, not needed or reopened."""
    deviated = models.BooleanField(default=False)
    has_deviated = models.BooleanField(default=False)
    """Has ever been *att bedöma*; never cleared, so that a correction takes nobody out of four eyes."""
    told_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    reply_code = models.CharField(max_length=12, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    assessment = SealedField("check.assessment", key="candidacy_id", null=True)
    assessed_on = models.DateField(null=True, blank=True)
    assessed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    together = models.UUIDField(null=True, blank=True)
    """The act for several people in which it was noted, where it was noted for this one together with others."""
    reused_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    disposed_on = models.DateField(null=True, blank=True)
    """The day on which what it stored was disposed of (*gallrad*)."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True) | Q(evidence__isnull=True, assessment__isnull=True),
                name="disposed_check_holds_nothing",
            ),
            models.UniqueConstraint(
                fields=["recruitment", "code"],
                condition=Q(candidacy__isnull=True),
                name="check_once_per_recruitment",
            ),
            models.UniqueConstraint(
                fields=["candidacy", "code"],
                condition=Q(candidacy__isnull=False),
                name="check_once_per_candidacy",
            ),
            models.CheckConstraint(condition=Q(belongs_to__in=BELONGS), name="check_belongs_somewhere"),
            models.CheckConstraint(
                condition=Q(belongs_to="recruitment", candidacy__isnull=True, evidence__isnull=True)
                | Q(belongs_to__in=["candidacy", "engagement"], candidacy__isnull=False, facts={}),
                name="nothing_sealed_on_the_recruitment",
            ),
            # Skollagen 2:32, lag 2013:852 5 §: one act, its day, and nothing else - not even that nothing was shown.
            models.CheckConstraint(
                condition=~Q(documentation="note_shown_only")
                | (
                    Q(
                        evidence__isnull=True,
                        assessment__isnull=True,
                        deviated=False,
                        reply_code="",
                        reason="",
                    )
                    & Q(told_on__isnull=True, replied_on__isnull=True)
                    & (
                        Q(valid_until__isnull=True, reused_from__isnull=True)
                        | Q(state="done", valid_until__isnull=False, reused_from__isnull=False)
                    )
                    & (
                        Q(state="done", outcome="shown", evidence_on__isnull=False)
                        | Q(
                            state__in=["not_started", "waiting_candidate", "not_applicable"],
                            outcome="",
                            evidence_on__isnull=True,
                            recorded_by__isnull=True,
                            recorded_on__isnull=True,
                        )
                    )
                ),
                name="shown_only_has_one_act",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on__isnull=True)
                | (
                    Q(recorded_on__gte=F("ground_from"))
                    & (Q(ground_to__isnull=True) | Q(recorded_on__lte=F("ground_to")))
                ),
                name="recorded_while_the_ground_held",
            ),
            # What a statute demands is never told apart from it: only the agreed codes are the municipality's own.
            models.CheckConstraint(
                condition=Q(is_statutory=True) | Q(code__in=WAIVABLE), name="own_requirements_are_the_agreed"
            ),
            # An earlier check is used again where the catalogue says so; by a statute's exemption, until its last day.
            models.CheckConstraint(
                condition=Q(reused_from__isnull=True)
                | Q(code__in=REUSED) & ~Q(code__in=EXEMPTED)
                | Q(code__in=EXEMPTED, valid_until__isnull=False, recorded_on__lte=F("valid_until")),
                name="reused_as_the_catalogue_says",
            ),
            # Nobody waves a statutory check away: an answer or an outcome says that it is not needed, or it stands.
            models.CheckConstraint(
                condition=~Q(state="not_applicable")
                | Q(is_statutory=False)
                | Q(code__in=FALLS_AWAY, reason__in=["", "question"]),
                name="statutory_is_not_waved_away",
            ),
            # What a statute demands is noted for one person at a time.
            models.CheckConstraint(
                condition=Q(together__isnull=True) | Q(is_statutory=False, code__in=TOGETHER),
                name="statutory_is_noted_one_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(recorded_by__isnull=False, recorded_on__isnull=False) & ~Q(outcome=""),
                name="done_says_who_when_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(deviated=False)
                | Q(told_on__isnull=False, assessed_by__isnull=False),
                name="deviation_heard_and_assessed",
            ),
            models.CheckConstraint(
                condition=Q(evidence_on__isnull=True)
                | Q(recorded_on__isnull=True)
                | Q(evidence_on__lte=F("recorded_on")),
                name="evidence_not_from_the_future",
            ),
        ]
        indexes = [
            models.Index(fields=["recruitment", "state"], name="check_by_recruitment"),
            # The few that have been *att bedöma*, among all checks there have ever been.
            models.Index(fields=["code", "candidacy"], condition=Q(has_deviated=True), name="check_deviated"),
        ]

    def __str__(self) -> str:
        return self.code
