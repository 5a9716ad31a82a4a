"""Delegated decisions on their way through the committee: not yet reported, and reported but not in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.recruitment.models import Decision
from vetting.recruitment.queries.visible import reach_of

Meeting = tuple[UUID, date]


def _delegated(actor: Actor, permission: str) -> QuerySet[Decision]:
    rows = Decision.objects.filter(reach_of(actor, permission).about(), maker=Decision.Maker.DELEGATE)
    return rows.select_related(
        "recruitment__position", "recruitment__unit__authority", "candidacy", "decided_by", "delegation_point"
    ).order_by("recruitment__unit__authority__name", "decided_on", "pk")


def unreported(actor: Actor) -> QuerySet[Decision]:
    """Decisions by delegates that no meeting has been told of (kommunallagen 7:8)."""
    return _delegated(actor, "decision.report_to_board").filter(reported_on__isnull=True)


def named(actor: Actor, chosen: Collection[UUID]) -> list[Decision]:
    """Those of `chosen` that this person may report, reported or not: a second click finds them too."""
    return list(_delegated(actor, "decision.report_to_board").filter(pk__in=chosen))


def undated(actor: Actor) -> QuerySet[Decision]:
    """Reported decisions whose minutes have not been noted."""
    rows = _delegated(actor, "decision.record_dates")
    return rows.filter(reported_on__isnull=False, final_on__isnull=True)


def of_meeting(actor: Actor, meeting: Meeting) -> list[Decision]:
    """The decisions of one committee's meeting, dated or not: a second click finds them too."""
    authority, day = meeting
    rows = _delegated(actor, "decision.record_dates")
    return list(rows.filter(reported_on=day, recruitment__unit__authority_id=authority))


def meetings(decisions: Collection[Decision]) -> list[tuple[Meeting, str, int]]:
    """(committee and day, the committee's name, how many decisions), oldest first."""
    names = {d.recruitment.unit.authority_id: d.recruitment.unit.authority.name for d in decisions}
    counted = Counter((d.recruitment.unit.authority_id, d.reported_on) for d in decisions if d.reported_on)
    found = [((authority, day), names[authority], number) for (authority, day), number in counted.items()]
    return sorted(found, key=lambda item: (item[0][1], item[1]))
