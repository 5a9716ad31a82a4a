"""The inbox: what a handler steers by, never a text, fifty at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case as When_
from django.db.models import (
    Count,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.policy.report_facts import QUESTIONS
from vetting.reports.actions.alarms import alarms_for
from vetting.reports.actions.opening import cards
from vetting.reports.clock import Due, next_of
from vetting.reports.labels import CHANNELS, STATE_KIND, state_label
from vetting.reports.models import IdentityReveal, Member, PoliceDisclosure, Report
from vetting.reports.needs import OPEN, OVER, needs, with_newest
from vetting.reports.people import names_of
from vetting.reports.queries import PAGE, reports_visible_to
from vetting.reports.views.base import INBOX, show, vault_of
from vetting.web.parts import Link

IS_OPEN, IS_OVER = Q(state__in=OPEN), Q(state__in=OVER)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox."""

    report: Report
    channel: str
    state: str
    kind: str
    type: str
    due: Due | None
    owner: str
    needs_me: str


@page("report.list")
def report_inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything in whose circle one is, the most urgent first."""
    vault, everything = vault_of(request, actor), reports_visible_to(actor)
    counts = _counts(everything.filter(IS_OPEN), actor)
    chosen = request.GET.get("visa", "")
    chosen = chosen if chosen in _FILTERS else "oppna"
    found = Paginator(_ordered(everything.filter(_FILTERS[chosen](actor))), PAGE)
    if chosen in counts:
        found.count = counts[chosen]
    shown = found.get_page(request.GET.get("sida", "1")[:6])
    reports = _with_newest(shown.object_list)
    codes = cards(reports, vault=vault) if vault is not None else {}
    context = {
        "rows": _rows(reports, actor, codes),
        "page": shown,
        "tabs": _tabs(counts, chosen),
        "vault": vault,
        "alarms": alarms_for(actor.person_id),
        "may_enter": may_somewhere(actor, "report.enter_oral"),
    }
    return show(request, actor, "reports/inbox.html", context)


_FILTERS: dict[str, Any] = {
    "oppna": lambda actor: IS_OPEN,
    "mina": lambda actor: IS_OPEN & Q(owner_id=actor.person_id),
    "utan": lambda actor: IS_OPEN & Q(owner_id=None),
    "avslutade": lambda actor: IS_OVER,
}


def _counts(waiting: QuerySet[Report], actor: Actor) -> dict[str, int]:
    """How many of those that are open; those that are over grow for ever, and nobody works by their number."""
    named = {name: made(actor) for name, made in _FILTERS.items() if name != "avslutade"}
    return waiting.aggregate(**{name: Count("pk", filter=made) for name, made in named.items()})


def _tabs(counts: Mapping[str, int], chosen: str) -> list[Link]:
    words = {
        "oppna": _("Öppna"),
        "mina": _("Mina"),
        "utan": _("Utan ansvarig"),
        "avslutade": _("Avslutade"),
    }
    return [
        Link(words[name], f"{reverse(INBOX)}?visa={name}", count=counts.get(name), current=name == chosen)
        for name in _FILTERS
    ]


def _ordered(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Unanswered first by their last moment, then those without feedback, then the rest; last those that are over."""
    is_new = Q(state="received")
    return reports.annotate(
        rank=When_(
            When(is_new, then=Value(0)),
            When(IS_OVER, then=Value(3)),
            When(feedback_on=None, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        moment=When_(When(is_new, then=F("acknowledge_by")), default=None, output_field=DateTimeField()),
    ).order_by("rank", "moment", "feedback_by", "reference")


def _with_newest(shown: Iterable[Report]) -> list[Report]:
    """Those of one page in their order, with what was last written in each: asked of fifty, not of all."""
    order = [report.pk for report in shown]
    found = with_newest(Report.objects.all()).in_bulk(order)
    return [found[pk] for pk in order]


def _rows(reports: list[Report], actor: Actor, codes: Mapping[UUID, Mapping[str, Any]]) -> list[Row]:
    names = names_of({report.owner_id for report in reports})
    asked = IdentityReveal.objects.filter(report__in=reports, state="requested").exclude(
        asker_id=actor.person_id
    )
    joining = Member.objects.filter(report__in=reports, state="proposed").exclude(
        Q(proposed_by_id=actor.person_id) | Q(person_id=actor.person_id)
    )
    waiting = {pk: _("Svara på begäran om namnet") for pk in asked.values_list("report", flat=True)}
    waiting |= {pk: _("Svara om ny i kretsen") for pk in joining.values_list("report", flat=True)}
    given = PoliceDisclosure.objects.filter(report__in=reports, state="prepared").exclude(
        prepared_by_id=actor.person_id
    )
    waiting |= {pk: _("Besluta om utlämnande") for pk in given.values_list("report", flat=True)}
    return [
        Row(
            report,
            str(CHANNELS[report.directory]),
            state_label(report.state),
            STATE_KIND[report.state],
            type_of(codes.get(report.pk, {})),
            next_of(report),
            names.get(report.owner_id, "") if report.owner_id is not None else "",
            needs(report, actor.person_id) or waiting.get(report.pk, ""),
        )
        for report in reports
    ]


def type_of(codes: Mapping[str, Any]) -> str:
    """What it is about, by its codes."""
    words = QUESTIONS["kind"].options
    return ", ".join(_(words[code]) for code in codes.get("kind", ()) if code in words)
