"""Disposal held against its decisions, for `audit_verify` (AUDIT_ALSO): lots, lists, proofs, and keys that are left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from audit.finding import Finding
from audit.plan import label_of
from vetting.crypto import keystore
from vetting.disposal.lots import are_one, digest_of, listed
from vetting.disposal.models import Disposed, Lot
from vetting.policy.disposal import WHOLE
from vetting.recruitment.models import Candidacy

BATCH = 500


def findings() -> Iterator[Finding]:
    """Lots with another list than was decided on, proofs outside their lot, disposals without proof or with a key."""
    proof, candidacy = label_of(Disposed), label_of(Candidacy)
    for lot in Lot.objects.order_by("number").iterator(BATCH):
        if digest_of(lot.listing) != lot.digest:
            yield Finding("lot-list-differs", lot.entry_id, label_of(Lot), lot.pk)
        answered = lot.answered_by_id if lot.state in {"confirmed", "carried_out"} else None
        if answered is not None and are_one(lot.proposed_by_id, answered):
            yield Finding("disposal-undecided", lot.entry_id, label_of(Lot), lot.pk)
        proofs = Disposed.objects.filter(lot=lot).values_list("pk", "entry", "candidacy")
        whom = listed(lot) if proofs else {}
        for pk, entry, who in proofs:
            if who not in whom:
                yield Finding("disposed-outside-the-list", entry, proof, pk)
    proved = Disposed.objects.filter(row__in=WHOLE).values("candidacy")
    without = Candidacy.objects.filter(disposed_on__isnull=False).exclude(pk__in=proved)
    for pk, entry in without.values_list("pk", "entry"):
        yield Finding("disposed-without-proof", entry, candidacy, pk)
    gone = Candidacy.objects.filter(disposed_on__isnull=False).values_list("pk", flat=True).iterator(BATCH)
    while part := list(islice(gone, BATCH)):
        for pk in sorted(keystore.existing(part), key=str):
            yield Finding("key-outlives-disposal", None, candidacy, pk)
