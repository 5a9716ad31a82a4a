"""*Min läslogg*: what I have read and done, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.recruitment.forms.own_log import OwnLogFilter
from vetting.recruitment.queries.own_log import own_entries
from vetting.recruitment.queries.timeline import names_of
from vetting.recruitment.telling import happening
from vetting.recruitment.views.base import show


@page("own_log.view")
def own_log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of one's own entries; period and kind stand in the address."""
    form = OwnLogFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = own_entries(
        actor.person_id,
        kind=chosen.get("slag") or "",
        first=chosen.get("fran"),
        last=chosen.get("till"),
        before=chosen.get("fore"),
        after=chosen.get("efter"),
    )
    names = names_of(entry.on_behalf_of for entry in found.entries)
    kept = {name: request.GET[name] for name in ("slag", "fran", "till") if request.GET.get(name)}
    context = {
        "filter": form,
        "is_filtered": bool(kept),
        "items": [happening(entry, who=_who(entry, names), own=True) for entry in found.entries],
        "older_url": f"?{urlencode(kept | {'fore': found.older})}" if found.older is not None else "",
        "newer_url": f"?{urlencode(kept | {'efter': found.newer})}" if found.newer is not None else "",
    }
    return show(request, actor, "recruitment/own_log.html", context)


def _who(entry: Entry, names: Mapping[UUID, str]) -> str:
    """*Du*, and whom one stood in for; empty where one acted for nobody but oneself."""
    if entry.on_behalf_of is None:
        return ""
    return _("Du (som ersättare för %(absent)s)") % {
        "absent": names.get(entry.on_behalf_of, _("någon annan"))
    }
