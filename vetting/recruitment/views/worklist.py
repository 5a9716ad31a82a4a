"""*Rekryteringar*: the list with its tabs and filters, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.clock import now, text
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.engagement_forms import FORMS
from vetting.policy.numbers import find_numbers
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.kept_list import with_list
from vetting.recruitment.labels import state_label
from vetting.recruitment.list_words import status, step_label, waits_on
from vetting.recruitment.models import Recruitment
from vetting.recruitment.own_choices import choice_of, kept_of, saved_views
from vetting.recruitment.queries.list_rows import ListRow
from vetting.recruitment.queries.my_work import SELECTIONS
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.queries.worklist import (
    MOST,
    PER_PAGE,
    TABS,
    Choice,
    chosen,
    counts,
    finds_any,
    most_on,
    page_rows,
    units_to_choose,
)
from vetting.recruitment.queries.worklist_order import ORDER_WORDS, shown_start
from vetting.recruitment.views.base import show
from vetting.web.parts import Link
from vetting.web.spreadsheet import TYPE, spreadsheet

LEVELS = ("1", "2", "3", "4", "5")
SOME = UUID(int=0)
"""Any recruitment, in an address that is made once for a page of rows."""


class CountedPages(Paginator):
    """Pages of a list that was counted together with the tabs, as far as `most`; `more`: it goes on after that."""

    def __init__(self, number: int, most: int) -> None:
        super().__init__((), PER_PAGE)
        self._number, self.most, self.more = number, most, number > most

    @cached_property
    def count(self) -> int:
        """The number of rows that are known of."""
        return self._number


@page("recruitment.list", methods=("GET", "HEAD", "POST"))
def recruitment_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The worklist: 25 rows a page, the same number of queries whatever the size.

    What is typed in its box is posted, and goes into an address only where it finds something: a name is in none.
    """
    given = request.POST if request.method == "POST" else request.GET
    choice = Choice.read(given, actor)
    if find_numbers(given.get("q", "")[:200]):  # away from the address, and from every link made of it
        return redirect(f"{reverse('recruitment_list')}{choice.address()}&nummer=1")
    reach = reach_of(actor)
    if request.method == "POST" and finds_any(reach, choice.q):
        return redirect(reverse("recruitment_list") + choice.address())
    asked = _asked(request.GET.get("sida", ""))
    most = most_on(asked)
    number = counts(actor, reach, choice, most)
    # What only a filter hides is found all the same.
    is_found = number["found"] or (request.method != "POST" and finds_any(reach, choice.q))
    spread = choice if is_found else replace(choice, q="")
    shown = CountedPages(number["found"], most).get_page(asked)
    rows = page_rows(actor, reach, choice, (shown.number - 1) * PER_PAGE)
    units = {str(unit.pk): unit.name for unit in units_to_choose(reach)}
    like = with_list(reverse("recruitment_view", kwargs={"pk": SOME}), spread.address())
    context = {
        "rows": [_cells(row, like) for row in rows],
        "page": shown,
        "choice": choice,
        "spread": spread,
        "tabs": _tabs(spread, number),
        "chips": [*_not_found(choice, spread), *chips_of(spread, units)],
        "clear_url": choice.address(urval="", q="", enhet="", lage="", form="", niva=""),
        "fields": _fields(units),
        "here": spread.address(),
        "views": _views(actor, choice),
        "shown_at": text(now()) if choice.urval == "nytt" else "",
        "number_typed": "nummer" in request.GET,
        "may_search_number": may_somewhere(actor, "candidacy.search_number"),
        "may_search_name": may_somewhere(actor, "candidacy.search_name"),
        "may_create": may_somewhere(actor, "recruitment.create"),
        "may_assign": may_somewhere(actor, "recruitment.assign"),
        "may_export": may_somewhere(actor, "recruitment.export_list"),
    }
    return show(request, actor, "recruitment/worklist.html", context)


def _asked(page: str) -> int:
    """The page asked for; what is no number of a page is the first, which is counted as far as it is shown."""
    return max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1


@page("recruitment.export_list", methods=("POST",))
def export_recruitment_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The chosen list as a file without any person's name; written in the log before it is handed over."""
    role = _exporting_role(actor)
    choice = Choice.read(request.POST, actor)
    require_step_up(request)
    if is_resumed(request):
        messages.info(request, _("Nu kan du hämta listan."))
        return redirect(reverse("recruitment_list") + choice.address())
    rows = _lines(actor, reach_of(actor, "recruitment.export_list"), choice)
    said = {"role": role, "count": len(rows), "format": "csv", "filter_codes": _codes(choice)}
    record("recruitment.list_exported", actor.who(role), facts=said)
    answer = HttpResponse(_csv(rows), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="rekryteringar-{actor.on.isoformat()}.csv"'
    return answer


def _exporting_role(actor: Actor) -> str:
    scopes = PERMISSIONS["recruitment.export_list"].scopes
    role = next((held.role for held in actor.roles if scopes[held.role] != "no"), None)
    if role is None:
        raise Http404
    return role


def _lines(actor: Actor, reach: Reach, choice: Choice) -> list[list[str]]:
    found = chosen(actor, reach, choice).values_list(
        "reference", "position__title", "unit__name", "form", "state", "on_hold", "level", "places",
        "created_on", "planned_start",
    )  # fmt: skip
    return [
        [
            reference, position, unit, _(FORMS[form].name), _("Pausad") if held else state_label("recruitment", state),
            str(level), str(places), created.isoformat(), start.isoformat() if start else "",
        ]
        for reference, position, unit, form, state, held, level, places, created, start in found
    ]  # fmt: skip


def _csv(rows: list[list[str]]) -> bytes:
    head = [
        _("Referens"), _("Befattning"), _("Enhet"), _("Anställningsform"), _("Läge"), _("Kontrollnivå"),
        _("Platser"), _("Startad"), _("Planerad start"),
    ]  # fmt: skip
    return spreadsheet([head, *rows])


def _codes(choice: Choice) -> str:
    """Which filters were used, never what was searched for."""
    said = {"visa": choice.visa, **choice.filters}
    return "|".join(name if name in {"q", "enhet"} else f"{name}={value}" for name, value in said.items())


def _cells(row: ListRow, like: str) -> dict[str, Any]:
    """`like`: the address of a row, made once for all of them."""
    recruitment = row.case.recruitment
    kind, words = status(row.case)
    return {
        "url": like.replace(str(SOME), str(recruitment.pk), 1),
        "recruitment": recruitment,
        "position": row.case.position.title,
        "unit": row.case.unit.name,
        "kind": kind,
        "status": words,
        "done": row.done,
        "total": row.total,
        "next": step_label(row.case, row.next),
        "on": waits_on(row.next),
        "responsible": (recruitment.responsible or row.case.manager).display_name,
        "waited": ngettext("%(days)s dag", "%(days)s dagar", row.days) % {"days": localize(row.days)},
        "start": shown_start(row.case),
        "is_late": row.is_late,
        "is_soon": row.is_soon,
    }


def _tabs(choice: Choice, number: dict[str, int]) -> list[Link]:
    return [
        Link(
            _(words),
            choice.address(visa=code, urval="", ordning=choice.ordning),
            count=min(number[code], MOST),
            more=number[code] > MOST,
            current=code == choice.visa,
        )
        for code, words in TABS.items()
    ]


def chips_of(
    choice: Choice, units: dict[str, str], *, tab: bool = False, searched: bool = True
) -> list[Link]:
    """The filters in words, each a link to the list without it; with `tab`, the tab and the order come too."""
    words: dict[str, Callable[[str], str]] = {
        "visa": lambda code: _("Flik: %(what)s") % {"what": _(TABS[code])},
        "ordning": lambda code: _("Ordning: %(what)s") % {"what": _(ORDER_WORDS[code])},
        "urval": lambda code: _("Urval: %(what)s") % {"what": _(SELECTIONS[code][0])},
        "q": lambda typed: _("Sökning: %(what)s") % {"what": typed},
        "enhet": lambda pk: _("Enhet: %(what)s") % {"what": units.get(pk, _("en annan"))},
        "lage": lambda code: _("Läge: %(what)s") % {"what": state_label("recruitment", code)},
        "form": lambda code: _("Form: %(what)s") % {"what": _(FORMS[code].name)},
        "niva": lambda level: _("Kontrollnivå %(what)s") % {"what": level},
    }
    given = choice.filters
    if tab:
        given = {"visa": choice.visa, **given, **({"ordning": choice.ordning} if choice.ordning else {})}
    return [
        Link(words[name](value), choice.address(**{name: ""}))
        for name, value in given.items()
        if searched or name != "q"
    ]


def _not_found(choice: Choice, spread: Choice) -> list[Link]:
    """What was searched for where it finds nothing: told, and in no address."""
    said = _("Sökning: %(what)s") % {"what": choice.q}
    return [Link(said, spread.address())] if spread.q != choice.q else []


def _views(actor: Actor, choice: Choice) -> list[Link]:
    """One's own selections; the one that is open now is marked."""
    here = kept_of(choice) if not choice.q else {}
    found = []
    for view in saved_views(actor):
        kept = choice_of(view, actor)
        found.append(Link(view.name, kept.address(), current=kept_of(kept) == here))
    return found


def _fields(units: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The options of the filter's lists."""
    return {
        "enhet": list(units.items()),
        "lage": [(code, state_label("recruitment", code)) for code in Recruitment.State.values],
        "form": [(code, _(form.name)) for code, form in FORMS.items() if form.allowed],
        "niva": [(level, _("Nivå %(level)s") % {"level": level}) for level in LEVELS],
    }
