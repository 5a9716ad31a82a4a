"""*Anmälningarnas logg*: for the auditor alone, the kind of event and the day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.oversight.queries.reports import day_events
from vetting.oversight.views.base import note_reading, trail
from vetting.recruitment.telling import told
from vetting.recruitment.views.base import show
from vetting.web.parts import Link


def kind_of(action: str) -> str:
    """The event in words with nothing of which report, channel or ground: none of that is in this log."""
    day = _("en viss dag")
    said = told(action, {"report": _("en anmälan"), "channel": _("som valdes"), "date": day, "until": day})[1]
    return capfirst(said.replace(" (–)", ""))


@page("log.view_reports")
def log_reports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page. Who acted, on which report and at what hour is not in this log."""
    key = request.GET.get("fore", "")
    events, older = day_events(int(key) if key.isdecimal() else None)
    note_reading(actor, "log.view_reports", "log.reports_viewed", count=len(events))
    here = reverse("log_reports")
    context = {
        "breadcrumbs": trail(actor, Link(_("Anmälningarnas logg"))),
        "events": [(event.day, kind_of(event.action)) for event in events],
        "newest_url": here if key.isdecimal() else "",
        "older_url": f"{here}?fore={older}" if older is not None else "",
    }
    return show(request, actor, "oversight/reports.html", context)
