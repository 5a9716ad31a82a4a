"""*Undantag*: the waivers within an actor's reach, in tabs, and those that wait for her signature."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.recruitment.models import Waiver
from vetting.recruitment.queries.opinions import managed_by
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.relations import ENDED

ENDS_SOON = 7
"""Days within which a waiver in force is told of as ending."""


def tabs(on: date) -> dict[str, Q]:
    """Code in the address → which waivers, judged on the day `on`."""
    signed = Q(state=Waiver.State.IN_FORCE)
    proposed = Q(state=Waiver.State.PROPOSED)
    return {
        "foreslagna": proposed & Q(until__gte=on),
        "efter-start": signed & Q(deferred=True),
        "galler": signed & Q(until__gte=on, deferred=False),
        "utgangna": (signed & Q(deferred=False) | proposed) & Q(until__lt=on),
        "slutar": signed & Q(until__range=(on, on + timedelta(days=ENDS_SOON)), deferred=False),
        "for-sent": signed & Q(until__lt=on, deferred=True),
        "avslutade": Q(state__in=[Waiver.State.REJECTED, Waiver.State.ENDED]),
    }


def waivers_visible_to(actor: Actor) -> QuerySet[Waiver]:
    """Every waiver of the recruitments in which the door would let the actor see them, soonest end first."""
    rows = Waiver.objects.filter(reach_of(actor, "waiver.list").about())
    shown = rows.select_related("recruitment__position", "recruitment__unit", "candidacy", "proposed_by")
    return shown.defer("reason").order_by("until", "pk")


def counts(actor: Actor, rows: QuerySet[Waiver]) -> dict[str, int]:
    """How many stand under each tab: one query."""
    wanted: dict[str, Any] = {code: Count("pk", filter=which) for code, which in tabs(actor.on).items()}
    found: dict[str, int] = rows.order_by().aggregate(**wanted)
    return found


def to_be_signed(actor: Actor, known: Reach) -> QuerySet[Waiver] | None:
    """Proposals that this person may sign: within her scope, and she has no hand in the matter. None for others."""
    if not may_somewhere(actor, "waiver.confirm"):
        return None
    within = reach_of(actor, "waiver.confirm", known).about()
    rows = Waiver.objects.filter(tabs(actor.on)["foreslagna"], within)
    rows = rows.exclude(managed_by(actor.person_id)).exclude(barred__contains=actor.person_id.hex)
    for tie in actor.ties:
        since = Q(recruitment__created_on__lte=tie.until)
        rows = rows.exclude(since & (managed_by(tie.person_id) | Q(barred__contains=tie.person_id.hex)))
    return rows.filter(recruitment__on_hold=False).exclude(recruitment__state__in=sorted(ENDED))
