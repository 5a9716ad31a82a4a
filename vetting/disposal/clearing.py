"""What goes with each kind of record: the columns that are emptied, and the rows whose whole history goes.

States, days and codes of the rows in use stay, so that figures count what they counted; nothing that names or describes
the finalist does. Votes keep who voted, and signatures stay: they are about those who opined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.covered import Covered
from vetting.policy import disposal
from vetting.policy.notes import KINDS, kinds_of
from vetting.recruitment.models import (
    Candidacy,
    Check,
    Engagement,
    Given,
    Note,
    Opinion,
    PoolClearance,
    PoolHolder,
    Vote,
    Waiver,
)


@dataclass(slots=True)
class Cleared:
    """Rows as they will be saved; `is_whole`: the key goes too, and the digests she was found by."""

    rows: list[Covered] = field(default_factory=list)
    is_whole: bool = False
    holders: list[UUID] = field(default_factory=list)
    """Clearances whose holder is forgotten."""

    def of_history(self) -> dict[type[Covered], list[UUID]]:
        """Model → the rows of which every earlier version goes."""
        found: dict[type[Covered], list[UUID]] = {}
        for row in self.rows:
            found.setdefault(type(row), []).append(row.pk)
        return found


def cleared(row: str, candidacy: Candidacy, on: date, *, is_engaged: bool) -> Cleared:
    """What is left of the finalist's records of the kind `row`, saved nowhere yet."""
    if row in disposal.WHOLE and not is_engaged:
        return _whole(candidacy, on)
    if row == disposal.MARK:
        candidacy.alias = candidacy.kept_at = ""
        candidacy.handlers, candidacy.changed_at = [], now()
        return Cleared([candidacy])
    if row == disposal.OPINION:
        return Cleared([*_opinions(candidacy, on), *_votes(candidacy)])
    if row == disposal.POOL:
        clearances = list(_clearances(candidacy, on))
        return Cleared(list(clearances), holders=[each.pk for each in clearances])
    found = Cleared(list(_checks(row, candidacy, on, is_engaged=is_engaged)))
    found.rows += _given(candidacy, [each.pk for each in found.rows])
    found.rows += _notes(candidacy, kinds_of(row))
    if row == "employment_follow_up":
        found.rows += _engagements(candidacy)
    return found


def _whole(candidacy: Candidacy, on: date) -> Cleared:
    candidacy.name = candidacy.contact = candidacy.number = None
    candidacy.number_kind = Candidacy.NumberKind.NONE
    candidacy.is_protected = candidacy.known_person = False
    candidacy.alias = candidacy.kept_at = ""
    candidacy.handlers, candidacy.answers = [], {}
    candidacy.disposed_on, candidacy.changed_at = on, now()
    checks = [_emptied(check, on) for check in Check.objects.filter(candidacy=candidacy, disposed_on=None)]
    clearances = list(_clearances(candidacy, on))
    rows: list[Covered] = [
        candidacy,
        *checks,
        *_given(candidacy, None),
        *_notes(candidacy, KINDS),
        *_opinions(candidacy, on),
        *_votes(candidacy),
        *_waivers(candidacy),
        *_engagements(candidacy),
        *clearances,
    ]
    return Cleared(rows, is_whole=True, holders=[each.pk for each in clearances])


def _checks(row: str, candidacy: Candidacy, on: date, *, is_engaged: bool) -> Iterator[Covered]:
    codes = {disposal.YEARLY} if row == disposal.DECLARATION else disposal.checks_of(row)
    for check in Check.objects.filter(candidacy=candidacy, code__in=sorted(codes), disposed_on=None):
        if row in disposal.NOTES and is_engaged:
            # Of a note nothing is left: not that it was made, nor when.
            check.state, check.outcome, check.reason = Check.State.NOT_STARTED, "", ""
            check.evidence_on = check.recorded_by = check.recorded_on = None
            check.deviated = False
        yield _emptied(check, on)


def _emptied(check: Check, on: date) -> Check:
    check.evidence = check.assessment = check.valid_until = check.reused_from = None
    check.disposed_on, check.changed_at = on, now()
    return check


def _opinions(candidacy: Candidacy, on: date) -> Iterator[Covered]:
    for opinion in Opinion.objects.filter(candidacy=candidacy, disposed_on=None):
        opinion.recommendation = opinion.escalation_reason = None
        opinion.escalation_decision = opinion.set_aside_reason = None
        opinion.basis, opinion.disposed_on, opinion.changed_at = {}, on, now()
        yield opinion


def _votes(candidacy: Candidacy) -> Iterator[Covered]:
    for vote in Vote.objects.filter(candidacy=candidacy, ballot__isnull=False):
        vote.ballot = None
        yield vote


def _waivers(candidacy: Candidacy) -> Iterator[Covered]:
    for waiver in Waiver.objects.filter(candidacy=candidacy):
        waiver.reason, waiver.changed_at = None, now()
        yield waiver


def _given(candidacy: Candidacy, checks: Iterable[UUID] | None) -> Iterator[Covered]:
    rows: Any = Given.objects.filter(candidacy=candidacy)
    for given in rows if checks is None else rows.filter(of_check__in=list(checks)):
        given.content = None
        yield given


def _notes(candidacy: Candidacy, kinds: Collection[str]) -> Iterator[Covered]:
    for note in Note.objects.filter(candidacy=candidacy, kind__in=sorted(kinds), text__isnull=False):
        note.text = None
        yield note


def _engagements(candidacy: Candidacy) -> Iterator[Covered]:
    for engagement in Engagement.objects.filter(candidacy=candidacy):
        engagement.answers, engagement.renewals = {}, {}
        yield engagement


def _clearances(candidacy: Candidacy, on: date) -> Iterator[PoolClearance]:
    for clearance in PoolClearance.objects.filter(candidacy=candidacy, disposed_on=None):
        clearance.parts, clearance.first_to_lapse = {}, ""
        clearance.disposed_on, clearance.changed_at = on, now()
        yield clearance


def forget_holders(clearances: Iterable[UUID]) -> None:
    """Whose the clearances were is told by a digest beside the history: it goes with them."""
    PoolHolder.objects.filter(clearance__in=list(clearances)).delete()
