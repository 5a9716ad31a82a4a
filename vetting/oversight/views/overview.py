"""*Granskning*: what needs attention first, then the ways on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.oversight.queries.alerts import waiting
from vetting.oversight.queries.state import log_state
from vetting.oversight.sending import ways_in_words
from vetting.oversight.views.state import facts_of, faults_of
from vetting.recruitment.queries.emergencies import emergencies_visible_to, to_review
from vetting.recruitment.views.base import show
from vetting.web.parts import Link

WAYS = (
    ("alert.view", "alert_list", "bell"),
    ("break_glass.list", "break_glass_list", "key"),
    ("log.view", "log_view", "list"),
    ("log.view_readers", "recruitments_looked_at", "folder"),
    ("log.view_state", "log_state", "shield-check"),
    ("log.view_reports", "log_reports", "calendar"),
    ("disposal.view", "disposal_list", "archive"),
)


@page("log.view_state")
def oversight(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only what this person may open. Nothing of a case is read, so nothing is recorded."""
    words = {
        "alert_list": (_("Varningar"), _("Ovanlig läsning som en regel pekat ut för dig.")),
        "break_glass_list": (_("Nödåtkomster"), _("Vem som läst utan uppdrag, när, och om det var befogat.")),
        "log_view": (_("Händelselogg"), _("Vem som gjort och läst vad, sökbart. Att du läser antecknas.")),
        "recruitments_looked_at": (
            _("Rekryteringar"),
            _("Vem som ser, har läst och inte deltar i var och en. Att du läser antecknas."),
        ),
        "log_state": (_("Loggens tillstånd"), _("Hur långt loggen kommit, och hur man kontrollerar den.")),
        "disposal_list": (_("Gallring"), _("Vad som ska gallras, vem som beslutat och vad som är gallrat.")),
        "log_reports": (_("Anmälningarnas logg"), _("Slag av händelse och dag. Att du läser antecknas.")),
    }
    found = log_state()
    mine, nobodys = waiting(actor)
    first = []
    if may_somewhere(actor, "alert.view"):
        first.append(Link(_("Varningar att bedöma"), reverse("alert_list"), count=mine))
    if may_somewhere(actor, "break_glass.review"):
        count = emergencies_visible_to(actor).filter(to_review()).order_by().count()
        first.append(Link(_("Nödåtkomster att granska"), reverse("break_glass_list"), count=count))
    context = {
        "first": first,
        "nobodys": nobodys,
        "facts": facts_of(found),
        "faults": faults_of(found),
        "sending": ways_in_words(),
        "ways": [
            Link(words[name][0], reverse(name), icon, note=words[name][1])
            for permission, name, icon in WAYS
            if may_somewhere(actor, permission)
        ],
    }
    return show(request, actor, "oversight/overview.html", context)
