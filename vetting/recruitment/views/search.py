"""*Sök på personnummer*: the entry with the number of answers is written before the answers are shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.recruitment.forms.search import SearchForm
from vetting.recruitment.labels import CANDIDACY_KIND, state_label
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries.search import (
    EVENT,
    PER_HOUR,
    PERMISSION,
    candidacies_with,
    searches_last_hour,
)
from vetting.recruitment.views.base import show
from vetting.web.errors import too_many

HOUR = 60 * 60


@page(PERMISSION, methods=("GET", "HEAD", "POST"))
def search_number(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An exact search. What is hidden and what does not exist get the very same reply."""
    form = SearchForm(request.POST or None)
    found: list[Candidacy] | None = None
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        if searches_last_hour(actor.person_id) >= PER_HOUR:
            return too_many(request, HOUR)
        found = candidacies_with(actor, form.cleaned_data["number"])
        role = next(held.role for held in actor.roles if held.role in {"hr_officer", "hr_head"})
        purpose = form.cleaned_data["purpose"]
        facts = {"role": role, "count": len(found), "purpose": purpose}
        record(EVENT, actor.who(role), facts=facts, purpose=purpose)
    context = {
        "form": form if found is None else SearchForm(),
        "items": None if found is None else [_shown(candidacy) for candidacy in found],
        "per_hour": PER_HOUR,
    }
    return show(request, actor, "recruitment/search.html", context)


def _shown(candidacy: Candidacy) -> tuple[Candidacy, str, str]:
    """A finalist in the reply: label and state, never a name or a number."""
    words = state_label("candidacy", str(candidacy.state))
    return candidacy, CANDIDACY_KIND.get(str(candidacy.state), "info"), words or _("Slutkandidat")
