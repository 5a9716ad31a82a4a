"""*Undantag*: the list, one waiver, and each step with it; the words of its reason opened with a purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page, role_in
from vetting.access.reveal import MINUTES, open_fields, opening_of, remember
from vetting.accounts.resume import is_resumed
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.reasons import WAIVER
from vetting.recruitment import links, waiver_page
from vetting.recruitment.actions import waiver as actions
from vetting.recruitment.case import Case
from vetting.recruitment.forms.waivers import RejectForm
from vetting.recruitment.models import Waiver
from vetting.recruitment.queries import waivers
from vetting.recruitment.queries.timeline import names_of
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.base import Part, done, load_part, show
from vetting.recruitment.views.forming import Once, act_page, saved, status_of, trail
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

PER_PAGE = 25
PURPOSE = "prepare_decision"


@page("waiver.list")
def waiver_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for a signature, holds, has run out or is over; about seven queries whatever the length."""
    rows = waivers.waivers_visible_to(actor)
    counts = waivers.counts(actor, rows)
    chosen = waivers.tabs(actor.on)
    tab = request.GET.get("visa", "")
    tab = tab if tab in chosen else next((code for code in chosen if counts[code]), "foreslagna")
    found = Paginator(rows.filter(chosen[tab]), PER_PAGE).get_page(request.GET.get("sida"))
    labels = (
        ("foreslagna", _("Väntar på underskrift")),
        ("efter-start", _("Kompletteras efter start")),
        ("for-sent", _("Skulle ha kompletterats")),
        ("galler", _("Gäller")),
        ("slutar", _("Slutar inom 7 dagar")),
        ("utgangna", _("Gått ut")),
        ("avslutade", _("Avslutade")),
    )
    context = {
        "rows": [_row(waiver, actor) for waiver in found.object_list],
        "page": found,
        "tabs": [
            Link(words, f"?visa={code}", count=counts[code], current=code == tab) for code, words in labels
        ],
    }
    return show(request, actor, "recruitment/waiver_list.html", context)


def _row(waiver: Waiver, actor: Actor) -> dict[str, Any]:
    kind, words = waiver_page.shown_state(waiver, actor.on)
    by = waiver.proposed_by
    return {
        "waiver": waiver,
        "check": waiver_page.check_name(waiver),
        "kind": kind,
        "state": words,
        "reason": _(WAIVER[waiver.reason_code]),
        "by": _("namnet visas inte") if by.is_protected else by.display_name,
    }


@page("waiver.list", load=load_part)
def waiver_view(request: HttpRequest, actor: Actor, part: Part, pk: UUID, waiver: UUID) -> HttpResponse:
    """One waiver: who proposed it, until when and why, and what this person can do with it."""
    return _show(request, actor, part, {})


@page("waiver.confirm", load=load_part, methods=("POST",))
def confirm_waiver(request: HttpRequest, actor: Actor, part: Part, pk: UUID, waiver: UUID) -> HttpResponse:
    """The second signature; asks who it is once more."""

    def do(case: Case, form: BaseForm) -> None:
        actions.confirm_waiver(case, by=actor, waiver=case.waiver(waiver), once=form.once_key)

    said = _("Undantaget är underskrivet och gäller.")
    return _post(request, actor, part, "waiver.confirm", "confirm", BaseForm(request.POST), do, said)


@page("waiver.reject", load=load_part, methods=("POST",))
def reject_waiver(request: HttpRequest, actor: Actor, part: Part, pk: UUID, waiver: UUID) -> HttpResponse:
    """The other says no, with a reason from the list."""

    def do(case: Case, form: BaseForm) -> None:
        reason = form.cleaned_data["reason_code"]
        own = case.waiver(waiver)
        actions.reject_waiver(case, by=actor, waiver=own, reason_code=reason, once=form.once_key)

    said = _("Undantaget är avslaget. Kontrollen stoppar som förut.")
    return _post(request, actor, part, "waiver.reject", "reject", RejectForm(request.POST), do, said)


@page("waiver.end", load=load_part, methods=("POST",))
def end_waiver(request: HttpRequest, actor: Actor, part: Part, pk: UUID, waiver: UUID) -> HttpResponse:
    """Before its time, or a proposal taken back."""

    def do(case: Case, once: Once) -> None:
        actions.end_waiver(case, by=actor, waiver=case.waiver(waiver), once=once)

    said = _("Undantaget är avslutat. Kontrollen stoppar igen om den inte är klar.")
    back = links.to("waiver_view", part.case, waiver=waiver)
    return act_page(request, actor, part.case, "waiver.end", do, said=said, back=back)


@page("waiver.confirm", load=load_part, methods=("POST",))
def reveal_waiver(request: HttpRequest, actor: Actor, part: Part, pk: UUID, waiver: UUID) -> HttpResponse:
    """Open the words of the reason for whoever is to sign: first the entry, then the text for fifteen minutes."""
    own = _own(part)
    if not is_resumed(request) and own.reason is not None:
        role = role_in(request)
        facts = {
            "role": role,
            "reference": part.case.recruitment.reference,
            "candidacy": part.case.candidacy(own.candidacy_id).label,
            "check": own.code,
            "minutes": MINUTES,
        }
        opening = open_fields(
            actor.who(role), "check.revealed", subject=part.case.pk, facts=facts, fields=["waiver_reason"],
            purpose=PURPOSE,
        )  # fmt: skip
        remember(request, own.pk, ["waiver_reason"], opening)
    return redirect("waiver_view", pk=pk, waiver=waiver)


def _post(
    request: HttpRequest, actor: Actor, part: Part, permission: str, key: str, form: BaseForm,
    do: Callable[[Case, BaseForm], None], said: str,
) -> HttpResponse:  # fmt: skip
    answer = saved(request, actor, part.case.pk, permission, form, lambda case: do(case, form))
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, said)
        return redirect("waiver_view", pk=part.case.pk, waiver=_own(part).pk)
    return _show(request, actor, part, {key: form}, status=status_of(request, form))


def _show(
    request: HttpRequest, actor: Actor, part: Part, bound: dict[str, BaseForm], *, status: int = 200
) -> HttpResponse:
    case, waiver = part.case, _own(part)
    facts = case.facts_for(actor, waiver=waiver)
    candidacy = case.candidacy(waiver.candidacy_id)
    waits = waiver.state == Waiver.State.PROPOSED and not waiver.has_lapsed(actor.on)
    may_sign = waiver_page.may_sign(actor, case, waiver)
    opened = _words(request, waiver)
    kind, words = waiver_page.shown_state(waiver, actor.on)
    may_reject = waits and ask(actor, "waiver.reject", facts).allowed
    context = {
        "case": case,
        "waiver": waiver,
        "candidacy": candidacy,
        "name": waiver_page.check_name(waiver),
        "kind": kind,
        "state": words,
        "facts": waiver_page.facts_of(waiver, names_of(waiver_page.people_of(waiver))),
        "legal": legal_of(CHECKPOINTS[waiver.code]),
        "why_not": waiver_page.why_not_sign(actor, case, waiver) if waits else "",
        "confirm": (bound.get("confirm") or BaseForm()) if may_sign or "confirm" in bound else None,
        "reject": (bound.get("reject") or RejectForm()) if may_reject or "reject" in bound else None,
        # Whoever may say no to a proposal does that; taking it back is for those who stand behind it.
        "may_end": waiver.is_live and not may_reject and ask(actor, "waiver.end", facts).allowed,
        "may_read": may_sign and waiver.reason is not None and opened is None,
        "opened": opened,
        "minutes": MINUTES,
        "check_url": links.to("check_view", case, check=waiver.of_check_id)
        if ask(actor, "check.view", facts).allowed
        else "",
        "form": next(iter(bound.values()), None),
        "breadcrumbs": [*trail(case, _("Undantag"), candidacy)],
    }
    return show(request, actor, "recruitment/waiver.html", context, status=status)


def _words(request: HttpRequest, waiver: Waiver) -> str | None:
    """The words of the reason while this session has them open; None otherwise."""
    opening = opening_of(request, waiver.pk, "waiver_reason")
    if opening is None or waiver.reason is None:
        return None
    try:
        return unseal(waiver, "reason", opening)
    except SealError:
        return _("Texten kan inte läsas.")


def _own(part: Part) -> Waiver:
    if part.waiver is None:
        raise Http404
    return part.waiver
