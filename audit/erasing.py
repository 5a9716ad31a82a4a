"""What disposal takes out of the history, and how a missing row is told from a stolen one.

Two persons decide on a lot; the act that carries it out writes a *proof*, a covered row whose column `rows` names every
history row that goes with it. Only then does the database let those rows and their blinds go. The commitments stay in
the log, can be shown to nobody and guessed by nobody. Whoever verifies allows exactly the rows of such proofs to be
missing: a row that is gone without one is a finding, and so is a proof that two persons have not decided on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from audit import reading, writing
from audit.covered import Covered
from audit.finding import Finding
from audit.models import Blind, Entry, Erased
from audit.plan import Plan, plan_by_label, plan_of

PROOF: Final = "disposal.disposed"
"""The label of the proofs; what they prove is theirs to know."""
DECIDES: Final = ("disposal.proposed", "disposal.confirmed")
"""The acts by which two persons decide on a lot; the fact `lot` says on which."""
REJECTS: Final = "disposal.rejected"
CARRIES_OUT: Final = "disposal.carried_out"
_BATCH: Final = 300
Doomed = Mapping[type[Covered], Collection[UUID]]
"""Covered model → keys of its history rows."""


def versions(model: type[Covered], rows: Collection[UUID]) -> list[UUID]:
    """The keys of every history row there is of these rows, oldest first."""
    history: Any = plan_of(model).history._default_manager
    return list(history.filter(id__in=list(rows)).order_by("entry_id").values_list("history_id", flat=True))


def named(doomed: Doomed) -> str:
    """History rows as the proof names them: hexadecimal, in order, spaces between."""
    return " ".join(sorted(key.hex for keys in doomed.values() for key in keys))


def erase(entry: int, doomed: Doomed) -> None:
    """Take the rows out of the history, with their blinds: in the transaction of the act `entry`, after it.

    Raises IntegrityError where the database does not find that the act names them.
    """
    with transaction.atomic():
        for model, keys in doomed.items():
            table = plan_of(model).history._meta.db_table
            left = iter(keys)
            while part := list(islice(left, _BATCH)):
                _erase(entry, table, part)


def _erase(entry: int, table: str, keys: list[UUID]) -> None:
    as_parameter, _ = writing.parameters(connection)
    values = [as_parameter(key) for key in keys]
    erased = Erased._meta.db_table
    rows = [(value, entry) for value in values]
    marks = ", ".join(["%s"] * len(values))
    # One after the other: a trigger does not see what another part of its own statement writes.
    for statement in (
        writing.insert(connection, erased, ("commit_id", "entry_id"), rows),
        (f'DELETE FROM "{table}" WHERE history_id IN ({marks})', values),
        (f'DELETE FROM "{Blind._meta.db_table}" WHERE commit_id IN ({marks})', values),
    ):
        writing.execute(connection, [statement])


def findings() -> Iterator[Finding]:
    """Proofs that two have not decided on, and rows that are told to be erased where no proof names them."""
    lots: dict[str, set[UUID | None]] = {}
    entries = Entry.objects.filter(action__in=(*DECIDES, REJECTS, CARRIES_OUT)).order_by("pk")
    done: set[int] = set()
    for entry in entries.iterator(reading.CHUNK):
        persons = lots.setdefault(str(entry.facts.get("lot")), set())
        if entry.action in DECIDES:
            persons.add(entry.actor_person)
        elif entry.action == REJECTS:
            persons.clear()
        else:
            done.add(entry.pk)
            if len(persons - {None}) < 2:
                yield Finding("disposal-undecided", entry.pk)
    plan = plan_by_label(PROOF)
    if plan is not None:
        yield from _against_proofs(plan, done)


def _against_proofs(plan: Plan, done: set[int]) -> Iterator[Finding]:
    """Each proof names what was erased by its own act, no more and no less."""
    told = Erased.objects.order_by("entry_id").values_list("entry_id", "commit_id").iterator(reading.CHUNK)
    by_entry: dict[int, set[UUID]] = {}
    for entry, key in told:
        by_entry.setdefault(entry, set()).add(key)
    history: Any = plan.history._default_manager
    for entry, rows, key in history.filter(history_type="+").values_list("entry_id", "rows", "id"):
        mine = by_entry.pop(entry, set())
        if entry not in done:
            yield Finding("disposal-undecided", entry, plan.label, key)
        if {each.hex for each in mine} != set(rows.split()):
            yield Finding("erased-otherwise", entry, plan.label, key)
    for entry, keys in by_entry.items():
        for stolen in sorted(keys, key=str):
            yield Finding("erased-without-proof", entry, row=stolen)
