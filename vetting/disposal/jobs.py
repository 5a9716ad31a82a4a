"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from itertools import islice

from vetting.crypto import keystore
from vetting.recruitment.models import Candidacy

BATCH = 500


def finish_keys() -> None:
    """Destroy the keys that outlived what they sealed: the service died between the commit and the destruction."""
    gone = Candidacy.objects.filter(disposed_on__isnull=False).values_list("pk", flat=True).iterator(BATCH)
    while part := list(islice(gone, BATCH)):
        left = keystore.existing(part)
        if left:
            keystore.destroy_many(left)
