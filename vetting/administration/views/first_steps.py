"""*Kom igång*: what an administrator sets up first, what is there and what remains."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.administration.first_steps import steps
from vetting.administration.views.base import show, trail


@page("account.list")
def first_steps(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Derived from the data each time it is opened; a step is done when nothing is wanting in it."""
    found = steps()
    context = {
        "items": [step for step in found if not step.is_done],
        "finished": [step for step in found if step.is_done],
        "total": len(found),
        "breadcrumbs": trail(_("Kom igång")),
    }
    return show(request, actor, "administration/first_steps.html", context)
