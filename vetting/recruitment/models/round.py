"""*Omgång*: many people entered at once for one position, and how one who is there already is recognised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from audit.covered import Covered
from vetting.policy.rounds import MOST_PEOPLE


class Round(Covered):
    """One list that was entered. What stood in it lies with each candidacy, under that candidacy's own key.

    The database refuses the same list twice in a recruitment, as long as it has not been undone.
    """

    FIXED: ClassVar[tuple[str, ...]] = ("recruitment", "digest", "first", "count", "added_on", "added_by")

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="rounds")
    digest = models.CharField(max_length=64)
    """A keyed digest of recruitment and list, hexadecimal: it tells whether a list is the same, and nothing else."""
    first = models.PositiveSmallIntegerField()
    """The number of the first label, K`first`; the others follow. A number is not given again after an undoing."""
    count = models.PositiveSmallIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "digest"],
                condition=Q(undone_on__isnull=True),
                name="the_same_list_once",
            ),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST_PEOPLE), name="round_1_to_500"),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_by__isnull=True)
                | Q(undone_on__gte=F("added_on"), undone_by__isnull=False),
                name="round_undone_says_who_and_when",
            ),
        ]

    @property
    def last(self) -> int:
        """The number of the last label."""
        return self.first + self.count - 1

    @property
    def labels(self) -> str:
        """K1–K300: how the round is spoken of."""
        return f"K{self.first}" if self.count == 1 else f"K{self.first}–K{self.last}"

    def __str__(self) -> str:
        return self.labels


class RoundPerson(models.Model):
    """Who of the recruitment came in with which round, and a keyed digest by which she is recognised in another list.

    The digest is of this recruitment alone: the same person has another one in the next. Outside history and log;
    gone with the candidacy, and when her identity is protected.
    """

    id = models.BigAutoField(primary_key=True)
    candidacy = models.OneToOneField("recruitment.Candidacy", models.CASCADE, related_name="round_person")
    round = models.ForeignKey(Round, models.PROTECT, related_name="people")
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="round_person_digest")]


class KeyToDestroy(models.Model):
    """The key of somebody whose entry was undone, named in the same transaction: gone when the key is.

    Rows and keys lie in two databases, so the key goes after the commit. Whoever dies between the two leaves this row,
    and the worker destroys the key (`jobs.finish_undoing`). Outside history and log, which tell of the undoing.

    Also the key of somebody who is being entered with many others, named before it is made: whoever dies before the
    data is committed leaves more keys without data than the sweep takes for an accident.
    """

    id = models.UUIDField(primary_key=True)
    """The candidacy's id, which is its key's."""
    entering_since = models.DateTimeField(null=True, blank=True)
    """When the entering began; None of somebody who was entered and undone."""
