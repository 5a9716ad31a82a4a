"""The one next step of a recruitment, and on whom it waits: for lists and for *Mitt arbete*."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vetting.policy.questions import QUESTIONS
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import (
    Missing,
    manager_stands_aside,
    missing_before_signing,
    missing_for_opinion,
    missing_for_start,
    missing_to_close,
    missing_to_proceed,
    unanswered,
)
from vetting.recruitment.engine.rows import Row, candidacy_rows, needs_opinion, recruitment_rows
from vetting.recruitment.models import Candidacy, Engagement, Recruitment

On = Literal["manager", "hr", "security", "candidate", "other", "nobody"]
STOPPED = {Candidacy.State.RESERVE, Candidacy.State.NOT_SELECTED, Candidacy.State.WITHDRAWN}
# who may perform a check → on whom it waits, the first that fits
PERFORMERS: tuple[tuple[On, set[str]], ...] = (
    ("hr", {"hr_officer", "external_recorded_by_hr"}),
    ("manager", {"hiring_manager", "deciding_delegate"}),
    ("security", {"security_officer", "protective_security"}),
)
WAITS_FOR_CANDIDATE = {"waiting_candidate"}


@dataclass(frozen=True, slots=True)
class Coming:
    """A code for the words of the step, whom it waits on, and the blocker it consists of where there is one."""

    code: str
    on: tuple[On, ...]
    missing: Missing | None = None
    candidacy: Candidacy | None = None


def coming_step(case: Case) -> Coming:
    """What comes next: the recruitment's own steps first, then the finalist who has come furthest."""
    recruitment = case.recruitment
    if recruitment.state in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}:
        return Coming("none", ("nobody",))
    if recruitment.on_hold:
        return Coming("resume", ("hr", "manager"))
    if manager_stands_aside(case):
        return Coming("name_manager", ("hr",))
    if recruitment.state == Recruitment.State.DRAFT:
        risk = recruitment_rows(case)[0]
        if not risk.is_settled:
            return _do(Missing("check", risk.spec.code, risk), None)
        asked = unanswered(case, None, "opening")
        return Coming("open", _answered_by(asked) if asked else ("hr", "manager"))
    going = [candidacy for candidacy in case.candidacies if candidacy.state not in STOPPED]
    unfinished = [candidacy for candidacy in going if candidacy.state != Candidacy.State.STARTED]
    if not unfinished and recruitment.state == Recruitment.State.OPEN:
        first = next((row for row in recruitment_rows(case) if _blocks(row, "before_advert")), None)
        if first is not None:
            return _do(Missing("check", first.spec.code, first), None)
        return Coming("propose", ("hr", "manager"))
    if not unfinished:
        left = missing_to_close(case)
        return _do(left[0], going[0] if going else None) if left else Coming("close", ("hr", "manager"))
    return _of_candidacy(case, max(unfinished, key=lambda one: (_ORDER[one.state], -one.rank)))


def start_awaited(case: Case) -> date | None:
    """The day of a start that nobody has confirmed: as planned until it is decided, then the earliest decided."""
    if case.recruitment.state in {Recruitment.State.DRAFT, Recruitment.State.OPEN}:
        return case.recruitment.planned_start
    waits = (each for each in case.engagements if each.state == Engagement.State.PLANNED)
    return min((each.planned_start for each in waits if each.planned_start is not None), default=None)


def starts_later(case: Case, candidacy: Candidacy) -> date | None:
    """The first day as it was decided, where it is still to come; else None."""
    engagement = case.engagement_of(candidacy)
    day = engagement.planned_start if engagement is not None else None
    return day if day is not None and day > case.today else None


_ORDER: dict[str, int] = {
    state: place
    for place, state in enumerate(
        (
            Candidacy.State.AWAITING_SECURITY,
            Candidacy.State.ESCALATED,
            Candidacy.State.PROPOSED,
            Candidacy.State.CHECKING,
            Candidacy.State.SELECTED,
            Candidacy.State.REFUSED,
            Candidacy.State.RETURNED,
            Candidacy.State.CLEARED,
        )
    )
}


def _of_candidacy(case: Case, candidacy: Candidacy) -> Coming:
    state = candidacy.state
    if state == Candidacy.State.PROPOSED:
        return _first(missing_to_proceed(case, candidacy), "proceed", ("hr",), candidacy)
    if state == Candidacy.State.AWAITING_SECURITY:
        return Coming("await_opinion", ("security",), candidacy=candidacy)
    if state == Candidacy.State.RETURNED:
        return Coming("complete_opinion", ("hr",), candidacy=candidacy)
    if state == Candidacy.State.REFUSED:
        return Coming("after_refusal", ("manager",), candidacy=candidacy)
    if state == Candidacy.State.ESCALATED:
        return Coming("await_escalation", ("other",), candidacy=candidacy)
    if state == Candidacy.State.SELECTED:
        missing = missing_for_start(case, candidacy)
        if not missing and starts_later(case, candidacy) is not None:
            return Coming("await_start", ("nobody",), candidacy=candidacy)
        return _first(missing, "confirm_start", ("manager",), candidacy)
    if state == Candidacy.State.CHECKING and needs_opinion(case, candidacy):
        return _first(missing_for_opinion(case, candidacy), "request_opinion", ("hr",), candidacy)
    return _first(missing_before_signing(case, candidacy), "decide", ("manager",), candidacy)


def _first(missing: list[Missing], then: str, on: tuple[On, ...], candidacy: Candidacy) -> Coming:
    """The first blocker that somebody here can do something about; else the first; else the step itself."""
    if not missing:
        return Coming(then, on, candidacy=candidacy)
    ours = [item for item in missing if not _waits(item)]
    return _do((ours or missing)[0], candidacy)


def _waits(item: Missing) -> bool:
    return item.row is not None and item.row.state in WAITS_FOR_CANDIDATE | {"paused"}


def _do(item: Missing, candidacy: Candidacy | None) -> Coming:
    if item.row is None:
        on = _answered_by([item.code]) if item.kind == "question" else ("hr", "manager")
        return Coming("missing", on, item, candidacy)
    if item.row.state in WAITS_FOR_CANDIDATE:
        return Coming("missing", ("candidate",), item, candidacy)
    if item.row.state == "paused":
        return Coming("missing", ("other",), item, candidacy)
    performers = set(item.row.spec.performed_by)
    on = tuple(name for name, roles in PERFORMERS if roles & performers)
    return Coming("missing", on or ("other",), item, candidacy)


def _answered_by(codes: Iterable[str]) -> tuple[On, ...]:
    asked = {who for code in codes for who in QUESTIONS[code].answered_by}
    return tuple(name for name, roles in PERFORMERS if roles & asked)


def _blocks(row: Row, stage: str) -> bool:
    return row.spec.stage == stage and row.spec.blocks is not None and not row.is_settled


def overview_rows(case: Case) -> list[Row]:
    """Every row that counts in the recruitment's progress: its own and those of finalists still in question."""
    found = list(recruitment_rows(case))
    for candidacy in case.candidacies:
        if candidacy.state not in STOPPED:
            found += candidacy_rows(case, candidacy)
    return found
