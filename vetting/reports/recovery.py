"""Which parts of a key have been given, while it is being restored."""

from __future__ import annotations

from audit.clock import now
from vetting.crypto import envelopes
from vetting.reports.models import KeyShare, RecipientKey


def given_parts(key: RecipientKey) -> list[KeyShare]:
    """The parts that wait to be joined; who gave them is in the key store, with the parts themselves."""
    lenders = {lent.lender for lent in envelopes.lent_to(key.pk, key.pk, now())}
    return [share for share in KeyShare.objects.filter(key=key).order_by("number") if share.pk in lenders]
