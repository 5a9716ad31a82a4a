"""Legal days: Stockholm dates, calendar months and working days.

Times are stored in UTC. A legal day is the calendar day in Europe/Stockholm; ages of evidence are counted in
calendar months; working days leave out what the act on the computation of statutory time leaves out
(lag 1930:173: Saturdays, Sundays, public holidays, Midsummer Eve, Christmas Eve, New Year's Eve).
"""

from __future__ import annotations

import calendar as _calendar
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def today_stockholm(now: datetime) -> date:
    """The legal day at the moment ``now``. Raises ValueError for a time without a zone."""
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no legal day")
    return now.astimezone(STOCKHOLM).date()


def add_months(day: date, months: int) -> date:
    """``day`` moved by calendar months; a day that does not exist becomes the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = _calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_between(start: date, end: date) -> int:
    """Whole calendar months from ``start`` to ``end``; negative when ``end`` comes first."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def last_day(evidence_date: date, months: int) -> date:
    """The last day on which evidence of that date is not too old."""
    return add_months(evidence_date, months)


def is_older_than(evidence_date: date, months: int, at: date) -> bool:
    """True from the day after ``last_day``: evidence is still good on the same day of the last month."""
    return at > last_day(evidence_date, months)


@cache
def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _first_weekday(start: date, weekday: int) -> date:
    return start + timedelta(days=(weekday - start.weekday()) % 7)


@cache
def days_off(year: int) -> frozenset[date]:
    """Public holidays (lag 1989:253) and the three eves that count as Sundays (lag 1930:173 2 §)."""
    easter = easter_sunday(year)
    midsummer = _first_weekday(date(year, 6, 20), 5)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            easter - timedelta(days=2),
            easter,
            easter + timedelta(days=1),
            date(year, 5, 1),
            easter + timedelta(days=39),
            easter + timedelta(days=49),
            date(year, 6, 6),
            midsummer - timedelta(days=1),
            midsummer,
            _first_weekday(date(year, 10, 31), 5),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
            date(year, 12, 31),
        }
    )


def is_working_day(day: date) -> bool:
    """True for Monday to Friday outside ``days_off``."""
    return day.weekday() < 5 and day not in days_off(day.year)


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after ``day`` (``day`` itself is never counted).

    With 0 it is ``day``. Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("working days are counted forwards")
    while number:
        day += timedelta(days=1)
        if is_working_day(day):
            number -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` through ``end``; 0 when ``end`` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def newest_lapsed(day: date, months: int) -> date:
    """The newest evidence whose last day is on or before `day`."""
    found = add_months(day, -months) + timedelta(days=4)
    while add_months(found, months) > day:
        found -= timedelta(days=1)
    return found
