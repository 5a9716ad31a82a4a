"""*Kontrollfunktionen*: what waits, what is late, what has been put off or lifted; each number leads to its list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.figures.protection import K
from vetting.oversight.queries import control, protected
from vetting.oversight.queries.samples import results
from vetting.oversight.trend_charts import charts_for
from vetting.oversight.views.figures import may_fetch
from vetting.oversight.views.quarter_tables import tables_of
from vetting.policy.calendar import working_days_between
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.recruitment import waiver_page
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Opinion, Waiver
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.base import show
from vetting.web.parts import Fact, Link

PER_PAGE = 25


@page("figures.view")
def control_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first page of whoever watches over the vetting: at most fifteen queries, whatever there is to tell."""
    known = reach_of(actor)
    opinions = control.opinions_within(actor, known)
    waivers = control.waivers_within(actor, known)
    context: dict[str, Any] = {"target": TARGET_DAYS, "k": K, "charts": charts_for(actor, opinions, known)}
    if opinions is not None:
        number = control.opinion_counts(opinions, actor.on)
        context |= {"waiting": _waiting(number), "lifts": _lifts(number)}
    if waivers is not None:
        counts = control.waiver_counts(waivers, actor.on)
        context |= {
            "completions": [_completion(row, actor) for row in control.open_completions(waivers, actor.on)],
            "later": _later(counts),
            "year": counts["year"],
            "units": control.use_by_unit(waivers, actor.on) if counts["year"] else [],
            "waived": _waived(counts),
        }
    if may_somewhere(actor, "sample.list"):
        context["samples"] = _samples(actor)
    if opinions is None or waivers is None:
        context |= _protected(actor, opinions is None, waivers is None)
    if may_fetch(actor):
        context["fetched"] = _period(protected.last_quarter(actor.on))
    return show(request, actor, "oversight/control.html", context)


@page("opinion.list")
def lifted_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The opinions behind the numbers of lifts: reference, post and what became of them, never a reason."""
    rows = control.opinions_within(actor)
    if rows is None:
        raise Http404
    number = control.opinion_counts(rows, actor.on)
    words = _lift_words()
    tab = request.GET.get("visa", "")
    tab = tab if tab in words else next((code for code in words if number[code]), "vantar")
    found = Paginator(control.lifted(rows, actor.on, tab), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": trail(actor, Link(_("Lyft"))),
        "tabs": [
            Link(label, f"?visa={code}", count=number[code], current=code == tab)
            for code, label in words.items()
        ],
        "page": found,
        "rows": [
            (opinion, OPINION_KIND[Opinion.State(opinion.state)], state_label("opinion", opinion.state))
            for opinion in found
        ],
    }
    return show(request, actor, "oversight/lifted.html", context)


def trail(actor: Actor, *here: Link) -> list[Link]:
    """The way here, through the first page for whoever may open it."""
    if not may_somewhere(actor, "figures.view"):
        return list(here)
    return [Link(_("Kontrollfunktionen"), reverse("control")), *here]


def _waiting(number: dict[str, int]) -> list[Link]:
    address = reverse("opinion_list")
    words = {
        "alla": _("Yttranden som väntar"),
        "sena": _("Över målet"),
        "snart": _("Start inom 7 dagar"),
    }
    return [Link(label, f"{address}?visa={code}", count=number[code]) for code, label in words.items()]


def _lift_words() -> dict[str, str]:
    return {
        "vantar": _("Lyfta som väntar"),
        "gick-vidare": _("Lyfta som gick vidare"),
        "stod-fast": _("Lyfta där yttrandet stod fast"),
        "emot": _("Beslutade mot yttrandet"),
    }


def _lifts(number: dict[str, int]) -> list[Link]:
    address = reverse("lifted_list")
    return [
        Link(label, f"{address}?visa={code}", count=number[code]) for code, label in _lift_words().items()
    ]


def _later(counts: dict[str, int]) -> list[Link]:
    return _in_waivers(counts, {"efter-start": _("Väntar"), "for-sent": _("Försenade")})


def _waived(counts: dict[str, int]) -> list[Link]:
    words = {
        "galler": _("Undantag som gäller"),
        "slutar": _("Slutar inom 7 dagar"),
        "foreslagna": _("Väntar på underskrift"),
    }
    return _in_waivers(counts, words)


def _in_waivers(counts: dict[str, int], words: dict[str, str]) -> list[Link]:
    address = reverse("waiver_list")
    return [Link(label, f"{address}?visa={code}", count=counts[code]) for code, label in words.items()]


def _samples(actor: Actor) -> dict[str, Any]:
    """How many recruitments of samples wait, and what those that have been looked through showed."""
    found = results(actor)
    return {
        "link": [Link(_("Att granska"), reverse("sample_list"), count=found.get("", 0))],
        "facts": [Fact(capfirst(_(words)), found.get(code, 0)) for code, words in SAMPLE_REVIEWED.items()],
        "reviewed": sum(number for code, number in found.items() if code),
    }


def _completion(waiver: Waiver, actor: Actor) -> dict[str, Any]:
    """One check that was put off: where, by whom, and how many working days its clock has left."""
    by = waiver.proposed_by
    left = working_days_between(actor.on, waiver.until)
    return {
        "waiver": waiver,
        "check": waiver_page.check_name(waiver),
        "by": _("namnet visas inte") if by.is_protected else by.display_name,
        "left": left,
        "late": working_days_between(waiver.until, actor.on) if waiver.until < actor.on else 0,
        "is_late": waiver.until < actor.on,
    }


def _protected(actor: Actor, opinions: bool, waivers: bool) -> dict[str, Any]:
    found = protected.figures_of(actor, actor.on)
    return {"tables": tables_of(found, opinions=opinions, waivers=waivers), "period": _period(found.quarter)}


def _period(quarter: protected.Quarter) -> str:
    first, last = (date_format(day, "j b Y") for day in (quarter.first, quarter.last))
    return f"{first} – {last}"
