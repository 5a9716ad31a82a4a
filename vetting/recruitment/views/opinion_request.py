"""HR's side of the opinion: prepare and ask, ask again after a return, take the request back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment import links
from vetting.recruitment import opinion_sheet as sheet
from vetting.recruitment.actions.opinion import (
    prepare_opinion,
    recall_opinion,
    renew_opinion,
    request_opinion,
)
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import approvers_needed, missing_for_opinion
from vetting.recruitment.engine.rows import needs_opinion, opinion_lapsed
from vetting.recruitment.forms.opinion import PrepareForm
from vetting.recruitment.guests import UNDER_WAY
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Candidacy, Opinion
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.base import Part, done, gone, load_part, once_of, perform, show
from vetting.recruitment.views.naming import candidacy_in, crumbs, opinion_in

RENEWABLE = {Opinion.State.RETURNED, Opinion.State.RECALLED, Opinion.State.INVALIDATED}


@page("opinion.prepare", load=load_part, methods=("GET", "HEAD", "POST"))
def prepare(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Write a recommendation where one is wanted, and hand the material to the security function in one step."""
    case, candidacy = part.case, candidacy_in(part)
    if request.method != "POST":
        return _form_page(request, actor, case, candidacy, PrepareForm())
    form = PrepareForm(request.POST)
    if is_resumed(request) or not form.is_valid():
        return _form_page(request, actor, case, candidacy, form)

    def do(now: Case) -> None:
        opinion = prepare_opinion(
            now,
            by=actor,
            candidacy=now.candidacy(candidacy.pk),
            recommendation=form.cleaned_data["recommendation"],
            once=form.once_key,
        )
        request_opinion(now, by=actor, opinion=opinion)

    answer = perform(request, actor, case.pk, "opinion.prepare", do, form=form)
    if answer is not None:
        return answer
    if form.errors:
        return _form_page(request, actor, case, candidacy, form)
    done(request, _("Säkerhetsyttrande är begärt för %(who)s.") % {"who": candidacy.label})
    return redirect(links.home(case, candidacy))


def _form_page(
    request: HttpRequest, actor: Actor, case: Case, candidacy: Candidacy, form: PrepareForm
) -> HttpResponse:
    current = case.current_opinion(candidacy)
    is_offered = current is None and needs_opinion(case, candidacy)
    if not is_offered and (answer := gone(request, actor, case.pk, "opinion.prepare", form)):
        return answer
    lapsed = current is not None and opinion_lapsed(current, actor.on)
    missing = [links.of_missing(case, m, candidacy) for m in missing_for_opinion(case, candidacy)]
    facts = case.facts_for(actor, candidacy=candidacy)

    def may(permission: str) -> bool:
        return ask(actor, permission, facts).allowed

    renewable = current is not None and (current.state in RENEWABLE or lapsed)
    context = {
        "case": case,
        "candidacy": candidacy,
        "form": form,
        "current": current,
        "state": state_label("opinion", current.state) if current else "",
        "kind": OPINION_KIND[current.state] if current else "",
        "missing": missing,
        "is_called_for": needs_opinion(case, candidacy),
        "is_draft": current is not None and current.state == Opinion.State.DRAFT and may("opinion.request"),
        "is_new": current is None,
        "is_renewable": renewable and may("opinion.renew"),
        "may_recall": current is not None and current.state in UNDER_WAY and may("opinion.recall"),
        "approvers": approvers_needed(case, candidacy)[0],
        "legal": legal_of(CHECKPOINTS["security_opinion"]),
        "question": sheet.question(case, candidacy.label),
        "breadcrumbs": crumbs(case, _("Begär säkerhetsyttrande")),
    }
    return show(request, actor, "recruitment/opinion_prepare.html", context)


@page("opinion.request", load=load_part, methods=("POST",))
def request_now(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Hand over a round that was prepared earlier."""
    pk, opinion, once = part.case.pk, opinion_in(part), once_of(request)
    answer = perform(
        request,
        actor,
        pk,
        "opinion.request",
        lambda case: request_opinion(case, by=actor, opinion=case.opinion(opinion.pk), once=once),
    )
    if answer is None:
        done(request, _("Säkerhetsyttrande är begärt."))
    return answer or redirect("opinion_view", pk=pk, opinion=opinion.pk)


@page("opinion.renew", load=load_part, methods=("POST",))
def renew(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """*Begär förnyat yttrande*: a new round, in which only what changed is marked."""
    case, candidacy, once = part.case, candidacy_in(part), once_of(request)
    answer = perform(
        request,
        actor,
        case.pk,
        "opinion.renew",
        lambda now: renew_opinion(now, by=actor, candidacy=now.candidacy(candidacy.pk), once=once),
    )
    if answer is None:
        done(request, _("Förnyat yttrande är begärt. Det som har ändrats är märkt."))
    return answer or redirect(links.home(case, candidacy))


@page("opinion.recall", load=load_part, methods=("POST",))
def recall(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Take the request back before it is concluded; a vote already given is never shown."""
    case, opinion, once = part.case, opinion_in(part), once_of(request)
    answer = perform(
        request,
        actor,
        case.pk,
        "opinion.recall",
        lambda now: recall_opinion(now, by=actor, opinion=now.opinion(opinion.pk), once=once),
    )
    if answer is None:
        done(request, _("Begäran är återkallad."))
    return answer or redirect(links.home(case, case.candidacy(opinion.candidacy_id)))
