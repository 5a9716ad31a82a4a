"""Backwards and forwards in the list that one came from: the address carries the list's filter and order along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from vetting.access.actor import Actor
from vetting.recruitment.case import Case
from vetting.recruitment.kept_list import LIST, with_list
from vetting.recruitment.models import Opinion, Recruitment
from vetting.recruitment.queries import opinions
from vetting.recruitment.queries.neighbours import Beside, beside, following
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.queries.worklist import Choice
from vetting.recruitment.queries.worklist_order import ORDERS, in_order, shown_start


@dataclass(frozen=True, slots=True)
class Around:
    """Addresses for the tag `keyset`, and of the list itself; empty where there is none."""

    previous_url: str
    next_url: str
    list_url: str


def around_recruitment(request: HttpRequest, actor: Actor, case: Case) -> Around | None:
    """The recruitments beside this one in the worklist one came from; None for whoever came another way."""
    if LIST not in request.GET:
        return None
    if (tab := request.GET[LIST]) in opinions.TABS:  # on one's way from the queue
        return Around("", "", _queue(tab))
    choice = Choice.read(QueryDict(request.GET[LIST]), actor)
    order = ORDERS[choice.ordning or "vantat"]
    here = {**vars(case.recruitment), "starts": shown_start(case)}
    rows = in_order(reach_of(actor).recruitments.filter(choice.condition(actor)), choice.ordning).only("pk")
    query = choice.address()

    def url(row: Recruitment) -> str:
        return with_list(reverse("recruitment_view", kwargs={"pk": row.pk}), query)

    return _around(beside(rows, order, here), url, reverse("recruitment_list") + query)


def around_opinion(request: HttpRequest, actor: Actor, case: Case, opinion: Opinion) -> Around | None:
    """The rounds beside this one in the queue one came from."""
    tab = request.GET.get(LIST, "")
    if tab not in opinions.TABS:
        return None
    rows = opinions.under(actor, opinions.queue(actor), tab)
    found = beside(rows, opinions.ORDER, _place(case, opinion))
    return _around(found, lambda row: _opinion_url(row, tab), _queue(tab))


def next_waiting(request: HttpRequest, actor: Actor, case: Case, opinion: Opinion) -> str:
    """The address of what waits for this person after this round in the queue one walks, the first again after its
    last; "" where nothing does, or where one came another way."""
    tab = request.GET.get(LIST, "")
    if tab not in opinions.TABS:
        return ""
    rows = opinions.open_to(actor, opinions.under(actor, opinions.queue(actor), tab)).exclude(pk=opinion.pk)
    found = following(rows, opinions.ORDER, _place(case, opinion)) or rows.first()
    return _opinion_url(found, tab) if found is not None else ""


def _place(case: Case, opinion: Opinion) -> dict[str, Any]:
    """Where the round stands in the order of the queue."""
    candidacy = case.candidacy(opinion.candidacy_id)
    return {
        "deviates": any(check.deviated for check in case.checks_of(candidacy)),
        "planned_start": opinion.planned_start,
        "requested_on": opinion.requested_on,
        "pk": opinion.pk,
    }


def _opinion_url(row: Opinion, tab: str) -> str:
    return with_list(reverse("opinion_view", kwargs={"pk": row.recruitment_id, "opinion": row.pk}), tab)


def _queue(tab: str) -> str:
    return f"{reverse('opinion_list')}?visa={tab}"


def _around(found: Beside, url: Callable[[Any], str], list_url: str) -> Around:
    before, after = (url(row) if row is not None else "" for row in (found.before, found.after))
    return Around(before, after, list_url)
