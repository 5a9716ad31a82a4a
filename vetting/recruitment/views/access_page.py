"""*Vem ser den här rekryteringen?*: exactly those for whom the door says yes, and why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.recruitment.case import Case
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import Recusal
from vetting.recruitment.queries.readers import access_to, readings_of
from vetting.recruitment.queries.timeline import names_of, people_acting, told
from vetting.recruitment.relations import stands_aside
from vetting.recruitment.views.base import load_case, note_reading, show
from vetting.recruitment.views.declarations import named


@page("recruitment.view_access", load=load_case)
def recruitment_access(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who can see it now and why, who stands aside, and who has read outside an assignment."""
    note_reading(request, actor, case, "recruitment.access_viewed")
    entries = readings_of(case)
    aside = told_aside(case, actor)
    context = {
        "case": case,
        "readers": access_to(case).readers,
        "may_see_aside": aside is not None,
        "aside": [
            (
                named(recusal),
                state_label("recusal", str(recusal.state)),
                recusal.decided_on or recusal.declared_on,
            )
            for recusal in sorted(aside or (), key=named)
        ],
        "readings": told(entries, names_of(people_acting(entries)), here=case.recruitment.reference),
        "may_invite": ask(actor, "guest.propose", case.facts_for(actor)).allowed,
        "may_assign": ask(actor, "recruitment.assign", case.facts_for(actor)).allowed,
        "may_view": ask(actor, "recruitment.view", case.facts_for(actor)).allowed,
        "may_read_log": ask(actor, "log.view_readers", case.facts_for(actor)).allowed,
    }
    return show(request, actor, "recruitment/access.html", context)


def told_aside(case: Case, actor: Actor) -> list[Recusal] | None:
    """Those who stand aside, as far as the actor may see it; None for whoever sees neither list of them.

    Who may list who stands aside (`recusal.list`) sees everybody; who may list the declarations sees what was declared
    and decided, but not whom the service shut out.
    """
    facts = case.facts_for(actor)
    may_list = ask(actor, "recusal.list", facts).allowed
    if not may_list and not ask(actor, "declaration.list", facts).allowed:
        return None
    aside = [recusal for recusal in case.recusals if stands_aside(recusal)]
    return [recusal for recusal in aside if may_list or not recusal.by_match]
