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
from vetting.policy.workflow import transition
from vetting.recruitment import links
from vetting.recruitment.abilities import check_abilities
from vetting.recruitment.candidate_panel import UNREADABLE
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row, stored_row
from vetting.recruitment.forms import checks as forms
from vetting.recruitment.forms.reveal import RevealForm
from vetting.recruitment.given_facts import given_words, handed_in
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.queries.candidate import given_to, newest
from vetting.recruitment.reuse_offer import add_reuse, exemption_facts
from vetting.recruitment.tasks import legal_of, task_of
from vetting.recruitment.waiver_page import no_waiver, waivers_of
from vetting.recruitment.waiver_sections import add_waiver_sections
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
class Section:
    """A form of the page: what it does, and where it posts."""

    key: str
    title: str
    form: BaseForm
    url: str
    submit: str
    note: str = ""
    folded: bool = True


@dataclass(frozen=True, slots=True)
class Button:
    """A step that is taken at once."""

    label: str
    url: str


def row_of(case: Case, check: Check) -> Row:
    """The check as a row, with the state it has today."""
    return stored_row(case, check, candidacy_of(case, check), case.today)


def candidacy_of(case: Case, check: Check) -> Candidacy | None:
    """The finalist the check is about, or None."""
    return case.candidacy(check.candidacy_id) if check.candidacy_id else None


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
        "sections": _sections(case, actor, row, can, bound),
        "buttons": _buttons(case, row, can),
        "decision_url": links.to("sign_decision", case, candidacy) if row.is_shown_only else "",
        "is_shown_only": row.is_shown_only,
        "back": links.home(case, candidacy),
        "no_waiver": no_waiver(check),
        "waivers": waivers_of(case, actor, check),
    }


def _opening(request: HttpRequest, check: Check) -> Opening | None:
    return opening_of(request, check.pk, "evidence") or opening_of(request, check.pk, "handed_in")


def _leads(row: Row, name: str) -> bool:
    protective = row.spec.code == "security_vetting"
    if protective != name.endswith("_protective"):
        return False
    if row.is_shown_only or row.spec.performed_by == ("unit_access_manager",):
        return False
    return row.state in transition("check", name).sources


def _buttons(case: Case, row: Row, can: Mapping[str, bool]) -> list[Button]:
    found = []
    for name, permission, url, label in BUTTONS:
        check = row.check
        if check is None or not can[permission] or not _leads(row, name):
            continue
        if name == "restore" and check.reason == "protected_identity":
            continue
        found.append(Button(_(label), links.to(url, case, check=check.pk)))
    return found


def _sections(
    case: Case, actor: Actor, row: Row, can: Mapping[str, bool], bound: Mapping[str, BaseForm]
) -> list[Section]:
    check = row.check
    if check is None:
        return []
    today, made = case.today, []

    def add(
        key: str, title: str, form: BaseForm, submit: str, *, note: str = "", folded: bool = True
    ) -> None:
        url = links.to(key, case, check=check.pk)
        made.append(Section(key, title, bound.get(key, form), url, submit, note, folded and key not in bound))

    if (can["check.record"] and _leads(row, "record")) or "record_check" in bound:
        form = forms.ResultForm(
            row=row,
            today=today,
            version=case.recruitment.catalogue_on,
            seen=check.entry_id,
            engagement=case.recruitment.form,
        )
        add("record_check", _("Anteckna resultat"), form, _("Anteckna"), folded=False)
    if (
        can["check.record_access"]
        and row.spec.performed_by == ("unit_access_manager",)
        and not row.is_settled
    ):
        form = forms.ResultForm(row=row, today=today, seen=check.entry_id)
        add("record_access", _("Bekräfta behörigheter"), form, _("Bekräfta"), folded=False)
    if row.state == "to_assess":
        _assessment(check, can, today, add)
    if can["check.reuse"]:
        add_reuse(case, actor, row, add, sent="reuse_check" in bound)
    if (
        can["check.pause"]
        and row.state in {"not_started", "in_progress", "waiting_candidate"}
        and _leads(row, "record")
    ):
        add("pause_check", _("Pausa"), forms.PauseForm(), _("Pausa"))
    if can["check.mark_not_applicable"] and not check.is_statutory and _leads(row, "mark_not_applicable"):
        add("mark_not_applicable", _("Behövs inte"), forms.NotNeededForm(), _("Behövs inte"))
    if can["check.reopen"] and _leads(row, "reopen"):
        note = _("Det gamla ligger kvar i händelserna. Ett lämnat säkerhetsyttrande upphör att gälla.")
        add("reopen_check", _("Rätta"), forms.ReopenForm(), _("Öppna för rättelse"), note=note)
    add_waiver_sections(case, actor, check, add)
    if can["protective.confirm"] and _leads(row, "confirm_protective"):
        add(
            "confirm_vetting",
            _("Säkerhetsprövning klar"),
            forms.DoneForm(today=today),
            _("Klar"),
            folded=False,
        )
    for key, sent in bound.items():
        if key not in {section.key for section in made}:
            # The state has moved on since the page was opened: what was typed is still shown.
            add(key, _("Det du skrev"), sent, _("Spara"), folded=False)
    return made


def _assessment(check: Check, can: Mapping[str, bool], today: Any, add: Any) -> None:
    if can["check.notify_candidate"] and check.told_on is None:
        note = _("Kandidaten får veta vad som framkommit och har fem arbetsdagar på sig att svara.")
        add(
            "notify_candidate", _("Kandidaten är informerad"), forms.ToldForm(today=today), _("Anteckna"),
            note=note, folded=False,
        )  # fmt: skip
    if can["check.record_reply"] and check.told_on is not None and not check.reply_code:
        note = _("Uteblivet svar räknas inte emot kandidaten. Sista dag för svar är %(day)s.") % {
            "day": day_or_dash(check.reply_by)
        }
        add(
            "record_reply", _("Kandidatens svar"), forms.ReplyForm(today=today), _("Anteckna svaret"),
            note=note, folded=False,
        )  # fmt: skip
    if can["check.assess"] and check.reply_code:
        note = _("Bedöm mot den här befattningens risk. Inget resultat avgör ensamt.")
        form = forms.AssessForm(code=check.code)
        add("assess_check", _("Bedömning"), form, _("Spara bedömningen"), note=note, folded=False)


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
