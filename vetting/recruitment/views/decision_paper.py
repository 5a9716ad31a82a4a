"""A board's decision noted, and the decision on paper."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.accounts.resume import is_resumed
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment import links
from vetting.recruitment.actions.decision import record_board_decision
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, missing_for_decision
from vetting.recruitment.forms.decision import BoardForm
from vetting.recruitment.models import Candidacy
from vetting.recruitment.views.base import Part, done, gone, load_part, perform, show
from vetting.recruitment.views.decision import delegates_questions, signed
from vetting.recruitment.views.naming import candidacy_in, crumbs
from vetting.recruitment.waiver_page import told_at

BOTH = ("GET", "HEAD", "POST")


@page("decision.record_board", load=load_part, methods=BOTH)
def record_board(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Note a decision of a committee, board, council or company."""
    case, candidacy = part.case, candidacy_in(part)
    form = BoardForm(
        request.POST or None,
        initial={
            "planned_start": case.recruitment.planned_start,
            "case_number": case.recruitment.diary_number,
        },
        of=case.recruitment.form,
        questions=delegates_questions(case, candidacy, request.POST),
    )
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _board_page(request, actor, case, candidacy, form)
    typed = form.cleaned_data
    answer = perform(
        request,
        actor,
        case.pk,
        "decision.record_board",
        lambda now: record_board_decision(
            now,
            by=actor,
            candidacy=now.candidacy(candidacy.pk),
            maker=typed["maker"],
            decided_on=typed["decided_on"],
            section=typed["section"],
            terms=form.terms(),
            answers=form.answers(),
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _board_page(request, actor, case, candidacy, form)
    done(request, _("Beslutet är antecknat."))
    return redirect("sign_decision", pk=case.pk, candidacy=candidacy.pk)


def _board_page(
    request: HttpRequest, actor: Actor, case: Case, candidacy: Candidacy, form: BoardForm
) -> HttpResponse:
    missing: list[Missing] = missing_for_decision(case, candidacy)
    is_open = case.decision_of(candidacy) is None and candidacy.state in {"checking", "cleared"}
    if not is_open and (answer := gone(request, actor, case.pk, "decision.record_board", form)):
        return answer
    context = {
        "case": case,
        "candidacy": candidacy,
        "form": form if is_open and (not missing or form.is_bound) else None,
        "missing": [links.of_missing(case, m, candidacy) for m in missing] if is_open else [],
        "decision_name": _(FORMS[case.recruitment.form].decision_name),
        "breadcrumbs": crumbs(case, _("Anteckna nämndens beslut")),
    }
    return show(request, actor, "recruitment/decision_board.html", context)


@page("decision.print", load=load_part, methods=("POST",))
def print_decision(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The decision as a document, without anything about checks; the log keeps the print's digest."""
    case, candidacy = part.case, candidacy_in(part)
    decision = case.decision_of(candidacy)
    if decision is None:
        raise Http404
    kind = FORMS[case.recruitment.form]
    context = {
        "case": case,
        "candidacy": candidacy,
        "decision": decision,
        "engagement": case.engagement_of(candidacy),
        "decision_name": _(kind.decision_name),
        "form_name": _(kind.name),
        "signed": signed(decision),
        "waivers": told_at(case, candidacy),
    }
    paper = render_to_string("recruitment/decision_print.html", context, request)
    role = role_in(request)
    facts = {
        "role": role,
        "reference": case.recruitment.reference,
        "digest": hashlib.sha256(paper.encode()).hexdigest(),
    }
    record("decision.printed", actor.who(role), subject=case.pk, facts=facts)
    return HttpResponse(paper)
