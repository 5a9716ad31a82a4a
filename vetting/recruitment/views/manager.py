"""*Byt ansvarig chef*: who takes over when the manager stands aside or has left, and what follows from it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.accounts.models import Person
from vetting.recruitment import links
from vetting.recruitment.actions.manager import change_manager as do_change
from vetting.recruitment.actions.manager import has_opined
from vetting.recruitment.case import Case
from vetting.recruitment.forms.assign import ManagerForm
from vetting.recruitment.queries.beginnings import who_recruit_for
from vetting.recruitment.relations import stands_aside
from vetting.recruitment.views.base import load_case
from vetting.recruitment.views.forming import form_page


@page("recruitment.assign", load=load_case, methods=("GET", "HEAD", "POST"))
def change_manager(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Name another manager. Nobody names herself, and nobody who stands aside or has opined here is offered."""
    everybody = [
        person for person in who_recruit_for(case.unit.path, actor.on) if _may_be_named(case, person)
    ]
    offered = [person for person in everybody if person.pk not in {case.manager.pk, actor.person_id}]
    # A second click names whoever is the manager by now.
    form = ManagerForm(request.POST or None, people=everybody if request.method == "POST" else offered)

    def do(fresh: Case) -> None:
        do_change(
            fresh,
            by=actor,
            manager=form.chosen,
            reason=form.cleaned_data["reason"],
            once=form.once_key,
        )

    return form_page(
        request,
        actor,
        case,
        "recruitment.assign",
        form,
        do,
        heading=_("Byt ansvarig chef"),
        submit=_("Byt chef"),
        said=_("Den nya chefen är utsedd och tar ställning till jäv innan något går vidare."),
        template="recruitment/manager.html",
        next_url=lambda: _onwards(actor, pk),
        offered=offered,
    )


def _may_be_named(case: Case, person: Person) -> bool:
    own = case.recusal_of(person.pk)
    return not (own is not None and stands_aside(own)) and not has_opined(case, person)


def _onwards(actor: Actor, pk: UUID) -> str:
    """Back to the recruitment where that is open to this person."""
    case = Case.load(pk)
    sees = ask(actor, "recruitment.view", case.facts_for(actor)).allowed
    return links.home(case) if sees else reverse("work")
