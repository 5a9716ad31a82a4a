"""Prints: the candidate's information and declaration form, and the whole recruitment for the registrar."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from audit.clock import now
from audit.errors import AlreadyDone
from audit.models import Entry
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.printing import declared_parts, information_for, recruitment_sheet
from vetting.recruitment.tasks import groups_of, rows_of
from vetting.recruitment.views.base import Part, load_case, load_part, note_reading, once_of, show

PRINT = "candidacy.print_information"
AGAIN = timedelta(minutes=2)
"""How long after a print its button may be pressed again without being another print."""


@page(PRINT, load=load_part)
def candidate_information(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """What will be handed over, and the buttons that print it."""
    own = _finalist(part)
    context = {"case": part.case, "candidacy": own, "lines": information_for(part.case, own)}
    return show(request, actor, "recruitment/information.html", context)


@page(PRINT, load=load_part, methods=("POST",))
def print_information(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """The information on paper, made from the post's actual checks; without a name."""
    own = _finalist(part)
    context = {"lines": information_for(part.case, own)}
    return _printed(request, actor, part.case, own, "information", context)


@page(PRINT, load=load_part, methods=("POST",))
def print_declaration_form(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """The form that the candidate fills in and signs: side job, conflict of interest, companies."""
    own = _finalist(part)
    context = {"parts": declared_parts(part.case, own)}
    return _printed(request, actor, part.case, own, "declaration", context)


def _printed(
    request: HttpRequest, actor: Actor, case: Case, own: Candidacy, kind: str, context: dict[str, Any]
) -> HttpResponse:
    catalogue = case.recruitment.catalogue_on or actor.on
    version = f"{kind} {catalogue.isoformat()}"
    facts = {
        "role": role_in(request),
        "reference": case.recruitment.reference,
        "candidacy": own.label,
        "version": version,
    }
    note_print(request, actor, case, "candidacy.information_printed", facts)
    values = {"case": case, "candidacy": own, "catalogue": catalogue, "on": actor.on, **context}
    return render(request, f"recruitment/print_{kind}.html", values)


@page("candidacy.list", load=load_part)
def print_checklist(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """The finalist's checks to tick off on paper: ground, what to record and what never, who and when; no name."""
    case, own = part.case, _finalist(part)
    note_reading(request, actor, case, "recruitment.viewed")
    catalogue = case.recruitment.catalogue_on or actor.on
    rows = rows_of(case, own)
    values = {
        "case": case,
        "candidacy": own,
        "on": actor.on,
        "catalogue": catalogue,
        "groups": groups_of(case, own, rows, set(), linked=False, can={}),
        "back": links.home(case, own),
    }
    return show(request, actor, "recruitment/print_checklist.html", values)


@page("recruitment.print", load=load_case, methods=("GET", "HEAD", "POST"))
def print_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The recruitment on paper; its digest is in the log, so that the sheet can be compared with what was printed."""
    if request.method != "POST" or is_resumed(request):
        return show(request, actor, "recruitment/print_confirm.html", {"case": case})
    require_step_up(request)
    sheet = recruitment_sheet(case, now())
    content = render_to_string("recruitment/_sheet.html", sheet)
    digest = hashlib.sha256(content.encode()).hexdigest()
    facts = {
        "role": role_in(request),
        "reference": case.recruitment.reference,
        "digest": digest,
    }
    note_print(request, actor, case, "recruitment.printed", facts)
    return render(
        request, "recruitment/print_recruitment.html", {**sheet, "content": content, "digest": digest}
    )


def note_print(request: HttpRequest, actor: Actor, case: Case, event: str, facts: dict[str, Any]) -> None:
    """Write the print into the log, once for the same print however fast its button is pressed again.

    The key comes with the request, so that it can be one of another act or of another day: such a one is no second
    click, and the print is recorded without it. Raises what the log raises.
    """
    who, once = actor.who(facts["role"]), once_of(request)
    try:
        record(event, who, subject=case.pk, facts=facts, once=once)
    except AlreadyDone:
        if not _is_same_print(Entry.objects.get(once=once), actor, case, event, facts):
            record(event, who, subject=case.pk, facts=facts)


def _is_same_print(entry: Entry, actor: Actor, case: Case, event: str, facts: dict[str, Any]) -> bool:
    """Whether the entry is of this very print, by this account, moments ago."""
    mine = (entry.action, entry.subject, entry.actor_account) == (event, case.pk, actor.account_id)
    return mine and now() - entry.time < AGAIN and entry.facts == facts


def _finalist(part: Part) -> Candidacy:
    if part.candidacy is None:
        raise Http404
    return part.candidacy
