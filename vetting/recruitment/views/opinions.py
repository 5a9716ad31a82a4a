"""*Säkerhetsyttranden*: the queue, and *Ta nästa*."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.forms.opinion import MOST, SupportManyForm
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Opinion
from vetting.recruitment.queries import opinions
from vetting.recruitment.queries.opinion_rows import rows as rows_shown
from vetting.recruitment.views.base import once_of, perform, show
from vetting.web.parts import Link

PER_PAGE = 25


@page("opinion.list")
def opinion_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, deviations first and then by planned start; a fixed number of queries whatever the length."""
    waiting = opinions.queue(actor)
    counts = opinions.counts(actor, waiting)
    tab = request.GET.get("visa", "")
    tab = tab if tab in opinions.TABS else "oppna"
    shown = opinions.under(actor, waiting, tab)
    found = Paginator(shown, PER_PAGE).get_page(request.GET.get("sida"))
    rows = rows_shown(actor, found.object_list, actor.on)
    can_take = may_somewhere(actor, "opinion.take")
    labels = (
        ("oppna", _("Att yttra sig om")),
        ("mina", _("Tagna av mig")),
        ("alla", _("Alla som väntar")),
        ("sena", _("Över målet")),
        ("snart", _("Start inom 7 dagar")),
    )
    context = {
        "rows": rows,
        "page": found,
        "tab": tab,
        "tabs": [
            *(
                Link(words, f"?visa={code}", count=counts[code], current=code == tab)
                for code, words in labels
            ),
            Link(_("Tidigare"), reverse("opinions_given")),
        ],
        "can_take": can_take,
        "next": can_take and counts["oppna"] > 0,
        "can_tick": can_take and any(row.can_be_ticked for row in rows),
        "form": SupportManyForm(),
        "most": MOST,
        "target": opinions.TARGET_DAYS,
        "refusals": opinions.after_refusals(actor),
    }
    return show(request, actor, "recruitment/opinion_list.html", context)


@page("opinion.list")
def opinions_given(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits no longer: given, returned, recalled and what has not been asked for yet."""
    found = Paginator(opinions.given(actor), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": [
            Link(_("Säkerhetsyttranden"), reverse("opinion_list")),
            Link(_("Tidigare yttranden")),
        ],
        "page": found,
        "rows": [
            (opinion, OPINION_KIND[Opinion.State(opinion.state)], state_label("opinion", opinion.state))
            for opinion in found
        ],
    }
    return show(request, actor, "recruitment/opinions_given.html", context)


@page("opinion.take", methods=("POST",))
def take_next(request: HttpRequest, actor: Actor) -> HttpResponse:
    """*Ta nästa*: be let in to the first round that this person may give an opinion in."""
    found = opinions.next_for(actor)
    if found is None:
        messages.info(request, _("Inget mer väntar på dig. Bra jobbat."))
        return redirect("opinion_list")
    return _take(request, actor, found)


def _take(request: HttpRequest, actor: Actor, opinion: Opinion) -> HttpResponse:
    pk, once = opinion.recruitment_id, once_of(request)
    answer = perform(
        request,
        actor,
        pk,
        "opinion.take",
        lambda case: take_opinion(case, by=actor, opinion=case.opinion(opinion.pk), once=once),
    )
    return answer or redirect("opinion_view", pk=pk, opinion=opinion.pk)
