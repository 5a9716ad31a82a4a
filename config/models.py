"""The one table of the wiring: which worker does which job now, and when it was last done."""

from django.db import models
from django.db.models import Q


class JobLease(models.Model):
    """One row per job. Whoever holds the lease does the job; a lease runs out by itself when its holder dies."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    last_started_at = models.DateTimeField(null=True)
    last_done_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(holder__isnull=True, held_until__isnull=True)
                | Q(holder__isnull=False, held_until__isnull=False),
                name="config_lease_holder_with_end",
            ),
        )

    def __str__(self) -> str:
        return self.name
