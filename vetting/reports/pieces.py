"""A report in parts, each of which can be given out or masked by itself. The name is none of them.

What the name is, one asks for by the way of two persons (`actions.identity`), and it goes by no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Model
from django.utils.translation import gettext as _

from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.reports import shown
from vetting.reports.case import Case
from vetting.reports.files.words import IS_A
from vetting.reports.labels import MESSAGE_KINDS, RECORD_KINDS, UNREADABLE
from vetting.reports.models import File, Measure, Message, Record, Report
from vetting.web.parts import Fact

Reader = Callable[[ContentKey], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One part, opened: its code, what it is, and its text."""

    code: str
    label: str
    text: str


def outline(case: Case) -> list[tuple[str, str]]:
    """Code and label of each part, in the order of a reader. Opens nothing."""
    return [(code, label) for code, label, _read in _parts(case)]


def pieces(case: Case, key: ContentKey) -> list[Piece]:
    """Every part that holds something, opened; one that is damaged says so in its place."""
    opened = (Piece(code, label, _opened(read, key)) for code, label, read in _parts(case))
    return [piece for piece in opened if piece.text]


def _opened(read: Reader, key: ContentKey) -> str:
    try:
        return read(key)
    except SealError:
        return str(UNREADABLE)


def _parts(case: Case) -> Iterator[tuple[str, str, Reader]]:
    report = case.report
    if report.facts is not None:
        yield "facts", _("Kodade uppgifter"), partial(_answers, report)
    for field, label in (("contact", _("Så nås personen")), ("other_person", _("Vem det hände"))):
        if getattr(report, field) is not None:
            yield field, label, partial(_text, report, field)
    for message in Message.objects.filter(report=report).order_by("number"):
        label = f"{MESSAGE_KINDS[message.kind]}, {message.day.isoformat()}"
        yield f"message:{message.number}", label, partial(_text, message, "body")
    for record in Record.objects.filter(report=report).order_by("day", "entry_id"):
        label = f"{RECORD_KINDS[record.kind]}, {record.day.isoformat()}"
        yield f"record:{record.pk.hex}", label, partial(_recorded, record)
    for measure in Measure.objects.filter(report=report).order_by("due_on", "id"):
        label = _("Åtgärd, klar senast %(day)s") % {"day": measure.due_on.isoformat()}
        yield f"measure:{measure.pk.hex}", label, partial(_text, measure, "what")
    for file in File.objects.filter(report=report):
        label = _("Fil %(number)s, %(day)s") % {"number": file.number, "day": file.day.isoformat()}
        yield f"file:{file.number}", label, partial(_filed, file)


def _text(row: Model, field: str, key: ContentKey) -> str:
    return key.text(row, field)


def _filed(file: File, key: ContentKey) -> str:
    """A file is named in its place, and goes by itself: no text can show what it shows."""
    return _("%(kind)s. Den rensade kopian lämnas för sig.") % {"kind": IS_A[str(file.kind)]}


def _answers(report: Report, key: ContentKey) -> str:
    return _listed(shown.coded(key.json(report, "facts") or {}))


def _recorded(row: Record, key: ContentKey) -> str:
    return _listed(shown.in_words(key.json(row, "content") or {}))


def _listed(facts: list[Fact]) -> str:
    return "\n".join(f"{_heading(str(fact.label))}{fact.value}" for fact in facts)


def _heading(label: str) -> str:
    """A question ends in its own sign."""
    return "" if not label else f"{label} " if label.endswith("?") else f"{label}: "
