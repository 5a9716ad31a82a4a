"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from audit.clock import now
from audit.sound import may_destroy
from vetting.crypto import keystore
from vetting.recruitment.models import Candidacy, KeyToDestroy

GIVEN_UP_AFTER = timedelta(minutes=30)
"""No request lives so long, and the sweep looks at keys that are older."""


def finish_protection() -> None:
    """Destroy keys that outlived the marking of a protected identity: the service died between commit and destruction.

    A key made before the marking still opens what was stored then; one made after it opens nothing.
    None where the tables are not as the log says: that she was marked may be what somebody wrote there.
    """
    outlived = []
    for candidacy in Candidacy.objects.filter(is_protected=True):
        marked = (
            candidacy.history.filter(is_protected=True)
            .order_by("entry_id")
            .values_list("history_date", flat=True)
        )
        made = keystore.made_at(candidacy.pk)
        first = marked.first()
        if first is not None and made is not None and made < first:
            outlived.append(candidacy.pk)
    if outlived and may_destroy("outlived a marking of protected identity", len(outlived)):
        for pk in outlived:
            keystore.renew(pk)


def finish_undoing(of: Collection[UUID] | None = None) -> None:
    """Destroy the keys of those whose entry was undone: after the commit that took their rows, and again by the worker.

    History keeps rows that name these keys, so that the sweep of keys without data would let them be. So also the keys
    of those who never came to be entered, when no request can still be entering them.

    `of`: those whom the caller has just undone herself. The worker, who has only the tables to go by, destroys none
    that history names where they are not as the log says.
    """
    given_up = Q(entering_since=None) | Q(entering_since__lt=now() - GIVEN_UP_AFTER)
    rows = KeyToDestroy.objects.filter(given_up)
    doomed = list((rows if of is None else rows.filter(pk__in=of)).values_list("pk", flat=True))
    if of is None and doomed:
        named = set(Candidacy.history.filter(id__in=doomed).values_list("id", flat=True))
        left = keystore.existing(named)
        if left and not may_destroy("outlived an undoing", len(left)):
            doomed = [pk for pk in doomed if pk not in left]
    if not doomed:
        return
    entered_again = set(Candidacy.objects.filter(pk__in=doomed).values_list("pk", flat=True))
    keystore.destroy_many([pk for pk in doomed if pk not in entered_again])
    KeyToDestroy.objects.filter(pk__in=doomed).delete()
