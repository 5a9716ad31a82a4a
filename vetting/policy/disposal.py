"""When a kind of record is due to be disposed of, and what stops it: the one home of that rule.

A term of months ends with its last day; from the day after it the record is due (dataskyddsförordningen 5.1 e). Being
due disposes of nothing: two persons decide it (arkivlagen 10 §), and what stops it is asked again when it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.retention import PRESERVE, RETENTION, UNTIL_RELEASED, Retention

GRACE_DAYS: Final = 14
"""Days between the second signature and the earliest disposal: time to set a hold, or to see that it was a mistake."""
MOST_IN_A_LOT: Final = 1000
"""Records in one lot at the most: as many as one decision can be about and still be looked through."""

WHOLE: Final = (
    "candidacy_not_engaged",
    "candidacy_withdrawn",
    "recruitment_cancelled",
    "protected_identity_mark",
)
"""Kinds that take all that is stored about a finalist who was not engaged, and her key with it."""
CLAIMS: Final = "claims"
"""The ground of what is kept because somebody may claim something: not due while a claim can come."""
OPINION: Final = "security_opinion"
MARK: Final = "protected_identity_mark"
POOL: Final = "pool_clearance"
DECLARATION: Final = "superseded_declaration"
YEARLY: Final = "annual_declaration"

Code = Literal["preserved", "until_released", "not_begun", "running", "held", "claim_open", "needed", "due"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one record stands on one day. `due_on`: the first day on which it is due; None where no day is known."""

    code: Code
    due_on: date | None = None

    @property
    def is_due(self) -> bool:
        """Whether it may be proposed, and carried out once two have decided it."""
        return self.code == "due"


def due_on(row: Retention, start: date | None) -> date | None:
    """The first day after the term that runs from `start`; None without a start, or for what has no term."""
    if start is None or not isinstance(row.term, int):
        return None
    return add_months(start, row.term) + timedelta(days=1)


def standing(
    row: Retention,
    start: date | None,
    on: date,
    *,
    is_held: bool,
    claims_until: date | None = None,
    is_needed: bool = False,
) -> Standing:
    """How a record of the kind `row` stands on the legal day `on`.

    `start`: the day of what the term runs from, None while it has not happened. `claims_until`: the last day on which
    a claim can come. `is_needed`: whether something that is still kept rests on it.
    """
    if row.term == PRESERVE:
        return Standing("preserved")
    if row.term == UNTIL_RELEASED:
        return Standing("until_released")
    day = due_on(row, start)
    if day is None:
        return Standing("not_begun")
    if on < day:
        return Standing("running", day)
    if is_held:
        return Standing("held", day)
    if row.ground == CLAIMS and claims_until is not None and on <= claims_until:
        return Standing("claim_open", day)
    return Standing("needed" if is_needed else "due", day)


def final_of(
    decided_on: date, later: tuple[date | None, date | None, date | None, date | None], *, is_reviewable: bool
) -> date | None:
    """The day the terms of a decision run from: the last of reported, adjusted, posted and final (`later`, in order).

    None while nobody has noted that it is final. Where it cannot be tried by judicial review (a company's) the day it
    was made.
    """
    if not is_reviewable:
        return decided_on
    if later[-1] is None:
        return None
    return max(day for day in later if day is not None)


def candidacy_row(*, is_engaged: bool, is_withdrawn: bool, is_cancelled: bool, is_protected: bool) -> str:
    """The kind of record a finalist is: a code of `RETENTION`. A cancelled recruitment's terms are its own."""
    if is_engaged:
        return "candidacy_engaged"
    if is_cancelled:
        return "recruitment_cancelled"
    if is_protected:
        return MARK
    return "candidacy_withdrawn" if is_withdrawn else "candidacy_not_engaged"


def check_row(code: str, *, is_engaged: bool) -> str | None:
    """The kind of record that a check's row is, for a finalist; None for what is not about a person."""
    spec = CHECKPOINTS[code]
    if spec.belongs_to in {"position", "recruitment"}:
        return None
    if GROUNDS[spec.ground].documentation == "note_shown_only":
        return "shown_note_engaged" if is_engaged else "shown_note_not_engaged"
    by_ground = {
        "extract_residential": "residential_extract_copy",
        "work_permit": "work_permit_copy",
        "security_protection": "security_status",
    }
    if spec.ground in by_ground:
        return by_ground[spec.ground]
    if code == "references":
        return "references_summary"
    return "employment_follow_up" if spec.belongs_to == "engagement" else "evidence_not_needed"


def checks_of(row: str) -> frozenset[str]:
    """The checks whose rows are of the kind `row`, engaged or not."""
    return frozenset(
        code
        for code in CHECKPOINTS
        if row in {check_row(code, is_engaged=True), check_row(code, is_engaged=False)}
    )


FROM_CHECKS: Final = tuple(code for code in RETENTION if checks_of(code))
"""Kinds that are rows of checks."""
NOTES: Final = frozenset({"shown_note_engaged", "shown_note_not_engaged", "security_status"})
"""Kinds of which nothing is left of the row: not that it was done, nor when."""
BEFORE_THE_WHOLE: Final = ("evidence_not_needed", "shown_note_not_engaged")
"""What goes before the rest of a finalist who was not engaged."""
CARRIED_OUT: Final = (*WHOLE, *FROM_CHECKS, OPINION, DECLARATION, POOL)
"""Every kind that the service disposes of itself. What is left is preserved, a hold, or of a position."""
