"""A lot that two have decided on is carried out: finalist by finalist, each in a transaction of her own.

What is asked again for each, under lock: that the lot stands, that she is in its frozen list, that her day is still the
one of the list, and that nothing holds it. Whoever is stopped half-way goes on where she stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.clock import now
from audit.erasing import erase, named, versions
from audit.progress import Progress
from audit.recorder import Who, act
from vetting.crypto import keystore
from vetting.disposal.clearing import cleared, forget_holders
from vetting.disposal.jobs import finish_keys
from vetting.disposal.lots import are_one, digest_of, first_day, listed
from vetting.disposal.models import Disposed, Lot
from vetting.disposal.queries.due import candidates_for, judged_of
from vetting.policy.calendar import today_stockholm
from vetting.policy.workflow import next_state
from vetting.recruitment import search_index
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy

SYSTEM = Who(person_id=None, account_id=None, role="system")


class NotDecided(Exception):
    """The lot may not be carried out; the text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """How many of the list were disposed of, and how many were left."""

    disposed: int
    left: int


def ready(on: date) -> list[Lot]:
    """The lots that two have decided on and whose days of grace are over, the oldest first."""
    rows = Lot.objects.filter(state=Lot.State.CONFIRMED).order_by("answered_on", "number")
    return [lot for lot in rows if (first_day(lot) or date.max) <= on]


def carry_out(pk: UUID, *, progress: Progress | None = None) -> Result:
    """Dispose of what the lot lists and is still due. Raises NotDecided; Lot.DoesNotExist."""
    on = today_stockholm(now())
    lot = Lot.objects.get(pk=pk)
    _require_decided(lot, on)
    whom = listed(lot)
    for number, (candidacy, day) in enumerate(whom.items(), 1):
        _one(pk, candidacy, day, on)
        if progress is not None:
            progress(number, len(whom))
    finish_keys()
    return _complete(pk, on)


def _require_decided(lot: Lot, on: date) -> None:
    """Raises NotDecided: fewer than two persons, too early, another list than the one they decided on."""
    first = first_day(lot)
    if lot.state != Lot.State.CONFIRMED or lot.answered_by_id is None or first is None:
        raise NotDecided(f"{lot.number} has not been decided on")
    if are_one(lot.proposed_by_id, lot.answered_by_id):
        raise NotDecided(f"{lot.number} was put forward and decided on by one person")
    if on < first:
        raise NotDecided(f"{lot.number} may be carried out from {first}")
    if digest_of(lot.listing) != lot.digest:
        raise NotDecided(f"{lot.number} has another list than the one that was decided on")


def _one(lot_pk: UUID, pk: UUID, day: date, on: date) -> None:
    """Dispose of one finalist's records, where she is still due on the day of the list."""
    found = Candidacy.objects.filter(pk=pk).values_list("recruitment", flat=True).first()
    if found is None:
        return
    with Case.locked(found) as case:
        # A stop that somebody signed meanwhile comes before the next one.
        lot = Lot.objects.select_for_update(of=("self",)).get(pk=lot_pk)
        _require_decided(lot, on)
        item = next(judged_of(lot.row, candidates_for(lot.row).filter(pk=pk), on), None)
        if item is None or not item.standing.is_due or item.standing.due_on != day:
            return
        candidacy = Candidacy.objects.get(pk=pk)
        what = cleared(lot.row, candidacy, on, is_engaged=item.of.is_engaged)
        doomed = {model: versions(model, rows) for model, rows in what.of_history().items()}
        proof = Disposed(
            lot=lot, row=lot.row, recruitment=case.recruitment, candidacy=candidacy, disposed_on=on,
            rows=named(doomed),
        )  # fmt: skip
        said = {
            "role": SYSTEM.role, "reference": case.recruitment.reference, "candidacy": candidacy.label,
            "retention": lot.row, "lot": lot.number, "count": len(proof.rows.split()),
        }  # fmt: skip
        with act("disposal.carried_out", SYSTEM, subject=case.pk, facts=said) as entry:
            for row in what.rows:
                entry.save(row)
            entry.save(proof)
        erase(proof.entry_id, doomed)
        forget_holders(what.holders)
        if what.is_whole:
            search_index.drop(candidacy)
            transaction.on_commit(lambda: _destroy(pk))


def _destroy(key: UUID) -> None:
    keystore.destroy(key)


def _complete(pk: UUID, on: date) -> Result:
    with transaction.atomic():
        lot = Lot.objects.select_for_update(of=("self",)).get(pk=pk)
        _require_decided(lot, on)
        lot.state, lot.carried_out_on = next_state("disposal", "carry_out", lot.state), on
        lot.disposed = Disposed.objects.filter(lot=lot).count()
        lot.left = lot.count - lot.disposed
        said = {"role": SYSTEM.role, "lot": lot.number, "count": lot.disposed, "left": lot.left}
        with act("disposal.completed", SYSTEM, subject=lot.pk, facts=said, seal=True) as entry:
            entry.save(lot)
    return Result(lot.disposed, lot.left)
