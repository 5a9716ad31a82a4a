"""*Omgång*: the grid person × check, and the page on which statutory notes are made for one person at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.recruitment import links
from vetting.recruitment.abilities import recordable
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.errors import BadInput, Changed
from vetting.recruitment.actions.shown import record_shown
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import DECIDED
from vetting.recruitment.forms.one_by_one import SAVED_TOGETHER, EachForm
from vetting.recruitment.kept_list import with_query
from vetting.recruitment.rounds.grid import PARTS, Grid, cell, grid_of
from vetting.recruitment.rounds.one_by_one import STAGES, OfPerson, that_fit, waiting_for
from vetting.recruitment.rounds.undeclared import WAIT, wanted
from vetting.recruitment.views.base import done, load_case, note_reading, once_of, show
from vetting.recruitment.views.forming import saved, status_of, trail
from vetting.web.parts import Link

AT_A_TIME = 25
MOST_FIELDS = 110
"""So many fields on a page *Rad för rad*: what reaches a telephone in a second, about 55 kB."""
ASKED = ("candidacy.create", "candidacy.proceed", "check.view", "decision.sign", "engagement.confirm_start")
BOTH = ("GET", "HEAD", "POST")
OPENED_AT = ("kvar", "beslut")
"""The parts that the grid opens at: where somebody is left in the first, else the next, else everybody."""


@page("candidacy.list", load=load_case)
def round_view(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Everybody in the recruitment by reference, check by check; a page of 25 or 50."""
    note_reading(request, actor, case, "candidacy.listed")
    grid = grid_of(case)
    asked = request.GET.get("visa", "")
    part = asked if asked in PARTS else next((code for code in OPENED_AT if grid.counts[code]), "alla")
    size = 50 if request.GET.get("antal") == "50" else 25
    shown = Paginator(grid.part(part), size).get_page(request.GET.get("sida"))
    facts = case.facts_for(actor)
    can = {code: ask(actor, code, facts).allowed for code in ASKED}
    undeclared = wanted(case, actor)
    acts = _acts(actor, case, grid, shown, can | dict.fromkeys(WAIT, False) if undeclared else can)
    each_url = links.if_open(links.to("note_each", case), can)
    context = {
        "case": case,
        "grid": grid,
        "part": part,
        "size": size,
        "page": shown,
        "rows": [(line, [(c.name, cell(line.rows.get(c.code))) for c in grid.columns]) for line in shown],
        "tabs": _tabs(case, grid, part, size),
        "other_size": _url(case, part, 75 - size),
        "acts": acts,
        "each": each_url
        and any(waiting_for(actor, case, grid.lines, stage, 1) for stage in STAGES)
        and each_url,
        "enter_url": links.to("enter_round", case)
        if can["candidacy.create"] and case.recruitment.state == "open"
        else "",
        "undeclared": undeclared,
        "decided": sum(line.candidacy.state in DECIDED for line in grid.lines),
        "in_it": sum(bool(line.part) for line in grid.lines),
        "breadcrumbs": trail(case, _("Omgång")),
    }
    return show(request, actor, "recruitment/round_view.html", context)


def _tabs(case: Case, grid: Grid, part: str, size: int) -> list[Link]:
    return [
        Link(str(label), _url(case, code, size), count=grid.counts[code], current=code == part)
        for code, label in PARTS.items()
    ]


def _url(case: Case, part: str, size: int) -> str:
    asked = {"visa": part} | ({"antal": "50"} if size == 50 else {})
    return with_query(links.to("round_view", case), urlencode(asked))


def _acts(actor: Actor, case: Case, grid: Grid, shown: Page[Any], can: dict[str, bool]) -> list[Link]:
    """What may be done for those ticked: own checks, going on, deciding, the start. Nothing statutory."""
    found = []
    if any(line.candidacy.proceeded_on is None for line in shown) and can["candidacy.proceed"]:
        found.append(Link(_("Gå vidare"), links.to("proceed_together", case), icon="arrow-right"))
    found += _notes(actor, case, grid, shown)
    if any(line.part == "beslut" for line in shown) and can["decision.sign"]:
        found.append(Link(_("Besluta"), links.to("decide_together", case), icon="check"))
    if any(line.waits_to_start for line in shown) and can["engagement.confirm_start"]:
        found.append(Link(_("Har börjat"), links.to("start_together", case), icon="calendar"))
    return found


def _notes(actor: Actor, case: Case, grid: Grid, shown: Page[Any]) -> list[Link]:
    """The municipality's own checks that somebody on the page waits for."""
    found = []
    for column in grid.columns:
        if column.one_by_one or column.code in {"decision", "security_opinion"}:
            continue
        rows = (line.rows.get(column.code) for line in shown)
        if any(row is not None and recordable(actor, case, [row]) for row in rows):
            url = links.to("note_together", case, code=column.code)
            found.append(Link(_("Anteckna %(check)s") % {"check": column.name}, url, icon="pencil"))
    return found


@page("check.view", load=load_case, methods=BOTH)
def note_each(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Rad för rad*: what a statute demands, noted for each person in her own row; nothing here says *all*."""
    stage = request.GET.get("steg", "")
    if _is_second_press(request):
        return redirect(with_query(links.to("note_each", case), urlencode({"steg": stage})))
    grid = grid_of(case)
    if stage not in STAGES:
        stage = next((s for s in STAGES if waiting_for(actor, case, grid.lines, s, 1)), "fore")
    people = _people(request, actor, case, grid, stage)
    if not people and request.method != "POST":
        messages.info(request, _("Inget väntar på dig här, rad för rad."))
        return redirect(links.to("round_view", case))
    posted = request.POST if request.method == "POST" else None
    form = EachForm(posted, people=people, today=case.today, version=case.recruitment.catalogue_on)
    answer = saved(
        request, actor, case.pk, "check.record", form, lambda fresh: _save(fresh, actor, form)
    )  # fmt: skip
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        count = sum(_has_something(form, person) for person in form.people)
        said = ngettext("Sparat för %(n)s person.", "Sparat för %(n)s personer.", count)
        done(request, said % {"n": count})
        return redirect(with_query(links.to("note_each", case), urlencode({"steg": stage})))
    context = {
        "case": case,
        "form": form,
        "people": form.person_parts(),
        "stage": stage,
        "saved_together": SAVED_TOGETHER,
        "back": links.to("round_view", case),
        "breadcrumbs": [
            *trail(case, _("Omgång"))[:-1],
            Link(_("Omgång"), links.to("round_view", case)),
            Link(_("Rad för rad")),
        ],
    }
    return show(request, actor, "recruitment/note_each.html", context, status=status_of(request, form))


def _people(request: HttpRequest, actor: Actor, case: Case, grid: Grid, stage: str) -> list[OfPerson]:
    """The next who wait; on a POST those who stood on the page, as far as something is left to note about them."""
    if request.method != "POST":
        return that_fit(waiting_for(actor, case, grid.lines, stage, AT_A_TIME), MOST_FIELDS)
    sent = {name.partition("-")[0] for name in request.POST}
    lines = [line for line in grid.lines if line.candidacy.label in sent]
    return waiting_for(actor, case, lines, stage, AT_A_TIME)


def _is_second_press(request: HttpRequest) -> bool:
    """The rows of the first press are noted by now, and gone from the page: it is answered as the first."""
    once = once_of(request) if request.method == "POST" else None
    return once is not None and Entry.objects.filter(once=once).exists()


def _has_something(form: EachForm, person: OfPerson) -> bool:
    return bool(form.filled(person) or form.answers(person) or form.extracts(person))


def _save(case: Case, actor: Actor, form: EachForm) -> None:
    once: Iterator[UUID] = iter([form.once_key])
    for person in form.people:
        try:
            _save_one(case, actor, form, person, once)
        except Changed:
            raise BadInput(**{person.candidacy.label: "changed"}) from None


def _save_one(case: Case, actor: Actor, form: EachForm, person: OfPerson, once: Iterator[UUID]) -> None:
    who, own = person.candidacy.label, case.candidacy(person.candidacy.pk)
    answers = form.answers(person)
    if answers:
        edit_candidacy(case, by=actor, candidacy=own, answers=answers, once=next(once, None))
    for row, outcome, evidence, seen in form.filled(person):
        check = case.check_named(row.spec.code, own)
        if check is None:
            continue
        if check.state == "done" and check.entry_id != seen:
            raise Changed(check)
        with _placed(who, check.code):
            record_check(
                case, by=actor, check=check, outcome=outcome, evidence=evidence, seen=seen,
                once=next(once, None),
            )  # fmt: skip
    for code, extract in form.extracts(person).items():
        check = case.check_named(code, own)
        if check is None:
            continue
        if check.state == "done":
            # An earlier note says nothing of the extract's age today, nor that the signer has seen it.
            check.state, check.outcome = "not_started", ""
        with _placed(who, code):
            record_shown(
                case, by=actor, check=check, shown_on=extract.shown_on, issued_on=extract.issued_on,
                once=next(once, None),
            )  # fmt: skip


@contextmanager
def _placed(who: str, code: str) -> Iterator[None]:
    """An error in what was typed is told at its own field."""
    try:
        yield
    except BadInput as error:
        raise BadInput(**{f"{who}-{code}-{name}": why for name, why in error.errors.items()}) from error
