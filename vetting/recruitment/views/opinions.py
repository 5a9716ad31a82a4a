"""*Säkerhetsyttranden*: the queue, *Ta nästa*, and several cases without deviations supported at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.door import Denied, may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up, shown_by
from vetting.recruitment.actions.errors import BadInput, NotComplete, Refused, SamePerson, WrongState
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.actions.support import support_each
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.forms.opinion import MOST, SupportManyForm
from vetting.recruitment.labels import INPUT_ERRORS, missing_label, refusal
from vetting.recruitment.models import Opinion
from vetting.recruitment.queries import opinions
from vetting.recruitment.views.base import done, four_eyes, once_of, perform, show
from vetting.web.parts import Link

PER_PAGE = 25


@page("opinion.list")
def opinion_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, deviations first and then by planned start; about ten queries whatever the length."""
    waiting = opinions.queue(actor)
    counts = opinions.counts(actor, waiting)
    tab = request.GET.get("visa", "")
    tab = tab if tab in {"mina", "alla"} else "oppna"
    shown = {
        "oppna": lambda: opinions.open_to(actor, waiting),
        "mina": lambda: waiting.filter(is_mine=True),
        "alla": lambda: waiting,
    }[tab]()
    found = Paginator(shown, PER_PAGE).get_page(request.GET.get("sida"))
    rows = opinions.rows(actor, found.object_list, actor.on)
    can_take = may_somewhere(actor, "opinion.take")
    labels = (("oppna", _("Att yttra sig om")), ("mina", _("Tagna av mig")), ("alla", _("Alla som väntar")))
    context = {
        "rows": rows,
        "page": found,
        "tab": tab,
        "tabs": [
            Link(words, f"?visa={code}", count=counts[code], current=code == tab) for code, words in labels
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


@page("opinion.take", methods=("POST",))
def support_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Up to twenty cases without deviations: one step-up, one confirmation, an entry each."""
    form = SupportManyForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("opinion_list")
    require_step_up(request)
    chosen = form.cleaned_data["pick"]
    if is_resumed(request) or not form.cleaned_data["confirmed"]:
        possible = opinions.rows(actor, opinions.ticked(actor, chosen), actor.on)
        context = {"form": form, "rows": possible, "left_out": len(chosen) - len(possible)}
        return show(request, actor, "recruitment/opinion_support.html", context)
    named = {opinion.pk: opinion for opinion in opinions.within_reach(actor, chosen)}
    shown = Confirmed(shown_by(request))
    outcome = support_each(actor, [named[pk] for pk in chosen if pk in named], form.once_key, shown)
    return _tell(request, outcome, unknown=len(chosen) - len(named))


def _tell(
    request: HttpRequest, outcome: list[tuple[Opinion, Refused | Denied | None]], unknown: int
) -> HttpResponseRedirect:
    given = sum(error is None for _opinion, error in outcome)
    if given:
        done(request, ngettext("%(n)s yttrande lämnat.", "%(n)s yttranden lämnade.", given) % {"n": given})
    for opinion, error in outcome:
        if error is not None:
            words = {"ref": opinion.recruitment.reference, "who": opinion.candidacy.label, "why": _why(error)}
            messages.warning(request, _("%(ref)s %(who)s lämnades inte: %(why)s") % words)
    if unknown:
        messages.warning(request, _("%(n)s ärenden finns inte i din kö längre.") % {"n": unknown})
    return redirect("opinion_list")


def _why(error: Refused | Denied) -> str:
    if isinstance(error, NotComplete):
        return "; ".join(missing_label(item) for item in error.missing)
    if isinstance(error, WrongState):
        return refusal(error.state)
    if isinstance(error, BadInput):
        return " ".join(str(INPUT_ERRORS[code]) for code in error.errors.values())
    if isinstance(error, SamePerson):
        return four_eyes()
    return _("Du kan inte yttra dig där: du har handlagt, ansvarar eller har redan yttrat dig.")
