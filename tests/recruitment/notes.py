"""Notes as people write and read them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.recruitment.walk import Walk
from vetting.recruitment.actions.note import write_note
from vetting.recruitment.models import Note

CALL = "Ringde om startdagen. Kanariefågeln sjunger helst på måndagar."
REMINDER = "Kom ihåg att fråga om kanariefågeln innan vi ses på torsdag."


def write(
    walk: Walk,
    finalist: Any,
    kind: str = "file_note",
    text: str = CALL,
    *,
    by: str = "hr",
    corrects: UUID | None = None,
) -> UUID:
    """Write one; its id."""
    case = walk.case()
    note = write_note(
        case,
        by=walk.world.actor(by),
        candidacy=case.candidacy(finalist.pk),
        kind=kind,
        text=text,
        corrects=corrects,
    )
    return note.pk


def left(*notes: UUID) -> list[UUID]:
    """Those whose text is there."""
    return [pk for pk in notes if Note.objects.get(pk=pk).text is not None]
