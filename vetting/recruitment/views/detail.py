"""The recruitment's page: where everybody sees how far each finalist has come, and what comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import ask, may_somewhere
from vetting.access.pages import page
from vetting.policy.event_groups import GROUPS, TIMELINE
from vetting.recruitment import links, panels
from vetting.recruitment.abilities import abilities
from vetting.recruitment.candidate_panel import first_in_it, panel_of
from vetting.recruitment.case import Case
from vetting.recruitment.changed import told_changes
from vetting.recruitment.hold_page import told_on_case
from vetting.recruitment.in_list import around_recruitment
from vetting.recruitment.kept_list import with_query
from vetting.recruitment.models import Candidacy
from vetting.recruitment.own_page_card import own_page_card
from vetting.recruitment.queries import timeline
from vetting.recruitment.queries.candidate import read_own_page
from vetting.recruitment.queries.changes import changes_of, people_in
from vetting.recruitment.views.base import load_case, note_reading, show
from vetting.recruitment.views.forming import trail
from vetting.web.parts import Happening, Link


@page("recruitment.view", load=load_case)
def recruitment_view(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """One recruitment; `?k=K2` chooses the finalist."""
    note_reading(request, actor, case, "recruitment.viewed")
    candidacy = chosen(case, request.GET.get("k", ""))
    can = abilities(actor, case, candidacy)
    if candidacy is not None and can["candidacy.list"]:
        read_own_page(case, candidacy)
    kind = chosen_kind(request)
    sees = can["recruitment.view_timeline"]
    # Few are shown: what has been done is not pushed out by who has looked at it, which has a choice of its own.
    told = timeline.entries_of(case, actor, kind=kind, only_acts=not kind) if sees else None
    names = timeline.names_of(panels.people(case, told.entries if told else []))
    context: dict[str, Any] = {
        "case": case,
        "breadcrumbs": trail(case),
        "sees_finalists": can["candidacy.list"],
        "head": panels.head(case),
        "gap": panels.manager_gap(case, can),
        "legal_hold": told_on_case(case, can),
        "tabs": panels.tabs(case, candidacy) if can["candidacy.list"] else [],
        "around": around_recruitment(request, actor, case),
        "panel": panel_of(request, actor, case, candidacy, can, names),
        "own_page": own_page_card(case, candidacy, can) if candidacy is not None else None,
        "moves": panels.moves(case, can),
        "access_url": links.to("recruitment_access", case) if can["recruitment.view_access"] else "",
    }
    if told is not None:
        context["timeline"] = timeline.told(told.entries, names, here=case.recruitment.reference)
        context["kinds"] = kinds(links.home(case, candidacy), kind, _("Det som har gjorts"))
        context["all_url"] = links.to("recruitment_timeline", case)
    return show(request, actor, "recruitment/view.html", context)


@page("recruitment.view_timeline", load=load_case)
def recruitment_timeline(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Everything that has happened in the recruitment with *old → new*, in pages that follow a key."""
    note_reading(request, actor, case, "recruitment.timeline_viewed")
    kind = chosen_kind(request)
    before = request.GET.get("efter", "")
    if before and not before.isdecimal():
        raise Http404
    found = timeline.entries_of(
        case, actor, kind=kind, before=int(before) if before else None, limit=timeline.PAGE
    )
    here = links.to("recruitment_timeline", case)
    context = {
        "case": case,
        "breadcrumbs": way_here(actor, case),
        "catalogue_on": case.recruitment.catalogue_on,
        "timeline": with_changes(actor, case, found.entries),
        "kinds": kinds(here, kind),
        "older": with_query(here, f"visa={kind}&efter={found.older}") if found.older else "",
        "newest": here if before else "",
    }
    return show(request, actor, "recruitment/timeline.html", context)


def with_changes(actor: Actor, case: Case, entries: list[Entry]) -> list[Happening]:
    """The entries in sentences, each with what it changed; as many queries whatever their number."""
    changes = changes_of(entries)
    named = people_in(change for found in changes.values() for change in found)
    names = timeline.names_of(timeline.people_acting(entries) | named)
    # Whoever oversees without reading cases is told that an outcome changed, not into what.
    sees_content = ask(actor, "check.view", case.facts_for(actor)).allowed
    lines = {
        entry.pk: told_changes(case, entry.action, changes[entry.pk], names, sees_content=sees_content)
        for entry in entries
        if entry.pk in changes
    }
    return timeline.told(entries, names, lines, here=case.recruitment.reference)


def way_here(actor: Actor, case: Case) -> list[Link]:
    """Back through the recruitment for those who may open it, else through the log; no link that leads nowhere."""
    if ask(actor, "recruitment.view", case.facts_for(actor)).allowed:
        return trail(case, _("Händelser"))
    if not may_somewhere(actor, "log.view"):
        return []
    log = [Link(_("Granskning"), reverse("oversight")), Link(_("Händelselogg"), reverse("log_view"))]
    return [*log, Link(case.recruitment.reference)]


def chosen_kind(request: HttpRequest) -> str:
    """The timeline's filter in the address; empty for none and for what is not understood."""
    kind = request.GET.get("visa", "")
    return kind if kind in TIMELINE else ""


def chosen(case: Case, label: str) -> Candidacy | None:
    """The finalist of the address; otherwise the first who is still in it, or the first of all. Raises Http404."""
    if label:
        found = next((c for c in case.candidacies if c.label == label), None)
        if found is None:
            raise Http404
        return found
    return first_in_it(case)


def kinds(url: str, current: str, unchosen: str = "") -> list[Link]:
    """The filters of the timeline; each number of them keeps the finalist chosen. `unchosen`: what is shown without."""
    mark = "&" if "?" in url else "?"
    every = Link(unchosen or _("Allt"), f"{url}#handelser", current=not current)
    some = [
        Link(_(GROUPS[code].label), f"{url}{mark}visa={code}#handelser", current=code == current)
        for code in TIMELINE
    ]
    return [every, *some]
