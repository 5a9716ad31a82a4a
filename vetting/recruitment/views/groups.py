"""The four groups as forms: several checks, and the questions that belong there, saved with one button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.information import advert_paragraph
from vetting.recruitment import links
from vetting.recruitment.abilities import abilities, recordable
from vetting.recruitment.actions.candidacy import edit_candidacy, proceed_candidacy
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.errors import BadInput, Changed, NotComplete
from vetting.recruitment.actions.recruitment import answer_questions
from vetting.recruitment.answering import of_others, split
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import missing_to_proceed, required
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.finalist_questions import asked_with_going_on, open_questions, own_questions
from vetting.recruitment.forms.groups import GroupForm
from vetting.recruitment.missing_words import in_the_way
from vetting.recruitment.models import Candidacy
from vetting.recruitment.rounds.undeclared import wanted
from vetting.recruitment.tasks import GROUP_NAMES, rows_of, task_of
from vetting.recruitment.views.base import done, load_case, show
from vetting.recruitment.views.detail import chosen
from vetting.recruitment.views.forming import saved, status_of, trail
from vetting.web.parts import Task

OF_RECRUITMENT = {spec.question for spec in CHECKPOINTS.values() if spec.belongs_to == "recruitment"}
"""Questions whose rows belong to the recruitment; the others are answered about the finalist."""


@page("check.view", load=load_case, methods=("GET", "HEAD", "POST"))
def record_group(request: HttpRequest, actor: Actor, case: Case, pk: UUID, group: str) -> HttpResponse:
    """The open checks of one group, and of the groups before it, that this person may record."""
    if group not in links.GROUPS:
        raise Http404
    candidacy = chosen(case, request.GET.get("k", ""))
    form = _form(request, actor, case, candidacy, group)
    if (
        request.method != "POST"
        and not form.rows
        and not form.questions
        and not _of_others(actor, case, candidacy, group)
    ):
        return redirect(links.home(case, candidacy))
    go_on = "go_on" in request.POST
    left: list[str] = []

    def do(fresh: Case) -> None:
        left[:] = _save(fresh, actor, form, candidacy, go_on=go_on)

    answer = saved(request, actor, pk, "check.record", form, do)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        gone_on = go_on and not left
        done(request, " ".join([_("Sparat: %(what)s.") % {"what": _what(form, gone_on)}, *left]))
        return redirect(_where_next(actor, pk, candidacy, group, form, gone_on))
    return show(
        request, actor, "recruitment/group.html", _context(actor, case, candidacy, group, form),
        status=status_of(request, form),
    )  # fmt: skip


def _stages(group: str) -> tuple[str, ...]:
    """The group and those before it: what was left behind is offered again, so that nothing is hunted for."""
    return links.GROUPS[: links.GROUPS.index(group) + 1]


def _form(
    request: HttpRequest, actor: Actor, case: Case, candidacy: Candidacy | None, group: str
) -> GroupForm:
    rows = [row for row in rows_of(case, candidacy) if row.spec.stage in _stages(group)]
    mine = recordable(actor, case, rows)
    posted = request.POST if request.method == "POST" else None
    changed: dict[str, Row] = {}
    if posted is not None:
        # What somebody else has recorded since keeps its place in the form, with what was typed.
        gone = [r for r in rows if r.check and r not in mine and posted.get(f"{r.spec.code}-outcome")]
        mine = [row for row in rows if row in mine or row in gone]
        changed = {r.spec.code: r for r in mine if _changed_since(r, posted.get(f"{r.spec.code}-seen", ""))}
    can = abilities(actor, case, candidacy)
    questions = [
        code
        for stage in _stages(group)
        if can.get("candidacy.edit")
        for code in own_questions(actor, case, candidacy, stage)
    ]
    if candidacy is not None and group == "finalist" and _may_go_on(case, candidacy, can):
        questions += asked_with_going_on(actor, case, candidacy)
    return GroupForm(
        posted, rows=mine, questions=questions, today=case.today, version=case.recruitment.catalogue_on,
        changed=changed, engagement=case.recruitment.form,
    )  # fmt: skip


def _changed_since(row: Row, seen: str) -> bool:
    return row.check is not None and seen.isdecimal() and row.check.entry_id != int(seen)


def _save(
    case: Case, actor: Actor, form: GroupForm, candidacy: Candidacy | None, *, go_on: bool
) -> list[str]:
    """Everything that was filled in. What is told when only others stood in the way of going on; else nothing."""
    once: Iterator[UUID] = iter([form.once_key])
    own = case.candidacy(candidacy.pk) if candidacy is not None else None
    answers = form.answers()
    about_case = {code: value for code, value in answers.items() if code in OF_RECRUITMENT}
    about_her = {code: value for code, value in answers.items() if code not in OF_RECRUITMENT}
    if about_case:
        answer_questions(case, by=actor, answers=about_case, once=next(once, None))
    if about_her and own is not None:
        edit_candidacy(case, by=actor, candidacy=own, answers=about_her, once=next(once, None))
    for row, outcome, evidence, seen in form.filled():
        if row.check is not None:
            _record(case, actor, row.check.pk, outcome, evidence, seen, next(once, None))
    return _go_on(case, actor, form, own, next(once, None)) if go_on and own is not None else []


def _go_on(case: Case, actor: Actor, form: GroupForm, candidacy: Candidacy, once: UUID | None) -> list[str]:
    """The decision to go on. What she has filled in is kept where only somebody else's part is missing."""
    try:
        proceed_candidacy(case, by=actor, candidacy=candidacy, once=once)
    except NotComplete as error:
        mine = {row.spec.code for row in form.rows} | set(form.questions)
        if any(item.code in mine for item in error.missing) or not (form.filled() or form.answers()):
            raise
        who = {"who": candidacy.label, "what": in_the_way(case, error.missing)}
        return [_("%(who)s kan gå vidare till slutkontroll när det här är på plats: %(what)s.") % who]
    return []


def _record(
    case: Case,
    actor: Actor,
    pk: UUID,
    outcome: str,
    evidence: dict[str, Any],
    seen: int | None,
    once: UUID | None,
) -> None:
    check = case.check(pk)
    try:
        if check.state == "done" and check.entry_id != seen:
            raise Changed(check)
        record_check(case, by=actor, check=check, outcome=outcome, evidence=evidence, seen=seen, once=once)
    except Changed:
        raise BadInput(**{f"{check.code}-outcome": "changed"}) from None
    except BadInput as error:
        raise BadInput(**{f"{check.code}-{name}": why for name, why in error.errors.items()}) from error


def _what(form: GroupForm, go_on: bool) -> str:
    count = len(form.filled())
    parts = []
    answered = len(form.answers())
    if answered:
        one, several = _("svar på en fråga"), _("svar på %(count)s frågor") % {"count": answered}
        parts.append(one if answered == 1 else several)
    if count:
        parts.append(_("en kontroll") if count == 1 else _("%(count)s kontroller") % {"count": count})
    if go_on:
        parts.append(_("beslutet att gå vidare till slutkontroll"))
    return ", ".join(parts)


def _where_next(
    actor: Actor, pk: UUID, candidacy: Candidacy | None, group: str, form: GroupForm, go_on: bool
) -> str:
    """Straight on where an answer opened a new check or the next group waits for the same person."""
    case = Case.load(pk)
    own = case.candidacy(candidacy.pk) if candidacy is not None else None
    can = abilities(actor, case, own)
    rows = {row.spec.stage for row in recordable(actor, case, rows_of(case, own))}
    if any(form.answers().values()) and group in rows:
        return links.group(case, group, own)
    if go_on:
        waits = [
            g
            for g in ("finalist", "decision")
            if g in rows or (can.get("candidacy.edit") and own_questions(actor, case, own, g))
        ]
        if waits:
            return links.group(case, waits[-1], own)
    return links.home(case, own)


def _context(
    actor: Actor, case: Case, candidacy: Candidacy | None, group: str, form: GroupForm
) -> dict[str, Any]:
    offered = {row.spec.code for row in form.rows}
    rows = [
        row
        for row in rows_of(case, candidacy)
        if row.spec.stage == group and row.spec.code not in offered and not row.is_settled
    ]
    can = abilities(actor, case, candidacy)
    return {
        "case": case,
        "candidacy": candidacy,
        "form": form,
        "name": GROUP_NAMES[group],
        "breadcrumbs": trail(case, str(GROUP_NAMES[group]), candidacy),
        "back": links.home(case, candidacy),
        "shown_only": [task_of(case, row, candidacy, linked=False) for row in rows if row.is_shown_only],
        "others": _of_others(actor, case, candidacy, group),
        "waiting": [task_of(case, row, candidacy, linked=False) for row in rows if not row.is_shown_only],
        "may_go_on": _may_go_on(case, candidacy, can) and group == "finalist",
        "advert": advert_paragraph(required(case)).splitlines() if "notice" in offered else [],
        "undeclared": wanted(case, actor) if candidacy is not None else None,
    }


def _of_others(actor: Actor, case: Case, candidacy: Candidacy | None, group: str) -> list[Task]:
    """The group's open questions that somebody else answers, read only, for whoever answers others here."""
    facts = case.facts_for(actor, candidacy=candidacy)
    if not ask(actor, "candidacy.edit", facts):
        return []
    return of_others(split(facts, open_questions(case, candidacy, group))[1], {})


def _may_go_on(case: Case, candidacy: Candidacy | None, can: dict[str, bool]) -> bool:
    """Whether the button *Spara och gå vidare* is offered: nothing but what this form can mend stands in the way."""
    if candidacy is None or candidacy.state not in {Candidacy.State.PROPOSED, Candidacy.State.RESERVE}:
        return False
    stops = [m for m in missing_to_proceed(case, candidacy) if m.kind == "stop" and m.code != "declarations"]
    return can.get("candidacy.proceed", False) and not stops
