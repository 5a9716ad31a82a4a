"""Which reports somebody may see: those whose circle she is in, in the role she holds. Never a body, never a name."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull

from vetting.access.actor import Actor
from vetting.reports.models import Member, Report

PAGE = 50


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """The inbox: newest deadline first is the caller's to order. Whoever was taken out sees no trace."""
    roles = [held.role for held in actor.roles]
    mine = Member.objects.filter(
        report=OuterRef("pk"), person_id=actor.person_id, state="member", role__in=roles
    )
    # Asked report by report: a list of open ones is then found by their state, however many are closed. PostgreSQL
    # would join an EXISTS and read everything she has ever been in; a value is asked for where it stands.
    return Report.objects.filter(IsNull(Subquery(mine.values("pk")[:1]), False))
