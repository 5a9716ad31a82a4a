"""*Rekryteringar* in Granskning: where whoever reviews finds one, and what may be asked about it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.oversight.queries.recruitments import looked_at, open_pages
from vetting.oversight.views.base import trail
from vetting.recruitment.labels import state_label
from vetting.recruitment.views.base import show
from vetting.web.parts import Link
from vetting.web.text import has_hidden

PER_PAGE = 25


@page("log.view_readers")
def recruitments_looked_at(request: HttpRequest, actor: Actor) -> HttpResponse:
    """References, posts and units, never a person. What is asked about one is recorded on its own page."""
    typed = request.GET.get("ref", "").strip()[:40]
    search = "" if has_hidden(typed) else typed
    words = {
        "log_readers": _("Vem har läst?"),
        "recruitment_access": _("Vem ser den?"),
        "recruitment_timeline": _("Händelser"),
        "declaration_list": _("Jävsförklaringar"),
        "recusal_list": _("Deltar inte"),
    }
    found = Paginator(looked_at(actor, search), PER_PAGE).get_page(request.GET.get("sida"))
    ways = open_pages(actor, [row.pk for row in found])
    context = {
        "breadcrumbs": trail(actor, Link(_("Rekryteringar"))),
        "page": found,
        "search": search,
        "rows": [
            (
                row,
                state_label("recruitment", row.state),
                [Link(words[name], reverse(name, kwargs={"pk": row.pk})) for name in ways[row.pk]],
            )
            for row in found
        ],
    }
    return show(request, actor, "oversight/recruitments.html", context)
