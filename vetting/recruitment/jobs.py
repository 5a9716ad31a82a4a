"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from vetting.crypto import keystore
from vetting.recruitment.models import Candidacy


def finish_protection() -> None:
    """Destroy keys that outlived the marking of a protected identity: the service died between commit and destruction.

    A key made before the marking still opens what was stored then; one made after it opens nothing.
    """
    for candidacy in Candidacy.objects.filter(is_protected=True):
        marked = (
            candidacy.history.filter(is_protected=True)
            .order_by("entry_id")
            .values_list("history_date", flat=True)
        )
        made = keystore.made_at(candidacy.pk)
        first = marked.first()
        if first is not None and made is not None and made < first:
            keystore.renew(candidacy.pk)
