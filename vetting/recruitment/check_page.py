"""One check's page: where it stands, what the law lets be written, and the steps this person can take with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.reveal import opening_of
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal_json
from vetting.policy.choices import CHOICES
from vetting.policy.field_labels import field_label
from vetting.recruitment import links
from vetting.recruitment.abilities import check_abilities
from vetting.recruitment.actions.checks import candidacy_of
from vetting.recruitment.candidate_panel import UNREADABLE
from vetting.recruitment.case import Case
from vetting.recruitment.check_sections import leads, sections
from vetting.recruitment.engine.rows import Row, stored_row
from vetting.recruitment.forms.reveal import RevealForm
from vetting.recruitment.given_facts import given_words, handed_in
from vetting.recruitment.models import Check
from vetting.recruitment.queries.candidate import given_to, newest
from vetting.recruitment.reuse_offer import exemption_facts
from vetting.recruitment.tasks import legal_of, task_of
from vetting.recruitment.waiver_page import no_waiver, waivers_of
from vetting.web.days import day_or_dash
from vetting.web.forms import BaseForm
from vetting.web.parts import Fact, Step

REPLIES = {
    "replied": gettext_noop("Har svarat"),
    "declined": gettext_noop("Avstår från att svara"),
    "silent": gettext_noop("Har inte hörts av i tid"),
}
QUESTIONS = {
    "relevant": gettext_noop("Spelar det roll för befattningen?"),
    "certain": gettext_noop("Hur gammalt och hur säkert?"),
    "condition": gettext_noop("Kan ett villkor ta bort risken?"),
    "conclusion": gettext_noop("Slutsats"),
}
# transition of the machine → (permission, URL name, words): done at once
BUTTONS = (
    ("begin", "check.begin", "begin_check", gettext_noop("Påbörja")),
    ("ask_candidate", "check.ask_candidate", "ask_candidate", gettext_noop("Väntar på kandidaten")),
    ("record_answer", "check.record_answer", "record_answer", gettext_noop("Underlag har kommit")),
    ("resume", "check.resume", "resume_check", gettext_noop("Återuppta")),
    ("restore", "check.restore", "restore_check", gettext_noop("Behövs ändå")),
    ("request_protective", "protective.request", "request_vetting", gettext_noop("Begär säkerhetsprövning")),
    ("end_protective", "protective.end", "end_vetting", gettext_noop("Avsluta prövningen")),
)


@dataclass(frozen=True, slots=True)
class Button:
    """A step that is taken at once."""

    label: str
    url: str


def row_of(case: Case, check: Check) -> Row:
    """The check as a row, with the state it has today."""
    return stored_row(case, check, candidacy_of(case, check), case.today)


def context_of(
    request: HttpRequest, actor: Actor, case: Case, check: Check, bound: Mapping[str, BaseForm]
) -> dict[str, Any]:
    """Everything the page shows. `bound`: section key → the form that was sent and has errors."""
    row, candidacy = row_of(case, check), candidacy_of(case, check)
    can = check_abilities(actor, case, check)
    given = given_to(check) if candidacy is not None else []
    case.handed_in = given
    opening = _opening(request, check) if can["check.reveal"] else None
    sealed = any(
        value is not None for value in (check.evidence, check.assessment, *(g.content for g in given))
    )
    return {
        "case": case,
        "check": check,
        "candidacy": candidacy,
        "task": task_of(case, row, candidacy, linked=False),
        "legal": legal_of(row.spec),
        "facts": [*_days(check), *exemption_facts(check), *_open_facts(check)],
        "opened": [*opened_facts(check, opening), *given_words(given, opening)]
        if opening is not None
        else [],
        "given": [handed_in(each) for each in reversed(given)],
        "take_in_url": links.to("take_in_given", case, check=check.pk)
        if can["check.record_answer"] and newest(given, check) is not None
        else "",
        "reveal": RevealForm() if can["check.reveal"] and sealed and opening is None else None,
        "reveal_url": links.to("reveal_check", case, check=check.pk),
        "hide_url": links.to("hide_check", case, check=check.pk),
        "steps": _steps(check) if check.deviated or row.state == "to_assess" else [],
        "sections": sections(case, actor, row, can, bound),
        "buttons": _buttons(case, row, can),
        "decision_url": links.to("sign_decision", case, candidacy) if row.is_shown_only else "",
        "is_shown_only": row.is_shown_only,
        "back": links.home(case, candidacy),
        "no_waiver": no_waiver(check),
        "waivers": waivers_of(case, actor, check),
    }


def _opening(request: HttpRequest, check: Check) -> Opening | None:
    return opening_of(request, check.pk, "evidence") or opening_of(request, check.pk, "handed_in")


def _buttons(case: Case, row: Row, can: Mapping[str, bool]) -> list[Button]:
    found = []
    for name, permission, url, label in BUTTONS:
        check = row.check
        if check is None or not can[permission] or not leads(row, name):
            continue
        if name == "restore" and check.reason == "protected_identity":
            continue
        found.append(Button(_(label), links.to(url, case, check=check.pk)))
    return found


def _steps(check: Check) -> list[Step]:
    reached = [True, check.told_on is not None, bool(check.reply_code), check.assessed_on is not None]
    labels = [
        _("Att bedöma"),
        _("Informerad %(day)s") % {"day": day_or_dash(check.told_on)}
        if check.told_on
        else _("Kandidaten informeras"),
        f"{_(REPLIES[check.reply_code])} {day_or_dash(check.replied_on)}"
        if check.reply_code
        else _("Kandidaten svarar"),
        _("Bedömd %(day)s") % {"day": day_or_dash(check.assessed_on)}
        if check.assessed_on
        else _("Bedömning"),
    ]
    current = reached.index(False) if False in reached else len(reached)
    states = ["done" if n < current else "current" if n == current else "ahead" for n in range(len(labels))]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def _days(check: Check) -> list[Fact]:
    facts = []
    if check.recorded_on:
        who = check.recorded_by.display_name if check.recorded_by else "–"
        facts.append(Fact(_("Antecknad"), day_or_dash(check.recorded_on), note=who))
    if check.evidence_on:
        facts.append(Fact(_("Avser"), day_or_dash(check.evidence_on)))
    if check.reply_by and not check.reply_code:
        facts.append(Fact(_("Svar senast"), day_or_dash(check.reply_by)))
    if check.disposed_on is not None:
        facts.append(Fact(_("Gallrad"), day_or_dash(check.disposed_on)))
    return facts


def _open_facts(check: Check) -> list[Fact]:
    return described(check.code, check.facts)


def opened_facts(check: Check, opening: Opening) -> list[Fact]:
    """The sealed evidence and assessment in words; what is damaged is said to be, and the page stands."""
    try:
        evidence = unseal_json(check, "evidence", opening) or {}
        assessment = unseal_json(check, "assessment", opening) or {}
    except SealError:
        return [Fact(_("Uppgifterna"), _(UNREADABLE))]
    words = [Fact(_(QUESTIONS[name]), text) for name, text in assessment.items() if name in QUESTIONS]
    if evidence.get("reused"):
        return [Fact(_("Underlag"), _("En tidigare kontroll används.")), *words]
    return [*described(check.code, evidence), *words]


def described(code: str, kept: Mapping[str, Any]) -> list[Fact]:
    """Stored evidence as label and value."""
    return [Fact(_(field_label(code, name)), _value(code, name, value)) for name, value in kept.items()]


def _value(code: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    return _(CHOICES.get((code, name), {}).get(str(value), "")) or str(value)
