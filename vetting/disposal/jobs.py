"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from audit.sound import may_destroy
from vetting.crypto import keystore
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
