"""After *avstyrks*: the ways forward, the lift, and the decision of whoever the question was lifted to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.recruitment import links
from vetting.recruitment import opinion_sheet as sheet
from vetting.recruitment.actions.escalation import decide_escalation, record_board_escalation
from vetting.recruitment.actions.opinion import escalate_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import may_decide_against
from vetting.recruitment.forms.opinion import BoardEscalationForm, EscalationForm, LiftForm
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Opinion
from vetting.recruitment.views.base import Part, done, gone, load_part, perform, show
from vetting.recruitment.views.naming import crumbs, opinion_in
from vetting.recruitment.views.opinion_reveal import reasons
from vetting.web.forms import BaseForm

BOTH = ("GET", "HEAD", "POST")


@page("opinion.escalate", load=load_part, methods=BOTH)
def lift(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The manager's page after a no: end, choose another, or *Lyft beslutet* with a reason."""
    case, opinion = part.case, opinion_in(part)
    form = LiftForm(request.POST or None, seen=opinion.entry_id)
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _lift_page(request, actor, case, opinion, form)
    answer = perform(
        request,
        actor,
        case.pk,
        "opinion.escalate",
        lambda now: escalate_opinion(
            now,
            by=actor,
            opinion=now.opinion(opinion.pk),
            reason=form.cleaned_data["reason"],
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _lift_page(request, actor, case, opinion, form)
    done(request, _("Frågan är lyft. Den som får besluta ser den nu."))
    return redirect("opinion_view", pk=case.pk, opinion=opinion.pk)


def _lift_page(
    request: HttpRequest, actor: Actor, case: Case, opinion: Opinion, form: LiftForm
) -> HttpResponse:
    if opinion.state != Opinion.State.REFUSED and (
        answer := gone(request, actor, case.pk, "opinion.escalate", form)
    ):
        return answer
    candidacy = case.candidacy(opinion.candidacy_id)
    others = [other.label for other in case.candidacies if other.state in {"proposed", "reserve"}]
    context = _frame(case, opinion, _("Lyft beslutet")) | {
        "form": form if opinion.state == Opinion.State.REFUSED else None,
        "others": others,
        "weight": sheet.weight(opinion),
        "against_url": links.to("sign_decision", case, candidacy)
        if may_decide_against(case, candidacy)
        and ask(actor, "decision.sign", case.facts_for(actor, candidacy=candidacy)).allowed
        else "",
        "home": links.home(case),
        "end_url": links.to("mark_not_selected", case, candidacy) or links.home(case, candidacy),
        "may_end": ask(
            actor, "candidacy.mark_not_selected", case.facts_for(actor, candidacy=candidacy)
        ).allowed,
    }
    return show(request, actor, "recruitment/opinion_lift.html", context)


@page("escalation.decide", load=load_part, methods=BOTH)
def decide(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The decision after a lift: with a written reason, after the reasons of the opinion have been read."""
    case, opinion = part.case, opinion_in(part)
    form = EscalationForm(request.POST or None)
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _decide_page(request, actor, case, opinion, form)
    if reasons(request, case, opinion) is None:
        form.add_error(None, _("Läs yttrandets skäl först: tryck på Visa skälen."))
        return _decide_page(request, actor, case, opinion, form)
    require_step_up(request)
    answer = perform(
        request,
        actor,
        case.pk,
        "escalation.decide",
        lambda now: decide_escalation(
            now,
            by=actor,
            opinion=now.opinion(opinion.pk),
            overrule=form.cleaned_data["result"] == "overruled",
            reason=form.cleaned_data["reason"],
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _decide_page(request, actor, case, opinion, form)
    done(request, _("Ditt beslut är antecknat."))
    return redirect("decide_escalation", pk=case.pk, opinion=opinion.pk)


def _decide_page(
    request: HttpRequest, actor: Actor, case: Case, opinion: Opinion, form: EscalationForm
) -> HttpResponse:
    if opinion.state != Opinion.State.ESCALATED and (
        answer := gone(request, actor, case.pk, "escalation.decide", form)
    ):
        return answer
    context = _frame(case, opinion, _("Besluta efter lyft")) | {
        "form": form if opinion.state == Opinion.State.ESCALATED else None,
        "reasons": reasons(request, case, opinion),
        "tasks": sheet.tasks(case, opinion, linked=False),
    }
    return show(request, actor, "recruitment/opinion_escalation.html", context)


@page("escalation.record_board", load=load_part, methods=BOTH)
def record_board(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The registrar's note of what the committee decided after a lift."""
    case, opinion = part.case, opinion_in(part)
    form = BoardEscalationForm(request.POST or None)
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _board_page(request, actor, case, opinion, form)
    typed = form.cleaned_data
    answer = perform(
        request,
        actor,
        case.pk,
        "escalation.record_board",
        lambda now: record_board_escalation(
            now,
            by=actor,
            opinion=now.opinion(opinion.pk),
            overrule=typed["result"] == "overruled",
            decided_on=typed["decided_on"],
            section=typed["section"],
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _board_page(request, actor, case, opinion, form)
    done(request, _("Nämndens beslut är antecknat."))
    return redirect("opinion_view", pk=case.pk, opinion=opinion.pk)


def _board_page(
    request: HttpRequest, actor: Actor, case: Case, opinion: Opinion, form: BaseForm
) -> HttpResponse:
    if opinion.state != Opinion.State.ESCALATED and (
        answer := gone(request, actor, case.pk, "escalation.record_board", form)
    ):
        return answer
    context = _frame(case, opinion, _("Nämndens beslut efter lyft")) | {
        "form": form if opinion.state == Opinion.State.ESCALATED else None
    }
    return show(request, actor, "recruitment/opinion_board.html", context)


def _frame(case: Case, opinion: Opinion, here: str) -> dict[str, Any]:
    candidacy = case.candidacy(opinion.candidacy_id)
    return {
        "case": case,
        "opinion": opinion,
        "candidacy": candidacy,
        "state": state_label("opinion", opinion.state),
        "kind": OPINION_KIND[opinion.state],
        "breadcrumbs": crumbs(case, here),
    }
