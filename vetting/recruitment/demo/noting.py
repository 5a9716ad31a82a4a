"""The demonstration's notes: calls and reminders, a correction, one that has been read, and a call after a decision.

Told after the recruitments, on the live database, by the acts that people use.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from audit import clock
from audit.sealer import seal_pending
from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.reveal import open_fields
from vetting.policy.notes import COMMENT, FILE_NOTE
from vetting.recruitment.actions.note import kinds_open, write_note
from vetting.recruitment.case import Case
from vetting.recruitment.demo.everyday import assigned_hr, manager_of
from vetting.recruitment.demo.pool import moments
from vetting.recruitment.models import Candidacy, Note, Recruitment

BY_HR = "act_as_hr_officer"
GOING_ON, DECIDED = 6, 2
"""Recruitments that notes are written in: before the decision, and after it."""
CALLS = (
    "Ringde om startdagen. Har en månads uppsägningstid och kan börja den första i månaden efter beslutet.",
    "Referenten återkom per telefon och nås vardagar efter klockan 13. Samtal bokat till torsdag.",
    "Frågade hur länge handlingarna sparas. Fick besked om fristen och var den står.",
)
RIGHT = "Rättelse: uppsägningstiden är två månader, inte en. Kandidaten hörde av sig igen om det."
REMINDERS = (
    "Stäm av startdagen med chefen innan beslutet skrivs.",
    "Påminn om intyget från den förra arbetsgivaren på fredag.",
)
AFTERWARDS = (
    "Ringde och tackade för beskedet. Vill ha avtalet skickat hem. Adressen finns i personalsystemet."
)


def fill() -> None:
    """A few notes of both kinds. A tiny town has fewer."""
    when = moments()
    open_ones = Recruitment.objects.filter(state=Recruitment.State.OPEN, on_hold=False)
    told = 0
    for pk in _newest(open_ones, GOING_ON):
        told += _going_on(pk, told, when)
    for pk in _newest(Recruitment.objects.filter(state=Recruitment.State.ONBOARDING), DECIDED):
        with clock.at(next(when)), Case.locked(pk) as case:
            hr = assigned_hr(case)
            found = _about(case, FILE_NOTE, hr)
            if found is not None and case.decision_of(found) is not None:
                write_note(case, by=hr, candidacy=found, kind=FILE_NOTE, text=AFTERWARDS)
    seal_pending()


def _newest(rows: QuerySet[Recruitment], count: int) -> list[UUID]:
    """The newest recruitments with somebody to write about; in the order of their references."""
    found = rows.filter(candidacies__is_protected=False, grants__permission__codename=BY_HR).distinct()
    return list(found.order_by("-reference").values_list("pk", flat=True)[:count])


def _going_on(pk: UUID, number: int, when: Iterator[datetime]) -> bool:
    """HR notes a call, the manager a reminder in every other one; in the first HR is put right, and it is read.

    Whether there was anything to note, and somebody to do it.
    """
    with clock.at(next(when)), Case.locked(pk) as case:
        hr, manager = assigned_hr(case), manager_of(case)
        about = _about(case, COMMENT, hr, manager)
        if about is None:
            return False
        call = write_note(case, by=hr, candidacy=about, kind=FILE_NOTE, text=CALLS[number % len(CALLS)])
        if number % 2 == 0:
            text = REMINDERS[number // 2 % len(REMINDERS)]
            write_note(case, by=manager, candidacy=about, kind=COMMENT, text=text)
    if number == 0:
        with clock.at(next(when)), Case.locked(pk) as case:
            own = case.candidacy(about.pk)
            _read(case, manager, own, call)
            write_note(case, by=hr, candidacy=own, kind=FILE_NOTE, text=RIGHT, corrects=call.pk)
    return True


def _about(case: Case, kind: str, *writers: Actor) -> Candidacy | None:
    """The first finalist of whom such a note may be written; None where one of the writers stands aside here."""
    if not all(ask(actor, "note.add", case.facts_for(actor)).allowed for actor in writers):
        return None
    return next((one for one in case.candidacies if kind in kinds_open(case, one)), None)


def _read(case: Case, actor: Actor, about: Candidacy, note: Note) -> None:
    role = case.require(actor, "note.reveal").role
    said = {
        "role": role,
        "reference": case.recruitment.reference,
        "candidacy": about.label,
        "note_kind": note.kind,
    }
    open_fields(
        actor.who(role),
        "note.revealed",
        subject=case.pk,
        facts=said,
        fields=["note"],
        purpose="prepare_decision",
    )
