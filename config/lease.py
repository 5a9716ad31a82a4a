"""A lease on a job, held in the main database: of several workers, one does it."""

import uuid
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from config.models import JobLease

# Longer than any job takes; a job that dies is taken over after this.
HOLD = timedelta(minutes=10)


def take(name: str, holder: uuid.UUID, every: timedelta) -> bool:
    """Take the lease on job `name` if it is due and free; True when `holder` shall now do it.

    One UPDATE decides, so that two workers asking at once get one yes. Due means: `every` has passed since the
    latest start. A lease whose holder died is free when `HOLD` has passed.
    """
    at = timezone.now()
    row, _created = JobLease.objects.get_or_create(name=name)
    if row.last_started_at is not None and row.last_started_at > at - every:
        return False  # the usual answer, given without asking for the write lock
    free = Q(holder__isnull=True) | Q(held_until__lte=at)
    due = Q(last_started_at__isnull=True) | Q(last_started_at__lte=at - every)
    return bool(
        JobLease.objects.filter(free & due, name=name).update(
            holder=holder, held_until=at + HOLD, last_started_at=at
        )
    )


def give_back(name: str, holder: uuid.UUID, *, done: bool) -> bool:
    """Give the lease back after the job; False when it had run out and another worker holds it now."""
    mine = JobLease.objects.filter(name=name, holder=holder)
    free = {"holder": None, "held_until": None}
    if done:
        return bool(mine.update(**free, last_done_at=timezone.now(), failures=0))
    return bool(mine.update(**free, failures=F("failures") + 1))
