"""Legal holds in force within an actor's reach, and those whose lift waits for her."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.policy.limitation import ClaimTimes, claim_times
from vetting.recruitment.models import Decision, Recruitment
from vetting.recruitment.models.recruitment import HELD
from vetting.recruitment.queries.visible import Reach, reach_of


def holds_visible_to(actor: Actor) -> QuerySet[Recruitment]:
    """Every hold in force that the actor may see, proposed lifts first, with who proposed each."""
    rows = Recruitment.objects.filter(HELD, pk__in=_within(actor, "hold.view"))
    shown = rows.select_related("position", "unit", "lift_proposed_by")
    return shown.order_by(F("lift_proposed_on").asc(nulls_last=True), "legal_hold_since", "pk")


def waiting(rows: QuerySet[Recruitment]) -> QuerySet[Recruitment]:
    """Those of `rows` whose lift is proposed."""
    return rows.filter(lift_proposed_on__isnull=False)


def to_be_lifted(actor: Actor, known: Reach | None = None) -> QuerySet[Recruitment] | None:
    """Proposed lifts that this person may confirm: within her scope, and proposed by another. None for others."""
    if not may_somewhere(actor, "hold.confirm_lift"):
        return None
    rows = waiting(Recruitment.objects.filter(HELD, pk__in=_within(actor, "hold.confirm_lift", known)))
    return rows.exclude(lift_proposed_by=actor.person_id)


def _within(actor: Actor, permission: str, known: Reach | None = None) -> QuerySet[Any, Any]:
    return reach_of(actor, permission, known).recruitments.order_by().values("pk")


def times_of(recruitments: Collection[UUID]) -> dict[UUID, list[tuple[str, ClaimTimes | None]]]:
    """Recruitment → (label of the finalist, the times for claims) for each decision, by label: one query."""
    rows = Decision.objects.filter(recruitment__in=recruitments).order_by("candidacy__label")
    found: dict[UUID, list[tuple[str, ClaimTimes | None]]] = {}
    for pk, label, maker, decided_on, final_on in rows.values_list(
        "recruitment", "candidacy__label", "maker", "decided_on", "final_on"
    ):
        times = claim_times(decided_on, final_on, is_reviewable=maker != Decision.Maker.COMPANY)
        found.setdefault(pk, []).append((label, times))
    return found
