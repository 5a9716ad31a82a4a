"""When the personnel system last told who has left."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class EndedFeed(models.Model):
    """One list of ended employments that was taken in: never who stood in it. Outside history; the log has the act."""

    id = models.BigAutoField(primary_key=True)
    made_on = models.DateField()
    """The day as of which it tells who has left."""
    taken_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    """Keyed digest of the file, so that the same one is known again."""
    rows = models.PositiveIntegerField()
    begun = models.PositiveIntegerField()
    """Exits that it began."""

    class Meta:
        indexes = [models.Index(fields=["-made_on"], name="ended_feed_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(begun__lte=F("rows")), name="ended_feed_begins_no_more_than_rows"
            )
        ]
