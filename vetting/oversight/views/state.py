"""*Loggens tillstånd*: how far the log has come, and how anybody can check it outside the service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.oversight.queries import state
from vetting.oversight.views.base import trail
from vetting.recruitment.views.base import show
from vetting.web.parts import Fact, Link


@page("log.view_state")
def log_state(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Size, root and newest entry."""
    found = state.log_state()
    context = {
        "breadcrumbs": trail(Link(_("Loggens tillstånd"))),
        "state": found,
        "facts": facts_of(found),
    }
    return show(request, actor, "oversight/state.html", context)


def facts_of(found: state.LogState) -> list[Fact]:
    """The strip under the head of the page."""
    size = sum(tree.size for tree in found.trees)
    return [
        Fact(_("Händelser i loggen"), size),
        Fact(_("Väntar på sin plats"), found.waiting),
        Fact(_("Senaste händelsen"), found.newest),
    ]
