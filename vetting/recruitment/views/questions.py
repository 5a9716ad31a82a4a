"""Opening a recruitment: the coded questions, what is still missing, and the advert's paragraph beside them."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.policy.information import advert_paragraph
from vetting.recruitment import links
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.recruitment import answer_questions
from vetting.recruitment.actions.recruitment import open_recruitment as do_open
from vetting.recruitment.answering import of_others, split
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, required
from vetting.recruitment.engine.rows import recruitment_rows
from vetting.recruitment.forms.questions import OpeningForm, opening_questions
from vetting.recruitment.labels import check_state, refusal
from vetting.recruitment.models import Recruitment
from vetting.recruitment.views.base import load_case, refused
from vetting.recruitment.views.forming import form_page


class Words(NamedTuple):
    """What the page says: the button, what is told afterwards, the line under the heading."""

    submit: Promise
    said: Promise
    lead: Promise


OPENS = Words(
    gettext_lazy("Öppna för slutkandidater"),
    gettext_lazy("Rekryteringen är öppen. Lägg in den första slutkandidaten när du har en."),
    gettext_lazy("Svaren avgör vilka kontroller som lagen tillåter och kräver. Obesvarade frågor stoppar."),
)
WAITS = Words(
    gettext_lazy("Spara svaren"),
    gettext_lazy("Svaren är sparade. Rekryteringen kan öppnas när de andra frågorna är besvarade."),
    gettext_lazy("Du besvarar dina frågor här. Den som svarar sist kan öppna rekryteringen."),
)


@page("recruitment.open", load=load_case, methods=("GET", "HEAD", "POST"))
def open_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Answer the questions and open for finalists."""
    if case.recruitment.state != Recruitment.State.DRAFT and request.method != "POST":
        return refused(request, actor, pk, "recruitment.open", "wrong_state", refusal("open"))
    mine, theirs = split(case.facts_for(actor), opening_questions(case))
    known = case.recruitment.answers
    waits = [code for code in theirs if known.get(code) is None]
    opens = not waits
    declares = opens and case.recusal_of(actor.person_id) is None
    form = OpeningForm(request.POST or None, case=case, codes=mine, declares=declares)

    def do(fresh: Case) -> None:
        if "declares" in form.fields:
            give_declaration(fresh, by=actor)
        if opens:
            do_open(fresh, by=actor, answers=form.answers(), once=form.once_key)
        else:
            answer_questions(fresh, by=actor, answers=form.answers(), once=form.once_key)

    risk = recruitment_rows(case)[0]
    blocker = None if risk.is_settled else links.of_missing(case, Missing("check", "role_risk", risk), None)
    words = OPENS if opens else WAITS
    return form_page(
        request,
        actor,
        case,
        "recruitment.open" if opens else "recruitment.edit",
        form,
        do,
        heading=_("Öppna rekryteringen"),
        submit=str(words.submit),
        said=str(words.said),
        lead=str(words.lead),
        template="recruitment/open.html",
        risk=blocker,
        risk_state=check_state(risk),
        opens=opens,
        others=of_others(theirs, known),
        declare_url=links.to("give_declaration", case),
        advert=advert_paragraph(required(case)).splitlines(),
    )
