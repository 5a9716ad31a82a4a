"""*Sök på personnummer* and *Sök på namn*: the entry with the number of answers is written before they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.forms.search import NameSearchForm, SearchForm
from vetting.recruitment.labels import CANDIDACY_KIND, state_label
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries.search import (
    BY_NAME,
    EVENTS,
    PER_HOUR,
    PERMISSION,
    candidacies_called,
    candidacies_with,
    searches_last_hour,
)
from vetting.recruitment.views.base import show
from vetting.recruitment.views.forming import status_of
from vetting.web.errors import too_many
from vetting.web.parts import Link

HOUR = 60 * 60
Find = Callable[[dict[str, Any]], list[Candidacy]]


@page(PERMISSION, methods=("GET", "HEAD", "POST"))
def search_number(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An exact search. What is hidden and what does not exist get the very same reply."""
    return _search(
        request, actor, PERMISSION, SearchForm, lambda typed: candidacies_with(actor, typed["number"])
    )


@page(BY_NAME, methods=("GET", "HEAD", "POST"))
def search_name(request: HttpRequest, actor: Actor) -> HttpResponse:
    """By first and last name, as somebody says it on the telephone. The hidden and the unknown get the same reply."""
    return _search(
        request, actor, BY_NAME, NameSearchForm, lambda typed: candidacies_called(actor, typed["name"])
    )


def _search(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    form_class: type[SearchForm | NameSearchForm],
    find: Find,
) -> HttpResponse:
    form, by_name = form_class(request.POST or None), permission == BY_NAME
    found: list[Candidacy] | None = None
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        if searches_last_hour(actor.person_id) >= PER_HOUR:
            return too_many(request, HOUR)
        found = find(form.cleaned_data)
        scopes = PERMISSIONS[permission].scopes
        role = next(held.role for held in actor.roles if scopes[held.role] != "no")
        purpose = form.cleaned_data["purpose"]
        facts = {"role": role, "count": len(found), "purpose": purpose}
        record(EVENTS[permission], actor.who(role), facts=facts, purpose=purpose)
    context = {
        # A name that was misspelt is there to be mended; a number is not shown again.
        "form": form if found is None or (by_name and not found) else form_class(),
        "items": None if found is None else [_shown(candidacy) for candidacy in found],
        "per_hour": PER_HOUR,
        "by_name": by_name,
        "tabs": _ways(actor, permission),
    }
    return show(request, actor, "recruitment/search.html", context, status=status_of(request, form))


def _ways(actor: Actor, permission: str) -> list[Link]:
    """The two searches, for whoever may make both."""
    ways = ((BY_NAME, "search_name", _("Namn")), (PERMISSION, "search_number", _("Personnummer")))
    links = [
        Link(words, reverse(name), current=code == permission)
        for code, name, words in ways
        if may_somewhere(actor, code)
    ]
    return links if len(links) > 1 else []


def _shown(candidacy: Candidacy) -> tuple[Candidacy, str, str]:
    """A finalist in the reply: label and state, never a name or a number."""
    words = state_label("candidacy", str(candidacy.state))
    return candidacy, CANDIDACY_KIND.get(str(candidacy.state), "info"), words or _("Slutkandidat")
