"""*Vem ser den här rekryteringen?*: exactly those for whom the door says yes, and why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.recruitment.case import Case
from vetting.recruitment.labels import state_label
from vetting.recruitment.queries.readers import access_to, readings_of
from vetting.recruitment.queries.timeline import names_of, people_acting, told
from vetting.recruitment.relations import SHUT_OUT
from vetting.recruitment.views.base import load_case, note_reading, show


@page("recruitment.view_access", load=load_case)
def recruitment_access(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who can see it now and why, who stands aside, and who has read outside an assignment."""
    note_reading(request, actor, case, "recruitment.access_viewed")
    entries = readings_of(case)
    aside = [recusal for recusal in case.recusals if recusal.state in SHUT_OUT or recusal.excluded_before_end]
    context = {
        "case": case,
        "readers": access_to(case).readers,
        "aside": [
            (
                "" if recusal.person.is_protected else recusal.person.display_name,
                state_label("recusal", str(recusal.state)),
                recusal.decided_on or recusal.declared_on,
            )
            for recusal in sorted(aside, key=lambda recusal: recusal.person.display_name)
        ],
        "readings": told(entries, names_of(people_acting(entries)), here=case.recruitment.reference),
        "may_assign": ask(actor, "recruitment.assign", case.facts_for(actor)).allowed,
        "may_view": ask(actor, "recruitment.view", case.facts_for(actor)).allowed,
        "may_read_log": ask(actor, "log.view_readers", case.facts_for(actor)).allowed,
    }
    return show(request, actor, "recruitment/access.html", context)
