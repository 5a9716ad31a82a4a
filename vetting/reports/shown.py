"""A report as its page shows it: what was opened, in words. Nothing here reads a key: the page has opened it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.policy.reasons_reports import TRANSFER_GROUND
from vetting.policy.report_facts import CONSENTS, FEEDBACK_ANSWERS, QUESTIONS
from vetting.reports.case import Case
from vetting.reports.labels import (
    MESSAGE_KINDS,
    PROTECTION_STEPS,
    RECORD_KINDS,
    REPRISAL,
    SUPPORT,
    THREATS,
    UNREADABLE,
    WILL,
    YES_NO,
)
from vetting.reports.models import Measure, Message, Record
from vetting.web.parts import Fact

FIELDS = {
    "kind": lambda: (_("Slag"), QUESTIONS["kind"].options),
    "threat": lambda: (_("Hotnivå"), THREATS),
    "crimes": lambda: (_("Möjliga brott"), {}),
    "what": lambda: (_("Bedömning"), {}),
    "offered": lambda: (_("Erbjudet"), SUPPORT),
    "register": lambda: (_("Tillbudsregistret"), {}),
    "serious": lambda: (_("Allvarligt tillbud anmält"), YES_NO),
    "reported_on": lambda: (_("Anmält den"), {}),
    "safety_informed": lambda: (_("Skyddsombudet informerat"), YES_NO),
    "will": lambda: (_("Personen vill att det polisanmäls"), WILL),
    "talked_on": lambda: (_("Samtalet hölls"), {}),
    "reported": lambda: (_("Arbetsgivaren har polisanmält"), YES_NO),
    "by_employer": lambda: (_("Arbetsgivaren är anmälare, med arbetsplatsens adress"), YES_NO),
    "reference": lambda: (_("Polisens diarienummer"), {}),
    "step": lambda: (_("Åtgärd"), PROTECTION_STEPS),
    "note": lambda: (_("Anteckning"), {}),
    "ground": lambda: (_("Grund"), TRANSFER_GROUND),
    "text": lambda: ("", {}),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text: who, what kind, which day."""

    who: str
    kind: str
    day: date
    text: str
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """One record of the circle."""

    who: str
    kind: str
    day: date
    facts: Sequence[Fact] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first hour."""

    code: str
    label: str
    who: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One measure."""

    pk: UUID
    what: str
    who: str
    due: date
    done: date | None
    is_late: bool


def conversation(texts: Iterable[tuple[Message, str]], names: Mapping[UUID, str]) -> list[Said]:
    """What reporter and recipients have written to each other, oldest first."""
    return [
        Said(
            _("Den som anmält") if row.author_id is None else names.get(row.author_id, _("En mottagare")),
            str(MESSAGE_KINDS[row.kind]),
            row.day,
            _answered(text) if row.kind == "answer" else text,
            row.author_id is not None,
        )
        for row, text in texts
    ]


def _answered(text: str) -> str:
    """An answer begins with its code, and may go on in words."""
    first, _sign, rest = text.partition("\n")
    words = FEEDBACK_ANSWERS.get(first)
    said = _(words) if words is not None else str(REPRISAL.get(first.removeprefix("reprisal "), first))
    return f"{said}\n{rest}".strip()


def coded(codes: Mapping[str, Any]) -> list[Fact]:
    """The coded answers, question beside answer."""
    found = []
    for code, question in QUESTIONS.items():
        given = codes.get(code)
        many = given if isinstance(given, list) else [given] if given else []
        if many:
            found.append(Fact(_(question.text), ", ".join(_(question.options[one]) for one in many)))
    return found


def consents(said: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Who may be told what; what was not said is no."""
    return [(_(text), code in said.get("given", ())) for code, text in CONSENTS.items()]


def records(case: Case, key: ContentKey, names: Mapping[UUID, str]) -> tuple[list[Noted], list[Step]]:
    """What the circle has recorded, newest first, and the steps of the first hour."""
    rows = list(Record.objects.filter(report=case.report).order_by("-entry_id"))
    taken: dict[str, Record] = {}
    noted = []
    for row in rows:
        content = _content(row, key)
        if row.kind == "protection":
            taken[str(content.get("step"))] = row
            continue
        who = names.get(row.author_id, _("En mottagare"))
        noted.append(Noted(who, str(RECORD_KINDS[row.kind]), row.day, in_words(content)))
    steps = [
        Step(code, str(label), names.get(taken[code].author_id, ""), taken[code].day)
        if code in taken
        else Step(code, str(label))
        for code, label in PROTECTION_STEPS.items()
    ]
    return noted, steps


def in_words(content: Mapping[str, Any]) -> list[Fact]:
    """A record's fields, label beside value."""
    found = []
    for name, value in content.items():
        label, words = FIELDS[name]() if name in FIELDS else (name, {})
        many = value if isinstance(value, list) else [value]
        found.append(Fact(label, ", ".join(str(_word(words, one)) for one in many)))
    return found


def _word(words: Mapping[str, Any], one: Any) -> Any:
    found = words.get(one)
    return one if found is None else _(found) if isinstance(found, str) else found


def _content(row: Record, key: ContentKey) -> dict[str, Any]:
    try:
        found: dict[str, Any] = key.json(row, "content") or {}
    except SealError:
        return {"text": str(UNREADABLE)}
    return found


def measures(case: Case, key: ContentKey, names: Mapping[UUID, str], today: date) -> list[Task]:
    """Measures, those that are left first."""
    rows = sorted(
        Measure.objects.filter(report=case.report), key=lambda row: (row.done_on is not None, row.due_on)
    )
    return [
        Task(
            row.pk,
            key.text(row, "what"),
            names.get(row.responsible_id, ""),
            row.due_on,
            row.done_on,
            row.done_on is None and row.due_on < today,
        )
        for row in rows
    ]


def people_in(case: Case) -> set[UUID | None]:
    """Everybody whose name the page may need."""
    found: set[UUID | None] = {case.report.owner_id, case.report.proposer_id, case.report.hold_by_id}
    for member in case.members:
        found |= {member.person_id, member.proposed_by_id, member.confirmed_by_id}
    return found
