"""When a record is due, and what stops it: every row of the agreed table, before, on and after its day, held or not."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from vetting.policy import disposal
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.retention import RETENTION

START = date(2024, 2, 29)
with (Path(__file__).parent / "signed_off" / "retention.csv").open(encoding="utf-8", newline="") as file:
    AGREED = list(csv.DictReader(file))
OFFSETS = (-400, -1, 0, 1, 400)


@pytest.mark.parametrize("agreed", AGREED, ids=lambda row: row["what"])
def test_every_row_before_on_and_after_its_day_held_claimed_and_needed(agreed: dict[str, str]) -> None:
    row = RETENTION[agreed["what"]]
    last = add_months(START, int(agreed["term_months"])) if agreed["term_months"].isdigit() else None
    for offset, held, claim, needed in product(OFFSETS, *[(False, True)] * 3):
        day = (last or START) + timedelta(days=offset)
        found = disposal.standing(
            row, START, day, is_held=held, claims_until=date.max if claim else None, is_needed=needed
        )
        assert found.code == _expected(agreed, last, offset, held, claim, needed), (
            offset,
            held,
            claim,
            needed,
        )
        assert found.is_due == (found.code == "due")


def _expected(
    agreed: dict[str, str], last: date | None, offset: int, held: bool, claim: bool, needed: bool
) -> str:
    if last is None:
        return {"preserve": "preserved", "until_released": "until_released"}[agreed["term_months"]]
    if offset <= 0:  # the last day of the term is still a day on which it is kept
        return "running"
    if held:
        return "held"
    if claim and agreed["ground"] == "claims":
        return "claim_open"
    return "needed" if needed else "due"


@pytest.mark.parametrize("agreed", AGREED, ids=lambda row: row["what"])
def test_nothing_is_due_before_its_term_has_begun(agreed: dict[str, str]) -> None:
    found = disposal.standing(RETENTION[agreed["what"]], None, date.max, is_held=False)
    assert found.code in {"not_begun", "preserved", "until_released"}
    assert found.due_on is None


def test_a_term_runs_in_calendar_months_to_the_end_of_a_shorter_one() -> None:
    assert disposal.due_on(RETENTION["candidacy_not_engaged"], date(2024, 2, 29)) == date(2026, 3, 1)
    assert disposal.due_on(RETENTION["evidence_not_needed"], date(2026, 1, 31)) == date(2026, 2, 1)


def test_a_claim_can_come_through_the_very_day_the_term_ends() -> None:
    row, until = RETENTION["candidacy_not_engaged"], add_months(START, 24)
    days = (until, until + timedelta(days=1))
    assert [disposal.standing(row, START, d, is_held=False, claims_until=until).code for d in days] == [
        "running",
        "due",
    ]


def test_the_last_of_the_four_days_counts_and_the_decision_where_no_review_applies() -> None:
    days = (date(2026, 1, 9), date(2026, 1, 12), date(2026, 1, 13), date(2026, 2, 4))
    decided = date(2026, 1, 7)
    assert disposal.final_of(decided, days, is_reviewable=True) == days[-1]
    assert disposal.final_of(decided, (*days[:3], None), is_reviewable=True) is None
    assert disposal.final_of(decided, (None, None, None, days[-1]), is_reviewable=True) == days[-1]
    assert disposal.final_of(decided, (None,) * 4, is_reviewable=False) == decided


@pytest.mark.parametrize("flags", list(product((False, True), repeat=4)))
def test_a_finalist_is_of_one_kind_whatever_is_true_of_her(flags: tuple[bool, bool, bool, bool]) -> None:
    engaged, withdrawn, cancelled, protected = flags
    found = disposal.candidacy_row(
        is_engaged=engaged, is_withdrawn=withdrawn, is_cancelled=cancelled, is_protected=protected
    )
    wanted = (
        "candidacy_engaged"
        if engaged
        else "recruitment_cancelled"
        if cancelled
        else "protected_identity_mark"
        if protected
        else "candidacy_withdrawn"
        if withdrawn
        else "candidacy_not_engaged"
    )
    assert found == wanted


def test_every_check_about_a_person_has_a_kind_and_no_other_has() -> None:
    for code, spec in CHECKPOINTS.items():
        kinds = {disposal.check_row(code, is_engaged=engaged) for engaged in (False, True)}
        if spec.belongs_to in {"position", "recruitment"}:
            assert kinds == {None}
            continue
        assert kinds <= set(RETENTION), code
        is_note = GROUNDS[spec.ground].documentation == "note_shown_only"
        assert is_note == (kinds == {"shown_note_engaged", "shown_note_not_engaged"}), code


def test_every_kind_of_the_table_is_carried_out_preserved_or_told_of_as_not() -> None:
    assert set(RETENTION) - set(disposal.CARRIED_OUT) == {
        "candidacy_engaged", "notice_text", "legal_hold", "role_risk",
    }  # fmt: skip
    assert len(disposal.CARRIED_OUT) == len(set(disposal.CARRIED_OUT))
