"""Conflict of interest: the declaration that every participant gives, before and after finalists are entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page, role_in
from vetting.access.reveal import MINUTES, opening_of, remember
from vetting.accounts.resume import is_resumed
from vetting.crypto import keystore
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal
from vetting.recruitment.actions.declaration import give_declaration as give
from vetting.recruitment.apart import is_party
from vetting.recruitment.candidate_panel import onward
from vetting.recruitment.case import Case
from vetting.recruitment.forms.declarations import InterestForm
from vetting.recruitment.labels import state_label
from vetting.recruitment.missing_words import not_declared
from vetting.recruitment.models import Candidacy, Recusal
from vetting.recruitment.names_read import has_name, open_name, unread
from vetting.recruitment.printing import statute_of
from vetting.recruitment.relations import ENDED, stands_aside
from vetting.recruitment.views.base import done, gone, load_case, note_reading, once_of, perform, show

KIND = {
    "clear": "done",
    "declared": "waiting",
    "participates": "done",
    "excluded": "stopped",
    "ended": "closed",
}


@dataclass(frozen=True, slots=True)
class Finalist:
    """One finalist on the page: her label, and her name while this session has it open."""

    label: str
    name: str = ""
    is_manual: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """One participant's declaration as the list shows it: never what it says."""

    recusal: Recusal
    name: str
    kind: str
    words: str
    may_decide: bool
    may_lift: bool


@page("declaration.give", load=load_case, methods=("GET", "HEAD", "POST"))
def give_declaration(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Inget att anmäla* with one tap, once the finalists' names have been open; or what the connection is."""
    form = InterestForm(request.POST if "interest" in request.POST else None)
    opened = _openings(request, case)
    hides = bool(unread(case, actor, opened))
    sent = request.method == "POST" and not is_resumed(request)
    if sent and "interest" not in request.POST and not hides:
        return _nothing(request, actor, pk, opened)
    if sent and form.is_valid() and (answer := _something(request, actor, pk, form)) is not None:
        return answer
    is_ended = case.recruitment.state in ENDED
    if is_ended and (lost := gone(request, actor, pk, "declaration.give", form)):
        return lost
    keystore.preload(opened)
    finalists = [_finalist(candidacy, opened) for candidacy in case.candidacies]
    refused = sent and not form.is_bound
    context = {
        "case": case,
        "form": form,
        "own": case.recusal_of(actor.person_id),
        "finalists": finalists,
        "hidden": any(not finalist.name and not finalist.is_manual for finalist in finalists),
        "hides": hides,
        "refused": refused,
        "is_ended": is_ended,
        "minutes": MINUTES,
        "statute": statute_of("recruiter_coi"),
    }
    status = 422 if refused else 200
    return show(request, actor, "recruitment/declaration.html", context, status=status)


def _nothing(request: HttpRequest, actor: Actor, pk: UUID, names: Mapping[UUID, Opening]) -> HttpResponse:
    answer = perform(
        request,
        actor,
        pk,
        "declaration.give",
        lambda case: give(case, by=actor, names=names, once=once_of(request)),
    )
    if answer is not None:
        return answer
    done(request, _("Din jävsförklaring är lämnad: inget att anmäla."))
    return redirect(onward(actor, pk))


def _something(request: HttpRequest, actor: Actor, pk: UUID, form: InterestForm) -> HttpResponse | None:
    answer = perform(
        request,
        actor,
        pk,
        "declaration.give",
        lambda case: give(case, by=actor, interest=form.cleaned_data["interest"], once=form.once_key),
        form=form,
    )
    if answer is not None or form.errors:
        return answer
    done(request, _("Tack. Du deltar inte i rekryteringen förrän din chef har bestämt."))
    return redirect("work")


@page("declaration.give", load=load_case, methods=("POST",))
def show_finalists(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Visa slutkandidaternas namn*: an entry for each finalist, then her name - and nothing else - for 15 minutes."""
    if not is_resumed(request):
        role = role_in(request)
        for candidacy in case.candidacies:
            if has_name(candidacy) and opening_of(request, candidacy.pk, "name") is None:
                remember(request, candidacy.pk, ["name"], open_name(actor, role, case, candidacy))
    return redirect("give_declaration", pk=pk)


def _openings(request: HttpRequest, case: Case) -> dict[UUID, Opening]:
    """The names that this session has open."""
    found = {each.pk: opening_of(request, each.pk, "name") for each in case.candidacies}
    return {pk: opening for pk, opening in found.items() if opening is not None}


def _finalist(candidacy: Candidacy, opened: Mapping[UUID, Opening]) -> Finalist:
    if not has_name(candidacy):
        return Finalist(candidacy.label, is_manual=True)
    if candidacy.pk not in opened:
        return Finalist(candidacy.label)
    try:
        return Finalist(candidacy.label, unseal(candidacy, "name", opened[candidacy.pk]))
    except SealError:
        return Finalist(candidacy.label, _("kan inte läsas"))


@page("declaration.list", load=load_case)
def declaration_list(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who has declared and what has been decided; never what anybody told."""
    note_reading(request, actor, case, "declaration.listed")
    is_open = case.recruitment.state not in ENDED
    may_list = ask(actor, "recusal.list", case.facts_for(actor)).allowed
    context = {
        "case": case,
        "items": [declared(case, actor, recusal, is_open) for recusal in _by_name(case, may_list)],
        "missing": not_declared(case) if is_open else [],
        "may_list": may_list,
        "may_set": is_open and may_set(case, actor),
        "may_give": is_open and ask(actor, "declaration.give", case.facts_for(actor)).allowed,
    }
    return show(request, actor, "recruitment/declaration_list.html", context)


def may_set(case: Case, actor: Actor) -> bool:
    """Whether she may shut somebody out here: a head who has no hand in the matter herself."""
    return ask(actor, "recusal.set", case.facts_for(actor)).allowed and not is_party(case, actor)


def declared(case: Case, actor: Actor, recusal: Recusal, is_open: bool) -> Declared:
    """The declaration as a row, with what this person may do about it."""
    facts = case.facts_for(actor, recusal=recusal)
    waits = is_open and recusal.state == Recusal.State.DECLARED
    out = is_open and recusal.state == Recusal.State.EXCLUDED
    return Declared(
        recusal,
        named(recusal),
        KIND[recusal.state],
        state_label("recusal", str(recusal.state)),
        waits and ask(actor, "declaration.decide", facts).allowed,
        out and ask(actor, "recusal.lift", facts).allowed,
    )


def named(recusal: Recusal) -> str:
    """Her name; of somebody without a part here it would tell that she has applied."""
    if recusal.by_match and not recusal.had_part and not recusal.before_match:
        return _("En medarbetare utan del i rekryteringen")
    return _("Namnet visas inte") if recusal.person.is_protected else recusal.person.display_name


def _by_name(case: Case, may_list: bool) -> list[Recusal]:
    """Whom the service shut out is told only to those who may see who stands aside (`recusal.list`)."""
    shown = [recusal for recusal in case.recusals if may_list or not recusal.by_match]
    return sorted(shown, key=named)


@page("recusal.list", load=load_case)
def recusal_list(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who takes no part and since when; never why. Whoever stands aside herself meets what a stranger meets."""
    if "recused" in case.facts_for(actor).relations:
        raise Http404
    aside = [recusal for recusal in _by_name(case, True) if stands_aside(recusal)]
    context = {"case": case, "items": [declared(case, actor, recusal, False) for recusal in aside]}
    return show(request, actor, "recruitment/recusal_list.html", context)
