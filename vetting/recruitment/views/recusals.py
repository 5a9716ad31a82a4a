"""What is decided about a conflict of interest: by the manager of whoever told it, or by the head of a function."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page, role_in
from vetting.access.reveal import MINUTES, open_fields, opening_of, remember
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.recruitment.actions import declaration as act
from vetting.recruitment.apart import is_party
from vetting.recruitment.case import Case
from vetting.recruitment.forms.declarations import DecideForm, LiftForm, MatchForm, SetRecusalForm, WhyForm
from vetting.recruitment.models import Recusal
from vetting.recruitment.printing import statute_of
from vetting.recruitment.queries.declarations import matches_for, may_meet_match, waiting_for
from vetting.recruitment.queries.readers import access_to
from vetting.recruitment.views.base import Part, done, gone, load_case, load_part, perform, show
from vetting.recruitment.views.declarations import declared, named
from vetting.web.parts import Link


@page("declaration.decide")
def declarations_to_decide(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The declarations that wait for this person's decision."""
    return show(request, actor, "recruitment/declarations_to_decide.html", {"items": waiting_for(actor)})


@page("declaration.decide", load=load_part, methods=("GET", "HEAD", "POST"))
def decide_declaration(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, recusal: UUID
) -> HttpResponse:
    """*Deltar inte* or *deltar, saknar betydelse*, with the reason."""
    form = DecideForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        typed = form.cleaned_data

        def do(case: Case) -> None:
            act.decide_declaration(
                case,
                by=actor,
                recusal=_of(case, recusal),
                participates=typed["decision"] == "participates",
                reason=typed["reason"],
                once=form.once_key,
            )

        answer = perform(request, actor, pk, "declaration.decide", do, form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Ditt besked är antecknat."))
            return redirect("declarations_to_decide")
    own = _declaration(part)
    is_open = own.state == Recusal.State.DECLARED
    if not is_open and (lost := gone(request, actor, pk, "declaration.decide", form)):
        return lost
    interest = _interest(request, own)
    may_read = ask(actor, "declaration.reveal", part.facts_for(actor)).allowed
    context = {
        "case": part.case,
        "row": declared(part.case, actor, own, True),
        "form": form,
        "interest": interest,
        "why": WhyForm() if may_read and own.interest is not None and interest is None else None,
        "minutes": MINUTES,
        "statute": statute_of("recruiter_coi"),
        "may_view": ask(actor, "recruitment.view", part.case.facts_for(actor)).allowed,
        "is_open": is_open,
    }
    return show(request, actor, "recruitment/declaration_decide.html", context)


@page("declaration.reveal", load=load_part, methods=("POST",))
def read_declaration(request: HttpRequest, actor: Actor, part: Part, pk: UUID, recusal: UUID) -> HttpResponse:
    """Open what somebody has told: first the entry with its purpose, then the text for 15 minutes."""
    form = WhyForm(request.POST)
    own = _declaration(part)
    if not is_resumed(request) and form.is_valid() and own.interest is not None:
        role = role_in(request)
        facts = {"role": role, "reference": part.case.recruitment.reference}
        opening = open_fields(
            actor.who(role),
            "declaration.revealed",
            subject=part.case.pk,
            facts=facts,
            fields=["interest"],
            purpose=form.cleaned_data["purpose"],
        )
        remember(request, own.pk, ["interest"], opening)
    return redirect("decide_declaration", pk=pk, recusal=recusal)


@page("recusal.set", load=load_case, methods=("GET", "HEAD", "POST"))
def set_recusal(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Shut somebody out of the recruitment who has not said so herself."""
    if is_party(case, actor):
        raise Http404
    people = [
        (str(reader.person.pk), reader.name)
        for reader in access_to(case).readers
        if reader.person.pk != actor.person_id
    ]
    form = SetRecusalForm(request.POST or None, people=people)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        typed = form.cleaned_data
        answer = perform(
            request,
            actor,
            pk,
            "recusal.set",
            lambda case: act.set_recusal(
                case, by=actor, person_id=UUID(typed["person"]), reason=typed["reason"], once=form.once_key
            ),
            form=form,
        )
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Personen deltar inte längre och ser inte rekryteringen."))
            return redirect("declaration_list", pk=pk)
    return show(request, actor, "recruitment/declaration_set.html", {"case": case, "form": form})


@page("recusal.set")
def matches_to_answer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whoever the service has shut out because a number was hers: is it right?"""
    items = [(recusal, named(recusal)) for recusal in matches_for(actor)]
    return show(request, actor, "recruitment/matches_to_answer.html", {"items": items})


@page("recusal.set", load=load_part, methods=("GET", "HEAD", "POST"))
def answer_match(request: HttpRequest, actor: Actor, part: Part, pk: UUID, recusal: UUID) -> HttpResponse:
    """It is right, and she stays out; or it is not, and she takes part again."""
    found = _declaration(part)
    if not may_meet_match(part.case, actor, found):
        raise Http404
    form = MatchForm(request.POST or None)
    is_open = found.waits_for_head
    if not is_open and (lost := gone(request, actor, pk, "recusal.set", form)):
        return lost
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        stays, reason = form.cleaned_data["decision"] == "excluded", form.cleaned_data["reason"]
        if not stays:
            require_step_up(request)
        do = act.confirm_match if stays else act.lift_recusal
        answer = perform(
            request,
            actor,
            pk,
            "recusal.set" if stays else "recusal.lift",
            lambda case: do(case, by=actor, recusal=_of(case, recusal), reason=reason, once=form.once_key),
            form=form,
        )
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Ditt besked är antecknat."))
            return redirect("matches_to_answer")
    above = Link(_("Avstängda genom personnummer"), reverse("matches_to_answer"))
    way = [above, Link(part.case.recruitment.reference)]
    context = {"case": part.case, "name": named(found), "form": form, "is_open": is_open, "breadcrumbs": way}
    return show(request, actor, "recruitment/match_answer.html", context)


@page("recusal.lift", load=load_part, methods=("GET", "HEAD", "POST"))
def lift_recusal(request: HttpRequest, actor: Actor, part: Part, pk: UUID, recusal: UUID) -> HttpResponse:
    """Let somebody take part again; needs the password, and another person than the one who shut her out."""
    form = LiftForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        require_step_up(request)
        answer = perform(
            request,
            actor,
            pk,
            "recusal.lift",
            lambda case: act.lift_recusal(
                case,
                by=actor,
                recusal=_of(case, recusal),
                reason=form.cleaned_data["reason"],
                once=form.once_key,
            ),
            form=form,
        )
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Personen deltar igen."))
            return redirect("declaration_list", pk=pk)
    row = declared(part.case, actor, _declaration(part), True)
    return show(
        request, actor, "recruitment/declaration_lift.html", {"case": part.case, "row": row, "form": form}
    )


def _declaration(part: Part) -> Recusal:
    if part.recusal is None:
        raise Http404
    return part.recusal


def _of(case: Case, pk: UUID) -> Recusal:
    """The declaration as it stands under the lock. Raises Http404."""
    for recusal in case.recusals:
        if recusal.pk == pk:
            return recusal
    raise Http404


def _interest(request: HttpRequest, recusal: Recusal) -> str | None:
    """What was told, while this session has it open; None otherwise."""
    opening = opening_of(request, recusal.pk, "interest")
    if opening is None or recusal.interest is None:
        return None
    try:
        return unseal(recusal, "interest", opening)
    except SealError:
        return _("Texten kan inte läsas.")
