"""Legal days: months, Stockholm dates, Swedish working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.policy.calendar import (
    add_months,
    add_working_days,
    days_off,
    easter_sunday,
    is_older_than,
    is_working_day,
    last_day,
    months_between,
    today_stockholm,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_legal_day_is_stockholms() -> None:
    assert today_stockholm(datetime(2026, 1, 31, 23, 30, tzinfo=UTC)) == date(2026, 2, 1)
    assert today_stockholm(datetime(2026, 7, 31, 21, 59, tzinfo=UTC)) == date(2026, 7, 31)
    assert today_stockholm(datetime(2026, 7, 31, 22, 0, tzinfo=UTC)) == date(2026, 8, 1)
    with pytest.raises(ValueError, match="time zone"):
        today_stockholm(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_evidence_is_good_on_the_last_day_and_too_old_the_day_after() -> None:
    assert last_day(date(2025, 11, 24), 12) == date(2026, 11, 24)
    assert not is_older_than(date(2025, 11, 24), 12, date(2026, 11, 24))
    assert is_older_than(date(2025, 11, 24), 12, date(2026, 11, 25))
    assert is_older_than(date(2025, 8, 31), 6, date(2026, 3, 1))
    assert not is_older_than(date(2025, 8, 31), 6, date(2026, 2, 28))


@given(DAYS, st.integers(0, 60))
def test_adding_months_and_counting_them_agree(day: date, months: int) -> None:
    later = add_months(day, months)
    assert months_between(day, later) == months
    assert months_between(later, day) == -months
    if months:
        assert months_between(day, later - timedelta(days=1)) == months - 1


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2023, date(2023, 4, 9)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter_sunday(year) == day


def test_the_days_off_of_2026() -> None:
    weekdays = sorted(day for day in days_off(2026) if day.weekday() < 5)
    assert weekdays == [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 19),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
    ]
    assert date(2026, 10, 31) in days_off(2026)
    assert date(2026, 6, 20) in days_off(2026)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_working_days(date(2026, 4, 2), 5) == date(2026, 4, 13)
    assert add_working_days(date(2026, 6, 18), 1) == date(2026, 6, 22)
    assert add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 28)
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1)


@given(DAYS, st.integers(1, 30))
def test_the_nth_working_day_is_one_and_is_the_nth(day: date, number: int) -> None:
    end = add_working_days(day, number)
    assert is_working_day(end)
    assert working_days_between(day, end) == number
