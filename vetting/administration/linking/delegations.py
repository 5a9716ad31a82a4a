"""Substitutes of two who turn out to be one: she does not stand in for herself, nor has she named herself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from vetting.access.models import Delegation
from vetting.administration.linking.pair import Pair

COLUMNS = ("absent_id", "substitute_id", "created_by_id")


def delegations_after(pair: Pair, by: UUID, on: date) -> list[Delegation]:
    """The rows to be saved: moved to the person who is kept, or ended by `by` on the day `on`. What is over stays."""
    gone = Q(absent=pair.gone) | Q(substitute=pair.gone) | Q(created_by=pair.gone)
    rows = Delegation.objects.filter(gone, state=Delegation.State.GIVEN, valid_to__gte=on)
    found = list(rows.select_for_update())
    for row in found:
        if pair.within(row.absent_id, row.substitute_id) or pair.within(row.created_by_id, row.substitute_id):
            row.state, row.ended_by_id, row.ended_on = Delegation.State.REVOKED, by, on
            continue
        for name in COLUMNS:
            if getattr(row, name) == pair.gone:
                setattr(row, name, pair.kept)
    return found
