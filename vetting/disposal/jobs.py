"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from django.db import transaction

from audit.clock import now
from audit.sound import may_destroy
from vetting.crypto import keystore
from vetting.disposal.models import Due
from vetting.disposal.queries.lots import due_counts
from vetting.organisation.models import Authority
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.models import Candidacy

BATCH = 500


def finish_keys() -> None:
    """Destroy the keys that outlived what they sealed: the service died between the commit and the destruction.

    None where the tables are not as the log says: that she was disposed of may be what somebody wrote there.
    """
    left: set[UUID] = set()
    gone = Candidacy.objects.filter(disposed_on__isnull=False).values_list("pk", flat=True).iterator(BATCH)
    while part := list(islice(gone, BATCH)):
        left |= keystore.existing(part)
    if left and may_destroy("outlived a disposal", len(left)):
        keystore.destroy_many(left)


def count_due() -> None:
    """Count what is due, authority by authority: too many questions for a first page, which says when it was done."""
    on = today_stockholm(now())
    for body in Authority.objects.order_by("pk"):
        found = due_counts([body], on, [])
        with transaction.atomic():
            Due.objects.filter(authority=body).delete()
            Due.objects.bulk_create(
                Due(authority=body, row=each.row, count=each.count, counted_on=on) for each in found
            )
