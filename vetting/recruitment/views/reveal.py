"""*Visa uppgifter*: the entry that says who, what and why comes first; then this session's pages may show it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.access.reveal import MINUTES, forget, open_fields, remember
from vetting.accounts.resume import is_resumed
from vetting.recruitment import links
from vetting.recruitment.candidate_panel import FIELDS
from vetting.recruitment.forms.reveal import RevealForm
from vetting.recruitment.queries.candidate import given_to
from vetting.recruitment.views.base import Part, done, load_part, show
from vetting.recruitment.views.forming import trail


@page("candidacy.reveal", load=load_part, methods=("POST",))
def reveal_candidacy(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """Open name, contact and number for 15 minutes, for a stated purpose."""
    own = part.candidacy
    if own is None:
        raise Http404
    form = RevealForm(request.POST)
    back = links.home(part.case, own)
    if is_resumed(request) or not form.is_valid():
        return _ask_again(request, actor, part, form, back)
    fields = [name for name in FIELDS if getattr(own, name) is not None]
    facts = {"reference": part.case.recruitment.reference, "candidacy": own.label}
    _open(request, actor, part, "candidacy.revealed", own.pk, fields, facts, form)
    return redirect(f"{back}#uppgifter")


@page("candidacy.reveal", load=load_part, methods=("POST",))
def hide_candidacy(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """End the opening before its time."""
    forget(request, candidacy)
    done(request, _("Uppgifterna är dolda igen."))
    return redirect(links.home(part.case, part.candidacy))


@page("check.reveal", load=load_part, methods=("POST",))
def reveal_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Open a check's evidence and assessment for 15 minutes, for a stated purpose."""
    row = part.check
    if row is None or row.candidacy_id is None:
        raise Http404
    form = RevealForm(request.POST)
    back = links.to("check_view", part.case, check=row.pk)
    if is_resumed(request) or not form.is_valid():
        return _ask_again(request, actor, part, form, back)
    fields = [name for name in ("evidence", "assessment") if getattr(row, name) is not None]
    fields += ["handed_in"] if any(given.content is not None for given in given_to(row)) else []
    facts = {
        "reference": part.case.recruitment.reference,
        "candidacy": part.case.candidacy(row.candidacy_id).label,
        "check": row.code,
    }
    _open(request, actor, part, "check.revealed", row.pk, fields, facts, form)
    return redirect(f"{back}#uppgifter")


@page("check.reveal", load=load_part, methods=("POST",))
def hide_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """End the opening before its time."""
    forget(request, check)
    done(request, _("Uppgifterna är dolda igen."))
    return redirect(links.to("check_view", part.case, check=check))


def _open(
    request: HttpRequest, actor: Actor, part: Part, event: str, key: UUID, fields: list[str],
    facts: dict[str, str], form: RevealForm,
) -> None:  # fmt: skip
    role = role_in(request)
    opening = open_fields(
        actor.who(role),
        event,
        subject=part.case.pk,
        facts={"role": role, **facts, "minutes": MINUTES},
        fields=fields,
        purpose=form.cleaned_data["purpose"],
    )
    remember(request, key, fields, opening)


def _ask_again(request: HttpRequest, actor: Actor, part: Part, form: RevealForm, back: str) -> HttpResponse:
    heading = _("Visa uppgifter")
    context = {
        "case": part.case,
        "form": form,
        "heading": heading,
        "lead": _("Ändamålet skrivs i händelseloggen innan något visas."),
        "submit": heading,
        "back": back,
        "breadcrumbs": trail(part.case, heading, part.candidacy),
    }
    status = 200 if is_resumed(request) else 422
    return show(request, actor, "recruitment/form.html", context, status=status)
