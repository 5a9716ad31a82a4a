"""Envelopes that should be gone and are not: an act was cut off between its rows and the destruction of their keys.

What is final is destroyed at once: a report disposed of, a name withdrawn, a member who left, the code of a report that
has moved. What has no row at all is destroyed on a later day, as a report may be about to be written. Decided by the
rows that are committed, read after the envelopes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from vetting.crypto import envelopes
from vetting.crypto.envelopes import Purpose
from vetting.crypto.models import Envelope
from vetting.reports.days import today
from vetting.reports.models import Identity, Member, RecipientKey, Report

CHUNK = 2_000
AT_MOST = 500
"""Strays of one sweep, beyond which it is the rows that are missing: a restored or a wrong database."""
OF_CODE = (Purpose.RECEIPT, Purpose.MOVED, Purpose.RETURN)
GONE, STRAY, NEEDED = "gone", "stray", "needed"


def sweep() -> tuple[int, int]:
    """How many were destroyed at once, and how many have no row. Raises TooManyOrphans."""
    gone, strays = 0, set[UUID]()
    for part in envelopes.everything(CHUNK):
        known = _Known.of({each.owner for each in part})
        judged = {each.pk: known.judge(each) for each in part}
        over = [pk for pk, verdict in judged.items() if verdict == GONE]
        if over:
            envelopes.destroy_those(over)
        gone += len(over)
        strays |= {pk for pk, verdict in judged.items() if verdict == STRAY}
    envelopes.mark_strays(strays, today(), AT_MOST)
    return gone, len(strays)


@dataclass(slots=True)
class _Known:
    """What the rows say of some owners of envelopes."""

    reports: dict[UUID, tuple[str, bool]] = field(default_factory=dict)
    """id → state, whether it has moved"""
    names: dict[UUID, tuple[UUID, bool]] = field(default_factory=dict)
    """id → report, whether it is withdrawn"""
    restored: dict[UUID, bool] = field(default_factory=dict)
    """id of a recipient's key → whether parts are asked for"""
    places: dict[tuple[UUID, UUID], str] = field(default_factory=dict)
    """report, key → state of the member"""

    @classmethod
    def of(cls, owners: set[UUID]) -> _Known:
        """Four queries."""
        rows: Any = Identity.objects.filter(pk__in=owners).values_list("pk", "report_id", "withdrawn_on")
        names = {pk: (report, day is not None) for pk, report, day in rows}
        asked = owners | {report for report, _is_withdrawn in names.values()}
        reports = Report.objects.filter(pk__in=asked).values_list("pk", "state", "moved_on")
        keys = RecipientKey.objects.filter(pk__in=owners).values_list("pk", "recovery")
        members = Member.objects.filter(report__in=asked).values_list("report_id", "key_id", "state")
        return cls(
            {pk: (state, moved is not None) for pk, state, moved in reports},
            names,
            {pk: bool(recovery) for pk, recovery in keys},
            {(report, key): state for report, key, state in members},
        )

    def judge(self, each: Envelope) -> str:
        """Whether an envelope is needed, should be gone, or belongs to nothing."""
        if each.owner in self.restored:
            return NEEDED if self.restored[each.owner] else GONE
        report, is_withdrawn = self.names.get(each.owner, (each.owner, False))
        state, has_moved = self.reports.get(report, ("", False))
        if not state:
            return STRAY
        if is_withdrawn or state == "disposed" or (has_moved and each.purpose in OF_CODE):
            return GONE
        places = [self.places.get((report, key), "") for key in (each.holder, each.lender) if key is not None]
        if any(place in ("left", "rejected") for place in places):
            return GONE
        # Let in by nobody: consent, or a second look, is being written or was cut off.
        return NEEDED if all(place == "member" for place in places) else STRAY
