"""*Händelselogg*: all that is in the log, as sentences, newest first; reading it is itself in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.oversight.forms.log import LogFilter
from vetting.oversight.queries.log import LogPage, entries_for
from vetting.oversight.queries.looking import Looked, look
from vetting.oversight.telling import Line, line
from vetting.oversight.views.base import note_reading, trail
from vetting.policy.event_groups import GROUPS
from vetting.recruitment.models import Candidacy, Recruitment
from vetting.recruitment.queries.timeline import NOTE, names_of, people_acting
from vetting.recruitment.views.base import show
from vetting.web.parts import Link

FILTERS = ("person", "namn", "referens", "slag", "fran", "till")
Kept = dict[str, str]


@page("log.view")
def log_view(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of the log; person, recruitment, group and period stand in the address."""
    form = LogFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    looked = look(actor, chosen)
    nothing = LogPage([], None, None)
    found = (
        entries_for(actor, looked.search, before=chosen.get("fore"), after=chosen.get("efter"))
        if looked.search is not None
        else nothing
    )
    note_reading(actor, "log.view", "log.viewed", filter_codes=looked.codes(chosen), count=len(found.entries))
    kept = _kept(chosen, looked)
    context = {
        "filter": form,
        "breadcrumbs": trail(actor, Link(_("Händelselogg"))),
        "lines": lines_of(actor, found.entries),
        "chips": _chips(kept, chosen, looked),
        "clear_url": reverse("log_view"),
        "several": [
            Link(person.display_name, _address(_without(kept, "namn") | {"person": str(person.pk)}))
            for person in looked.several
        ],
        "looked": looked,
        "newer_url": _address(kept | {"efter": str(found.newer)}) if found.newer is not None else "",
        "older_url": _address(kept | {"fore": str(found.older)}) if found.older is not None else "",
    }
    return show(request, actor, "oversight/log.html", context)


def lines_of(actor: Actor, entries: list[Entry]) -> list[Line]:
    """The entries as rows: three queries for names, recruitments and finalists who have left."""
    subjects = {entry.subject for entry in entries if entry.subject is not None}
    rows = Recruitment.objects.filter(pk__in=subjects).values_list("pk", "reference")
    recruitments = {pk: (reference, _way_on(actor, pk)) for pk, reference in rows}
    noted = {entry.subject for entry in entries if entry.action == NOTE}
    left = Candidacy.objects.filter(recruitment__in=subjects & noted, ended_on__isnull=False)
    shown: dict[str, Any] = {
        "names": names_of(people_acting(entries)),
        "left": set(left.values_list("recruitment_id", "label")),
        "recruitments": recruitments,
    }
    return [line(entry, **shown) for entry in entries]


def _way_on(actor: Actor, pk: UUID) -> str:
    """The page about the recruitment that the reader of its entries may open."""
    if may_somewhere(actor, "recruitment.view_timeline"):
        return reverse("recruitment_timeline", kwargs={"pk": pk})
    return reverse("log_readers", kwargs={"pk": pk})


def _kept(chosen: Mapping[str, Any], looked: Looked) -> Kept:
    """The filters as they stand in the address; a name that led to one person is kept as that person."""
    kept = {name: chosen.get(name) for name in FILTERS}
    if looked.person is not None:
        kept |= {"person": looked.person.pk, "namn": None}
    return {name: str(value) for name, value in kept.items() if value}


def _chips(kept: Kept, chosen: Mapping[str, Any], looked: Looked) -> list[Link]:
    words = {
        "person": looked.person.display_name if looked.person else _("okänd person"),
        "namn": kept.get("namn", ""),
        "referens": kept.get("referens", "").upper(),
        "slag": _(GROUPS[kept["slag"]].label) if kept.get("slag") in GROUPS else "",
        "fran": _("från %(day)s") % {"day": _day(chosen.get("fran"))},
        "till": _("till %(day)s") % {"day": _day(chosen.get("till"))},
    }
    return [Link(words[name], _address(_without(kept, name))) for name in kept]


def _day(day: Any) -> str:
    return date_format(day, "j b Y") if day else ""


def _without(kept: Kept, name: str) -> Kept:
    return {other: value for other, value in kept.items() if other != name}


def _address(kept: Kept) -> str:
    return f"{reverse('log_view')}?{urlencode(kept)}" if kept else reverse("log_view")
