"""The copy of what is held about the candidate (GDPR 15): details, checks, what she handed in, and who has read.

Left out are the reasons of an opinion, whose release is tried under the secrecy act, every name but her own, the inner
part of protective security, and comments: reminders in running text, which the right of access does not cover and which
go with the decision (lagen 2018:218 med kompletterande bestämmelser till EU:s dataskyddsförordning 5:2). A note that an
extract was shown never stands beside the outcome of somebody who was not engaged (skollagen 2:32).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.reveal import open_fields
from vetting.candidate.shown import name_of
from vetting.candidate.stay import Stay
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal
from vetting.policy.calendar import STOCKHOLM, today_stockholm
from vetting.policy.engagement_forms import FORMS
from vetting.policy.notes import FILE_NOTE
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.candidate_page import OVER, ROLE, WHO, ended_on
from vetting.recruitment.candidate_panel import FIELDS, UNREADABLE
from vetting.recruitment.check_page import opened_facts
from vetting.recruitment.engine.progress import DECIDED
from vetting.recruitment.engine.rows import Row, candidacy_rows, stored_row
from vetting.recruitment.given_facts import given_words, handed_in
from vetting.recruitment.labels import check_state, state_label
from vetting.recruitment.models import CandidateLink, Check, Given
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.printing import statute_of
from vetting.recruitment.queries.notes import notes_of
from vetting.recruitment.telling import told
from vetting.web.parts import Fact

METHODS = ("paper", "file")
SEALED = ("assessment", "contact", "evidence", "handed_in", "name", "notes", "number")
READINGS = ("candidacy.revealed", "check.revealed", "note.revealed")
NOTHING = {"nothing_declared"}
SOMETHING = {"managed", "adjusted", "prohibited"}
"""Outcomes that say of a declaration that it told of nothing, or of something."""
SKIPPED = {"security_opinion", "decision"}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the copy."""

    title: str
    rows: list[Fact]


def copy_of(stay: Stay, method: str) -> list[Section]:
    """Everything that is held, opened under an entry that is written first. `method`: a code of METHODS."""
    case, candidacy = stay.case, stay.candidacy
    facts = {
        "role": ROLE,
        "reference": case.recruitment.reference,
        "candidacy": candidacy.label,
        "method": method,
    }
    opening = open_fields(
        WHO, "candidate_page.copied", subject=case.pk, facts=facts, fields=SEALED, purpose="own_record"
    )
    found = [
        Section(_("Dina uppgifter"), list(_person(stay, opening))),
        Section(_("Rekryteringen"), list(_recruitment(stay))),
        *_checks(stay, opening),
        Section(_("Det du har lämnat"), list(_given(stay, opening))),
        Section(_("Tjänsteanteckningar"), list(_notes(stay, opening))),
        Section(_("Bedömning och beslut"), list(_decision(stay))),
        Section(_("Vem som har öppnat dina uppgifter"), list(_readings(stay))),
    ]
    return [section for section in found if section.rows]


def as_json(sections: list[Section], made_at: datetime) -> str:
    """The copy for a machine: sections of labels and values, in the order of the page."""
    content = {
        "format": "vetting.candidate.record/1",
        "made_at": made_at.isoformat(timespec="seconds"),
        "sections": [
            {
                "title": section.title,
                "rows": [
                    {"label": fact.label, "value": _plain(fact.value)}
                    | ({"note": fact.note} if fact.note else {})
                    for fact in section.rows
                ],
            }
            for section in sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _person(stay: Stay, opening: Opening) -> Iterator[Fact]:
    for field, label in FIELDS.items():
        if getattr(stay.candidacy, field) is None:
            continue
        try:
            yield Fact(_(label), unseal(stay.candidacy, field, opening))
        except SealError:
            yield Fact(_(label), _(UNREADABLE))
    said = {True: _("Ja"), False: _("Nej")}
    for code, value in stay.candidacy.answers.items():
        if code in QUESTIONS and value is not None:
            yield Fact(_(QUESTIONS[code].text), said[bool(value)])


def _recruitment(stay: Stay) -> Iterator[Fact]:
    case = stay.case
    yield Fact(_("Referens"), f"{case.recruitment.reference} · {stay.candidacy.label}")
    yield Fact(_("Befattning"), case.position.title)
    yield Fact(_("Enhet"), f"{case.unit.name}, {case.authority.name}")
    yield Fact(_("Anställningsform"), _(FORMS[case.recruitment.form].name))
    yield Fact(_("Inlagd"), stay.candidacy.created_on)
    last = ended_on(case, stay.candidacy)
    if last is not None:
        yield Fact(_("Avslutad"), last)
    for link in CandidateLink.objects.filter(candidacy=stay.candidacy).order_by("entry"):
        yield Fact(_("Kod till sidan utlämnad"), link.issued_on)


def _checks(stay: Stay, opening: Opening) -> Iterator[Section]:
    for row in candidacy_rows(stay.case, stay.candidacy):
        if row.spec.visible_to != "all" or row.spec.code in SKIPPED:
            continue
        if row.is_shown_only and stay.candidacy.state in OVER:
            continue
        yield Section(name_of(row.spec.code), list(_check(row, opening)))


def _check(row: Row, opening: Opening) -> Iterator[Fact]:
    outcome = outcome_label(row)
    state = check_state(row)
    yield Fact(_("Läge"), f"{state}: {outcome}" if outcome and outcome != state else state)
    yield Fact(_("Lagstöd"), statute_of(row.spec.code))
    check = row.check
    if check is None:
        return
    for label, day in (
        (_("Antecknad"), check.recorded_on),
        (_("Uppgiften avser"), check.evidence_on),
        (_("Giltigt till och med"), check.valid_until),
        (_("Du fick veta det"), check.told_on),
        (_("Ditt svar"), check.replied_on),
        (_("Bedömd"), check.assessed_on),
    ):
        if day is not None:
            yield Fact(label, day)
    if check.evidence is not None or check.assessment is not None:
        yield from opened_facts(check, opening)


def _given(stay: Stay, opening: Opening) -> Iterator[Fact]:
    for each in Given.objects.filter(candidacy=stay.candidacy):
        fact, check = handed_in(each), stay.case.check(each.of_check_id)
        said = [name_of(check.code), fact.note, _beside(stay, each, check)]
        yield Fact(fact.label, fact.value, note=". ".join(part for part in said if part))
        yield from given_words([each], opening)


def _notes(stay: Stay, opening: Opening) -> Iterator[Fact]:
    """The file's notes about her, the first one first; who wrote them stands in the log."""
    for note in notes_of(stay.case, stay.candidacy).filter(kind=FILE_NOTE).reverse():
        label = date_format(timezone.localtime(note.written_at, STOCKHOLM), "j b Y H:i")
        what = _("Rättar en tidigare anteckning") if note.corrects_id else ""
        try:
            yield Fact(label, unseal(note, "text", opening), note=what)
        except SealError:
            yield Fact(label, _(UNREADABLE), note=what)


def _beside(stay: Stay, given: Given, check: Check) -> str:
    """Why her declaration says other than what is noted of the check, or "" where it does not."""
    noted = check.outcome in NOTHING if given.answer == Given.Answer.SOMETHING else check.outcome in SOMETHING
    if given.kind != Given.Kind.DECLARATION or not noted or check.recorded_on is None:
        return ""
    outcome = outcome_label(stored_row(stay.case, check, stay.candidacy, stay.case.today))
    return _(
        "Skiljer sig från det som antecknades om kontrollen %(day)s: ”%(noted)s”. Det kommer från ett annat samtal, "
        "ditt eget står som du lämnade det, och båda sparas. Är anteckningen fel kan du begära att den rättas"
    ) % {"day": date_format(check.recorded_on, "j b Y"), "noted": outcome}


def _decision(stay: Stay) -> Iterator[Fact]:
    case, candidacy = stay.case, stay.candidacy
    opinion = case.current_opinion(candidacy)
    if opinion is not None:
        # The result is told when the matter is decided; until then it is part of how the decision is prepared.
        over = candidacy.state in OVER | DECIDED
        words = state_label("opinion", str(opinion.state)) if over else _("Begärt")
        note = _(
            "Skälen prövas för utlämnande enligt offentlighets- och sekretesslagen: begär dem hos myndigheten."
        )
        yield Fact(_("Säkerhetsyttrande"), words, note=note)
    decision = case.decision_of(candidacy)
    if decision is not None:
        yield Fact(_(FORMS[case.recruitment.form].decision_name), decision.decided_on)


def _readings(stay: Stay) -> Iterator[Fact]:
    entries = Entry.objects.filter(subject=stay.case.pk, action__in=READINGS).order_by("id")
    for entry in entries:
        if entry.facts.get("candidacy") == stay.candidacy.label:
            who, what = told(entry.action, entry.facts)
            yield Fact(f"{who} {what}", today_stockholm(entry.time))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)
