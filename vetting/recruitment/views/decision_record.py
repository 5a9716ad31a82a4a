"""*Beslutshandling* as PDF/A; where none can be made, the same page to print."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.recruitment.decision_record import record_of
from vetting.recruitment.views.base import Part, load_part, show
from vetting.recruitment.views.naming import candidacy_in, crumbs
from vetting.recruitment.views.prints import note_print
from vetting.web.pdf import NoPdf, pdf_of


@page("recruitment.print", load=load_part, methods=("GET", "HEAD", "POST"))
def decision_record(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """What is going to be made, and the document itself; the log keeps its digest."""
    case, candidacy = part.case, candidacy_in(part)
    decision = case.decision_of(candidacy)
    if decision is None:
        raise Http404
    if request.method != "POST" or is_resumed(request):
        context = {"case": case, "candidacy": candidacy, "breadcrumbs": crumbs(case, _("Beslutshandling"))}
        return show(request, actor, "recruitment/record_confirm.html", context)
    require_step_up(request)
    record = record_of(case, candidacy, decision)
    html = render_to_string("recruitment/record.html", {"record": record, "on_screen": False}, request)
    answer = HttpResponse(content_type="application/pdf")
    try:
        answer.content = pdf_of(html, epoch=record.epoch)
    except NoPdf:
        shown = {"record": record, "on_screen": True}
        answer = HttpResponse(render_to_string("recruitment/record.html", shown, request))
    else:
        name = f"beslutshandling-{case.recruitment.reference}-{candidacy.label}.pdf"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    digest = hashlib.sha256(answer.content).hexdigest()
    facts = {"role": role_in(request), "reference": case.recruitment.reference, "digest": digest}
    note_print(request, actor, case, "recruitment.printed", facts)
    return answer
