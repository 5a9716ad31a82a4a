"""What is due to be disposed of on a day: for each kind of record the finalists it is about, the oldest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from vetting.disposal.queries.known import ENGAGED, SETTLED, Known, known
from vetting.policy import disposal
from vetting.policy.calendar import add_months
from vetting.policy.disposal import CARRIED_OUT, Standing, standing
from vetting.policy.notes import kinds_of
from vetting.policy.retention import RETENTION
from vetting.recruitment.models import Candidacy, Check, Decision, Note, Opinion, PoolClearance, Recruitment

MONTHS_DIFFER: Final = timedelta(days=3)
"""A month less and a month more need not be the same day: by three at the most."""
_OF_HER: Final = {"candidacy": OuterRef("pk")}
_CANCELLED: Final = Q(recruitment__state=Recruitment.State.CANCELLED)
_WITHDRAWN: Final = Q(state=Candidacy.State.WITHDRAWN)
_ENGAGED: Final = Q(state__in=ENGAGED)
_LEFT: Final = ~_ENGAGED & Q(recruitment__state__in=SETTLED)
"""Whoever is left without a place when all places are settled."""
_OF_THE_ROW: Final = {
    "candidacy_not_engaged": _LEFT & ~_WITHDRAWN & Q(is_protected=False),
    "candidacy_withdrawn": _LEFT & _WITHDRAWN & Q(is_protected=False),
    "recruitment_cancelled": _CANCELLED & ~_ENGAGED,
    "protected_identity_mark": Q(is_protected=True) & (_LEFT | (_ENGAGED & ~Q(alias=""))),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One finalist's records of one kind, and how they stand."""

    row: str
    of: Known
    standing: Standing
    start: date | None = None


def candidates_for(row: str) -> QuerySet[Candidacy]:
    """The finalists that have records of the kind `row` left, whatever their day."""
    if row in _OF_THE_ROW:
        return Candidacy.objects.filter(_OF_THE_ROW[row], disposed_on=None)
    whose = Candidacy.objects.filter(disposed_on=None)
    if row == disposal.POOL:
        left = PoolClearance.objects.filter(**_OF_HER, disposed_on=None)
        return whose.filter(Exists(left))
    if row == disposal.OPINION:
        return whose.filter(_ENGAGED, Exists(Opinion.objects.filter(**_OF_HER, disposed_on=None)))
    whom = _ENGAGED
    if row in disposal.BEFORE_THE_WHOLE:
        whom = _LEFT if row == "shown_note_not_engaged" else _ENGAGED | _LEFT
    rests = Q(Exists(_checks(row)))
    if kinds := kinds_of(row):
        rests |= Q(Exists(Note.objects.filter(**_OF_HER, kind__in=sorted(kinds), text__isnull=False)))
    return whose.filter(whom, rests)


def _checks(row: str) -> QuerySet[Check]:
    """The rows of checks of the kind of which something is left to dispose of."""
    codes = {disposal.YEARLY} if row == disposal.DECLARATION else disposal.checks_of(row)
    rows = Check.objects.filter(**_OF_HER, code__in=sorted(codes), disposed_on=None)
    if row in disposal.NOTES:
        return rows.exclude(state=Check.State.NOT_STARTED)
    return rows.filter(Q(evidence__isnull=False) | Q(assessment__isnull=False))


def judged(row: str, on: date, *, within: Collection[UUID] | None = None) -> Iterator[Item]:
    """How every record of the kind `row` stands on `on`, in the order of the recruitments.

    `within`: authorities; None for all. Nothing is held in memory but 500 at a time.
    """
    yield from judged_of(row, _in_order(candidates_for(row), within), on)


def _in_order(rows: QuerySet[Candidacy], within: Collection[UUID] | None) -> QuerySet[Candidacy]:
    if within is not None:
        rows = rows.filter(recruitment__unit__authority__in=list(within))
    return rows.order_by("recruitment__created_on", "recruitment", "rank", "pk")


def judged_of(row: str, rows: QuerySet[Candidacy], on: date) -> Iterator[Item]:
    """As `judged`, of these finalists alone, in their order."""
    kind = RETENTION[row]
    ended = _pool_ends(rows) if row == disposal.POOL else {}
    for each in known(rows):
        start = ended.get(each.pk) if row == disposal.POOL else each.starts.get(kind.starts_at)
        found = standing(kind, start, on, is_held=each.is_held, claims_until=each.claims_until)
        yield Item(row, each, found, start)


def due(row: str, on: date, *, within: Collection[UUID] | None = None) -> Iterator[Item]:
    """The records of the kind that are due on `on`, in the same order.

    The database leaves out those whose term has not run, so that nobody waits for years of them to be judged.
    """
    rows = candidates_for(row).filter(may_be_over(row, on))
    return (item for item in judged_of(row, _in_order(rows, within), on) if item.standing.is_due)


def may_be_over(row: str, on: date) -> Q:
    """What is true of every record of the kind whose term is over on `on`, and of few others: for an index to find."""
    kind = RETENTION[row]
    if not isinstance(kind.term, int):
        return Q(pk__in=[])
    latest = add_months(on, -kind.term) + MONTHS_DIFFER
    decided = Decision.objects.filter(recruitment=OuterRef("recruitment"))
    ended = PoolClearance.objects.filter(Q(until__lte=latest) | Q(revoked_on__lte=latest), **_OF_HER)
    by_start = {
        "decided": Q(Exists(decided.filter(decided_on__lte=latest))),
        "decision_final": Q(
            Exists(
                decided.filter(
                    Q(final_on__lte=latest) | Q(maker=Decision.Maker.COMPANY, decided_on__lte=latest)
                )
            )
        ),
        "recruitment_cancelled": Q(recruitment__ended_on__lte=latest),
        "engagement_started": Q(engagement__started_on__lte=latest),
        "engagement_ended": Q(engagement__ended_on__lte=latest),
        "declaration_replaced": Q(
            engagement__started_on__lte=latest, engagement__renewals__has_key=disposal.YEARLY
        ),
        "pool_clearance_ended": Q(Exists(ended)),
    }
    return by_start[kind.starts_at]


def all_due(on: date) -> Iterator[Item]:
    """Everything that is due, kind by kind in the order of the table."""
    for row in CARRIED_OUT:
        yield from due(row, on)


def _pool_ends(rows: QuerySet[Candidacy]) -> dict[UUID, date]:
    """Finalist → the day her last clearance ended: revoked, or the last day on which she could be booked."""
    told = PoolClearance.objects.filter(candidacy__in=rows.order_by().values("pk"), disposed_on=None)
    ends: dict[UUID, date] = {}
    for candidacy, revoked, until in told.values_list("candidacy", "revoked_on", F("until")):
        day = revoked or until
        ends[candidacy] = max(day, ends.get(candidacy, day))
    return ends
