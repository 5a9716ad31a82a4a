"""Opening a recruitment: the coded questions, what is still missing, and the advert's paragraph beside them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.policy.information import advert_paragraph
from vetting.recruitment import links
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.recruitment import open_recruitment as do_open
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, required
from vetting.recruitment.engine.rows import recruitment_rows
from vetting.recruitment.forms.questions import OpeningForm
from vetting.recruitment.labels import check_state, refusal
from vetting.recruitment.models import Recruitment
from vetting.recruitment.views.base import load_case, refused
from vetting.recruitment.views.forming import form_page


@page("recruitment.open", load=load_case, methods=("GET", "HEAD", "POST"))
def open_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Answer the questions and open for finalists."""
    if case.recruitment.state != Recruitment.State.DRAFT and request.method != "POST":
        return refused(request, actor, pk, "recruitment.open", "wrong_state", refusal("open"))
    declares = case.recusal_of(actor.person_id) is None
    form = OpeningForm(request.POST or None, case=case, declares=declares)

    def do(fresh: Case) -> None:
        if "declares" in form.fields:
            give_declaration(fresh, by=actor)
        do_open(fresh, by=actor, answers=form.answers(), once=form.once_key)

    risk = recruitment_rows(case)[0]
    blocker = None if risk.is_settled else links.of_missing(case, Missing("check", "role_risk", risk), None)
    return form_page(
        request,
        actor,
        case,
        "recruitment.open",
        form,
        do,
        heading=_("Öppna rekryteringen"),
        submit=_("Öppna för slutkandidater"),
        said=_("Rekryteringen är öppen. Lägg in den första slutkandidaten när du har en."),
        lead=_("Svaren avgör vilka kontroller som lagen tillåter och kräver. Obesvarade frågor stoppar."),
        template="recruitment/open.html",
        risk=blocker,
        risk_state=check_state(risk),
        declare_url=links.to("give_declaration", case),
        advert=advert_paragraph(required(case)).splitlines(),
    )
