"""The forms of a check's page: those that its state, its ground and this person's permissions leave, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.policy.workflow import transition
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.forms import checks as forms
from vetting.recruitment.models import Check
from vetting.recruitment.reuse_offer import add_reuse
from vetting.recruitment.waiver_sections import add_waiver_sections
from vetting.web.days import day_or_dash
from vetting.web.forms import BaseForm


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


def leads(row: Row, name: str) -> bool:
    """Whether the transition of that name leads on from where the check stands, in the way its ground allows."""
    protective = row.spec.code == "security_vetting"
    if protective != name.endswith("_protective"):
        return False
    if row.is_shown_only or row.spec.performed_by == ("unit_access_manager",):
        return False
    return row.state in transition("check", name).sources


def sections(
    case: Case, actor: Actor, row: Row, can: Mapping[str, bool], bound: Mapping[str, BaseForm]
) -> list[Section]:
    """Every form that is open to this person now. `bound`: section key → the form that was sent and has errors."""
    check = row.check
    if check is None:
        return []
    made: list[Section] = []

    def add(
        key: str, title: str, form: BaseForm, submit: str, *, note: str = "", folded: bool = True
    ) -> None:
        url = links.to(key, case, check=check.pk)
        made.append(Section(key, title, bound.get(key, form), url, submit, note, folded and key not in bound))

    _result(case, check, row, can, add, sent="record_check" in bound)
    if row.state == "to_assess":
        _assessment(check, can, case.today, add)
    if can["check.reuse"]:
        add_reuse(case, actor, row, add, sent="reuse_check" in bound)
    _other_ways(check, row, can, add)
    add_waiver_sections(case, actor, check, add)
    if can["protective.confirm"] and leads(row, "confirm_protective"):
        form = forms.DoneForm(today=case.today)
        add("confirm_vetting", _("Säkerhetsprövning klar"), form, _("Klar"), folded=False)
    for key, sent in bound.items():
        if key not in {section.key for section in made}:
            # The state has moved on since the page was opened: what was typed is still shown.
            add(key, _("Det du skrev"), sent, _("Spara"), folded=False)
    return made


def _result(case: Case, check: Check, row: Row, can: Mapping[str, bool], add: Any, *, sent: bool) -> None:
    """What was found, or that access is as it is to be. `sent`: a result that was typed is shown whatever the state."""
    if (can["check.record"] and leads(row, "record")) or sent:
        form = forms.ResultForm(
            row=row,
            today=case.today,
            version=case.recruitment.catalogue_on,
            seen=check.entry_id,
            engagement=case.recruitment.form,
        )
        add("record_check", _("Anteckna resultat"), form, _("Anteckna"), folded=False)
    confirms = row.spec.performed_by == ("unit_access_manager",)
    if can["check.record_access"] and confirms and not row.is_settled:
        form = forms.ResultForm(row=row, today=case.today, seen=check.entry_id)
        add("record_access", _("Bekräfta behörigheter"), form, _("Bekräfta"), folded=False)


def _other_ways(check: Check, row: Row, can: Mapping[str, bool], add: Any) -> None:
    """Waiting for somebody, leaving the check out, and opening what is recorded for correction."""
    is_unrecorded = row.state in {"not_started", "in_progress", "waiting_candidate"}
    if can["check.pause"] and is_unrecorded and leads(row, "record"):
        add("pause_check", _("Pausa"), forms.PauseForm(), _("Pausa"))
    if can["check.mark_not_applicable"] and not check.is_statutory and leads(row, "mark_not_applicable"):
        add("mark_not_applicable", _("Behövs inte"), forms.NotNeededForm(), _("Behövs inte"))
    if can["check.reopen"] and leads(row, "reopen"):
        note = _("Det gamla ligger kvar i händelserna. Ett lämnat säkerhetsyttrande upphör att gälla.")
        add("reopen_check", _("Rätta"), forms.ReopenForm(), _("Öppna för rättelse"), note=note)


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
