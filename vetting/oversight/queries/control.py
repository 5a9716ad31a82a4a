"""What waits for and is late at the control function: exact numbers for whoever may open what they count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.recruitment.models import Opinion, Waiver
from vetting.recruitment.queries.opinions import late, soon
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.queries.waivers import tabs

YEAR = timedelta(days=365)
SHOWN = 10
"""Open completions on the first page; the rest stand in their list."""
WAITING = Q(state__in=[Opinion.State.REQUESTED, Opinion.State.HALF_GIVEN])


def opinions_within(actor: Actor, known: Reach | None = None) -> QuerySet[Opinion] | None:
    """The opinions that this person may list and open; None where she may list none. `known` as in `reach_of`."""
    if not may_somewhere(actor, "opinion.list"):
        return None
    return Opinion.objects.filter(reach_of(actor, "opinion.list", known).about())


def lifts(on: date) -> dict[str, Q]:
    """Code in the address → *avstyrkta* opinions that did not end there, in the year up to `on`."""
    lately = Q(concluded_on__gt=on - YEAR)
    lifted = Q(escalation_reason__isnull=False)
    stood = Q(state=Opinion.State.UPHELD)
    return {
        "vantar": Q(state=Opinion.State.ESCALATED),
        "gick-vidare": lately & lifted & Q(escalation_on__isnull=False) & ~stood,
        "stod-fast": lately & lifted & stood,
        "emot": lately & Q(state=Opinion.State.SET_ASIDE),
    }


def opinion_counts(rows: QuerySet[Opinion], on: date) -> dict[str, int]:
    """What waits, what is late, what is to start soon, and the lifts: one query."""
    wanted: dict[str, Any] = {
        "alla": Count("pk", filter=WAITING),
        "sena": Count("pk", filter=WAITING & late(on)),
        "snart": Count("pk", filter=WAITING & soon(on)),
    }
    wanted |= {code.replace("-", "_"): Count("pk", filter=which) for code, which in lifts(on).items()}
    # Of a year's opinions hardly any was lifted: only those are asked whether they are within reach.
    lately = Q(concluded_on__gt=on - YEAR) & (
        Q(escalation_reason__isnull=False) | Q(state=Opinion.State.SET_ASIDE)
    )
    told = Opinion.objects.filter(WAITING | Q(state=Opinion.State.ESCALATED) | lately)
    found = (told & rows).order_by().aggregate(**wanted)
    return {code.replace("_", "-"): number for code, number in found.items()}


def lifted(rows: QuerySet[Opinion], on: date, tab: str) -> QuerySet[Opinion]:
    """The opinions behind one of the numbers of `lifts`, newest first, with what their rows say."""
    found = rows.filter(lifts(on)[tab]).select_related(
        "recruitment__position", "recruitment__unit", "candidacy"
    )
    sealed = ("recommendation", "escalation_reason", "escalation_decision", "set_aside_reason")
    return found.defer(*sealed).order_by(F("concluded_on").desc(nulls_last=True), "pk")


def waivers_within(actor: Actor, known: Reach | None = None) -> QuerySet[Waiver] | None:
    """The waivers that this person may list and open; None where she may list none. `known` as in `reach_of`."""
    if not may_somewhere(actor, "waiver.list"):
        return None
    return Waiver.objects.filter(reach_of(actor, "waiver.list", known).about())


def waiver_counts(rows: QuerySet[Waiver], on: date) -> dict[str, int]:
    """How many stand under each tab of the waivers' list, and how many were put off in a year: one query."""
    wanted: dict[str, Any] = {
        code.replace("-", "_"): Count("pk", filter=which) for code, which in tabs(on).items()
    }
    wanted["year"] = Count("pk", filter=Q(deferred=True, proposed_on__gt=on - YEAR))
    found = rows.order_by().aggregate(**wanted)
    return {code.replace("_", "-"): number for code, number in found.items()}


def open_completions(rows: QuerySet[Waiver], on: date) -> list[Waiver]:
    """The first open completions after a start, the one whose day comes first before all others."""
    found = rows.filter(tabs(on)["efter-start"]).select_related(
        "recruitment__position", "recruitment__unit", "candidacy", "proposed_by"
    )
    return list(found.defer("reason").order_by("until", "pk")[:SHOWN])


def use_by_unit(rows: QuerySet[Waiver], on: date) -> list[tuple[str, int]]:
    """Which units have put off checks in the year up to `on`, most first: one query."""
    put_off = rows.filter(deferred=True, proposed_on__gt=on - YEAR).order_by()
    counted = put_off.values_list("recruitment__unit__name").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "recruitment__unit__name")[:SHOWN])
