"""What the rule has to know of a finalist: how she ended, the days her terms run from, and what stops them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.disposal import YEARLY, candidacy_row, final_of
from vetting.policy.limitation import claim_times
from vetting.recruitment.models import Candidacy, Decision, Recruitment

CHUNK: Final = 500
ENGAGED: Final = (Candidacy.State.SELECTED, Candidacy.State.STARTED)
SETTLED: Final = (Recruitment.State.DECIDED, Recruitment.State.ONBOARDING, Recruitment.State.CLOSED)
"""Recruitments in which no more decisions are to come, as long as nobody opens them again."""
_COLUMNS: Final = (
    "pk", "label", "state", "is_protected", "recruitment", "recruitment__reference", "recruitment__state",
    "recruitment__ended_on", "recruitment__legal_hold_since", "recruitment__lifted_on",
    "recruitment__unit__authority", "engagement__state", "engagement__started_on", "engagement__ended_on",
    "engagement__renewals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: whose, when, when it could no longer be tried, and the last day for a claim about it."""

    candidacy: UUID
    on: date
    final_on: date | None
    claims_until: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """A finalist as the rule sees her. `starts`: the event a term runs from → its day, where it has happened."""

    pk: UUID
    label: str
    reference: str
    recruitment: UUID
    authority: UUID
    row: str
    """The kind of record she is: a code of `RETENTION`."""
    is_held: bool
    claims_until: date | None
    starts: dict[str, date] = field(default_factory=dict)

    @property
    def is_engaged(self) -> bool:
        """Whether she was employed or engaged, so that the candidacy itself is preserved."""
        return self.row == "candidacy_engaged"


def known(rows: QuerySet[Candidacy]) -> Iterator[Known]:
    """The finalists of `rows`, in their order: one query, and one more for each 500."""
    told = rows.values_list(*_COLUMNS).iterator(CHUNK)
    while part := list(islice(told, CHUNK)):
        records = [dict(zip(_COLUMNS, values, strict=True)) for values in part]
        decisions = decisions_of({record["recruitment"] for record in records})
        yield from (_known(record, decisions[record["recruitment"]]) for record in records)


def decisions_of(recruitments: Iterable[UUID]) -> dict[UUID, list[Decided]]:
    """Recruitment → its decisions: one query."""
    found: dict[UUID, list[Decided]] = defaultdict(list)
    rows = Decision.objects.filter(recruitment__in=list(recruitments)).values_list(
        "recruitment", "candidacy", "maker", "decided_on", "reported_on", "minutes_approved_on", "posted_on",
        "final_on",
    )  # fmt: skip
    for recruitment, candidacy, maker, on, *later in rows:
        is_reviewable = maker != Decision.Maker.COMPANY
        times = claim_times(on, later[-1], is_reviewable=is_reviewable)
        final = final_of(on, (later[0], later[1], later[2], later[3]), is_reviewable=is_reviewable)
        found[recruitment].append(Decided(candidacy, on, final, times.latest if times else None))
    return found


def _known(record: dict[str, Any], decisions: list[Decided]) -> Known:
    is_cancelled = record["recruitment__state"] == Recruitment.State.CANCELLED
    is_engaged = record["state"] in ENGAGED
    row = candidacy_row(
        is_engaged=is_engaged,
        is_withdrawn=record["state"] == Candidacy.State.WITHDRAWN,
        is_cancelled=is_cancelled,
        is_protected=record["is_protected"],
    )
    # Whoever was not engaged can claim something about every decision that was made instead.
    about = [each for each in decisions if not is_engaged or each.candidacy == record["pk"]]
    is_held = record["recruitment__legal_hold_since"] is not None and record["recruitment__lifted_on"] is None
    return Known(
        record["pk"],
        record["label"],
        record["recruitment__reference"],
        record["recruitment"],
        record["recruitment__unit__authority"],
        row,
        is_held,
        max((each.claims_until for each in about if each.claims_until), default=None),
        dict(_starts(record, about, is_engaged=is_engaged)),
    )


def _starts(record: dict[str, Any], about: list[Decided], *, is_engaged: bool) -> Iterator[tuple[str, date]]:
    """What has happened, and when."""
    started, ended = record["engagement__started_on"], record["engagement__ended_on"]
    if record["recruitment__state"] == Recruitment.State.CANCELLED:
        yield "recruitment_cancelled", record["recruitment__ended_on"]
    elif about and (is_engaged or record["recruitment__state"] in SETTLED):
        decided = max(each.on for each in about)
        if not is_engaged:
            yield "decided", decided
        elif started is not None:
            # What stands between the decision and the start is looked at until she has started.
            yield "decided", max(decided, started)
        finals = [each.final_on for each in about]
        if None not in finals:
            yield "decision_final", max(day for day in finals if day is not None)
    if started is not None:
        yield "engagement_started", started
    if ended is not None:
        yield "engagement_ended", ended
    replaced = _replaced(record["engagement__renewals"] or {}, started)
    if replaced is not None:
        yield "declaration_replaced", replaced


def _replaced(renewals: dict[str, str], started: date | None) -> date | None:
    """The day the yearly declaration was given anew: its next day, less the year between."""
    renewal = CHECKPOINTS[YEARLY].renewal
    if started is None or YEARLY not in renewals or renewal is None or renewal.months is None:
        return None
    day = add_months(date.fromisoformat(renewals[YEARLY]), -renewal.months)
    return day if day > started else None
