"""What stands on paper: the candidate's information and form, and the whole recruitment for the registrar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.policy.calendar import today_stockholm
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.field_labels import field_label
from vetting.policy.grounds import GROUNDS
from vetting.policy.information import CandidateLine, candidate_information
from vetting.policy.notes import FILE_NOTE
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import confirmed_in
from vetting.recruitment.engine.progress import required, state_shown
from vetting.recruitment.engine.rows import Row, candidacy_rows, recruitment_rows
from vetting.recruitment.labels import check_state, state_label
from vetting.recruitment.models import Candidacy, Check, Note
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.queries.notes import notes_of
from vetting.web.parts import Fact


@dataclass(frozen=True, slots=True)
class PrintedCheck:
    """One check on paper: what is open about it, and the names of what lies sealed."""

    name: str
    state: str
    statute: str
    who: str
    day: date | None
    facts: tuple[Fact, ...]
    sealed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedFinalist:
    """One finalist on paper, never with a name."""

    label: str
    state: str
    facts: tuple[Fact, ...]
    checks: tuple[PrintedCheck, ...]
    sealed: tuple[str, ...]


def information_for(case: Case, candidacy: Candidacy) -> tuple[CandidateLine, ...]:
    """The lines of the information to one finalist, from the checks of her very post, form and answers."""
    lines = candidate_information(required(case, {**case.recruitment.answers, **candidacy.answers}))
    return tuple(
        replace(
            line,
            name=_(line.name),
            statute=_(line.statute),
            recorded=tuple(map(_, line.recorded)),
            never=tuple(map(_, line.never)),
        )
        for line in lines
    )


def declared_parts(case: Case, candidacy: Candidacy) -> tuple[tuple[str, str], ...]:
    """Which parts of the declaration form this post asks for, each with its section; a side job is always asked about.

    A declaration of interests covers companies too.
    """
    in_play = set(required(case, {**case.recruitment.answers, **candidacy.answers}).in_play)
    parts = {
        "secondary_job": "secondary_job",
        "conflict": "candidate_coi",
        "companies": "company_roles" if "company_roles" in in_play else "candidate_coi",
    }
    return tuple(
        (part, statute_of(code)) for part, code in parts.items() if code in in_play or part == "secondary_job"
    )


def statute_of(check: str) -> str:
    """The section that carries a check."""
    return _(GROUNDS[CHECKPOINTS[check].ground].statute)


def printed_checks(rows: list[Row]) -> tuple[PrintedCheck, ...]:
    """The rows of a group on paper."""
    found = []
    for row in rows:
        check, outcome = row.check, outcome_label(row)
        said = f"{check_state(row)}: {outcome}" if outcome else check_state(row)
        found.append(
            PrintedCheck(
                _(row.spec.name),
                said,
                statute_of(row.spec.code),
                check.recorded_by.display_name if check is not None and check.recorded_by else "",
                check.recorded_on if check is not None else None,
                _open_facts(check),
                _sealed_in(check),
            )
        )
    return tuple(found)


def _open_facts(check: Check | None) -> tuple[Fact, ...]:
    if check is None:
        return ()
    facts = [Fact(_(field_label(check.code, name)), _plain(value)) for name, value in check.facts.items()]
    if check.evidence_on is not None and not check.facts:
        facts.append(Fact(_("Underlaget är från"), check.evidence_on))
    return tuple(facts)


def _sealed_in(check: Check | None) -> tuple[str, ...]:
    if check is None:
        return ()
    named = (
        (
            check.evidence,
            ", ".join(_(field_label(check.code, f.name)) for f in CHECKPOINTS[check.code].fields),
        ),
        (check.assessment, _("Bedömning")),
    )
    return tuple(name for value, name in named if value is not None)


def _plain(value: object) -> object:
    return {True: _("Ja"), False: _("Nej")}[value] if isinstance(value, bool) else value


def printed_finalist(case: Case, candidacy: Candidacy, notes: Sequence[Note] = ()) -> PrintedFinalist:
    """One finalist with her checks, opinion and decision; what is sealed is listed, not shown, the file's notes too."""
    decision = case.decision_of(candidacy)
    facts = [
        Fact(_("Inlagd"), candidacy.created_on),
        Fact(_("Gick vidare till slutkontroll"), candidacy.proceeded_on or "–"),
    ]
    for opinion in (o for o in case.opinions if o.candidacy_id == candidacy.pk):
        label = _("Säkerhetsyttrande, omgång %(round)s") % {"round": opinion.round}
        facts.append(Fact(label, state_label("opinion", str(opinion.state))))
        facts += confirmed_in(case, opinion)
    if decision is not None:
        facts.append(Fact(_("Beslut"), decision.decided_on))
    own = (
        (candidacy.name, _("Namn")),
        (candidacy.contact, _("Kontaktuppgifter")),
        (candidacy.number, _("Nummer")),
    )
    return PrintedFinalist(
        candidacy.label,
        state_label("candidacy", state_shown(case, candidacy)),
        tuple(facts),
        printed_checks(candidacy_rows(case, candidacy)),
        (*(name for value, name in own if value is not None), *map(_noted, notes)),
    )


def _file_notes(case: Case) -> dict[UUID, list[Note]]:
    """Finalist → the notes of the file about her, in their order. A comment is no part of it."""
    found: dict[UUID, list[Note]] = {}
    for note in notes_of(case).filter(kind=FILE_NOTE).reverse():
        found.setdefault(note.candidacy_id, []).append(note)
    return found


def _noted(note: Note) -> str:
    day = date_format(today_stockholm(note.written_at), "j b Y")
    return _("Tjänsteanteckning %(day)s") % {"day": day}


def recruitment_sheet(case: Case, at: datetime) -> dict[str, object]:
    """Everything on the registrar's page, as of the moment `at`."""
    recruitment = case.recruitment
    answers = {True: _("Ja"), False: _("Nej")}
    notes = _file_notes(case)
    return {
        "case": case,
        "at": at,
        "facts": (
            Fact(_("Referens"), recruitment.reference),
            Fact(_("Diarienummer"), recruitment.diary_number or "–"),
            Fact(_("Befattning"), case.position.title),
            Fact(_("Enhet"), case.unit.name),
            Fact(_("Myndighet"), case.authority.name),
            Fact(_("Ansvarig chef"), case.manager.display_name),
            Fact(_("Anställningsform"), _(FORMS[recruitment.form].name)),
            Fact(_("Antal platser"), recruitment.places),
            Fact(
                _("Kontrollprofiler"),
                ", ".join(_(PROFILES[code].name) for code in recruitment.profiles) or "–",
            ),
            Fact(_("Läge"), state_label("recruitment", str(recruitment.state))),
            Fact(_("Skapad"), recruitment.created_on),
            Fact(_("Öppnad"), recruitment.opened_on or "–"),
            Fact(_("Avslutad"), recruitment.ended_on or "–"),
        ),
        "answers": tuple(
            Fact(_(QUESTIONS[code].text), answers[value])
            for code in required(case).questions
            if (value := recruitment.answers.get(code)) is not None
        ),
        "checks": printed_checks(recruitment_rows(case)),
        "finalists": tuple(
            printed_finalist(case, candidacy, notes.get(candidacy.pk, ())) for candidacy in case.candidacies
        ),
        "declared": tuple(
            (recusal.person.display_name, state_label("recusal", str(recusal.state)), recusal.declared_on)
            for recusal in case.recusals
            if not recusal.person.is_protected
        ),
    }
