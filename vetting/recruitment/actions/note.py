"""A note is written, and never changed: a correction is another note, and both stand."""

from __future__ import annotations

from uuid import UUID, uuid4

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_into
from vetting.policy.notes import COMMENT, FILE_NOTE, KINDS, LONGEST
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Note, Recruitment

BEFORE_DECISION = {Recruitment.State.DRAFT, Recruitment.State.OPEN}


def kinds_open(case: Case, candidacy: Candidacy) -> tuple[str, ...]:
    """The kinds of note that may be written about the finalist now.

    None about a person with protected identity, whose matter is on paper, nor about one whose records are disposed
    of. No comment when what it was a reminder for is decided or over: it would be due for disposal as it is written.
    """
    if candidacy.is_protected or candidacy.disposed_on is not None:
        return ()
    is_over = candidacy.ended_on is not None or case.decision_of(candidacy) is not None
    if is_over or case.recruitment.state not in BEFORE_DECISION:
        return (FILE_NOTE,)
    return (FILE_NOTE, COMMENT)


def write_note(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    kind: str,
    text: str,
    corrects: UUID | None = None,
    once: Once = None,
) -> Note:
    """Write one note about the finalist (förvaltningslagen 27 §). Also while the recruitment is on hold: people call.

    `corrects`: the note that is put right, whose kind the correction has too. Raises Denied, WrongState, BadInput.
    """
    answer = case.require(by, "note.add", candidacy=candidacy)
    may_be = kinds_open(case, candidacy)
    if not may_be:
        raise WrongState("note", "write", "no_notes")
    wrong = None if corrects is None else _to_correct(candidacy, corrects)
    kind = kind if wrong is None else str(wrong.kind)
    _require_typed(kind, may_be, text)
    note = Note(
        id=uuid4(), recruitment=case.recruitment, candidacy=candidacy, kind=kind, written_by_id=by.person_id,
        written_at=now(), corrects=wrong,
    )  # fmt: skip
    seal_into(note, "text", text.strip())
    with case.act("note.added", by, answer.role, candidacy=candidacy, once=once, note_kind=kind) as entry:
        entry.save(note)
    return note


def _to_correct(candidacy: Candidacy, pk: UUID) -> Note:
    """Raises WrongState where there is no such note about her, or its text has gone."""
    found = Note.objects.filter(pk=pk, candidacy=candidacy, text__isnull=False).first()
    if found is None:
        raise WrongState("note", "correct", "note_gone")
    return found


def _require_typed(kind: str, may_be: tuple[str, ...], text: str) -> None:
    errors = {}
    if kind not in KINDS:
        errors["kind"] = "choice"
    elif kind not in may_be:
        errors["kind"] = "comment_over"
    if not text.strip():
        errors["text"] = "required"
    elif len(text.strip()) > LONGEST:
        errors["text"] = "too_long"
    if errors:
        raise BadInput(**errors)


def forget_notes(entry: Act, candidacy: Candidacy) -> None:
    """The finalist has a protected identity: what was noted about her goes, and her key with it."""
    for note in Note.objects.filter(candidacy=candidacy, text__isnull=False):
        note.text = None
        entry.save(note)
