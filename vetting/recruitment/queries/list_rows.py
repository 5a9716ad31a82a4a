"""The rows of the worklist: each recruitment with its progress, its next step and how it stands to its start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vetting.recruitment.case import Case
from vetting.recruitment.engine.coming import Coming, coming_step, overview_rows, start_awaited
from vetting.recruitment.engine.progress import progress
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.cases import light_cases

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the list: what the table shows of a recruitment, without any person but its own staff."""

    case: Case
    done: int
    total: int
    next: Coming
    days: int
    is_late: bool
    is_soon: bool


def read_rows(rows: Iterable[Recruitment], on: date) -> list[ListRow]:
    """Four queries whatever their number; read with position, unit, authority, manager and responsible."""
    return [_row(case, on) for case in light_cases(list(rows))]


def _row(case: Case, on: date) -> ListRow:
    recruitment = case.recruitment
    # Before it is opened there are no rows to count: they follow from the answers.
    is_draft = recruitment.state == Recruitment.State.DRAFT
    done, total = (0, 0) if is_draft else progress(overview_rows(case))
    start = start_awaited(case)
    return ListRow(
        case,
        done,
        total,
        coming_step(case),
        days=((recruitment.ended_on or on) - recruitment.created_on).days,
        is_late=start is not None and start < on,
        is_soon=start is not None and on <= start <= on + SOON,
    )
