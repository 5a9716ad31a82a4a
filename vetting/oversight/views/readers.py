"""*Vem har läst den här rekryteringen?*: per person, with what, when and why; recorded before it is shown."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask, may_somewhere
from vetting.access.pages import page
from vetting.oversight.queries.readings import MOST, by_person, readings_of
from vetting.oversight.views.base import note_reading
from vetting.oversight.views.base import trail as way_here
from vetting.recruitment.case import Case
from vetting.recruitment.queries.timeline import names_of
from vetting.recruitment.views.base import load_case, show
from vetting.recruitment.views.forming import trail
from vetting.web.parts import Link

PER_PAGE = 75


@page("log.view_readers", load=load_case)
def log_readers(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Every reading of the recruitment that is in the log: opened fields, pages outside assignments, prints."""
    entries = readings_of(case.pk)
    note_reading(
        actor, "log.view_readers", "log.readers_viewed", subject=case.pk, reference=case.recruitment.reference
    )
    listed = Paginator(entries[:MOST], PER_PAGE).get_page(request.GET.get("sida"))
    shown = list(listed.object_list)
    facts = case.facts_for(actor)
    context = {
        "case": case,
        "breadcrumbs": _way_here(actor, case),
        "readers": by_person(shown, names_of(entry.actor_person for entry in shown)),
        "is_cut": len(entries) > MOST,
        "count": listed.paginator.count,
        "page": listed,
        "timeline_url": reverse("recruitment_timeline", kwargs={"pk": pk})
        if ask(actor, "recruitment.view_timeline", facts)
        else "",
        "access_url": reverse("recruitment_access", kwargs={"pk": pk})
        if ask(actor, "recruitment.view_access", facts)
        else "",
    }
    return show(request, actor, "oversight/readers.html", context)


def _way_here(actor: Actor, case: Case) -> list[Link]:
    words = _("Vem har läst?")
    if ask(actor, "recruitment.view", case.facts_for(actor)):
        return trail(case, words)
    if not may_somewhere(actor, "log.view"):
        return []
    listed = Link(_("Rekryteringar"), reverse("recruitments_looked_at"))
    log = Link(_("Händelselogg"), reverse("log_view"))
    return way_here(
        actor,
        listed if may_somewhere(actor, "log.view_readers") else log,
        Link(f"{case.recruitment.reference} – {words}"),
    )
