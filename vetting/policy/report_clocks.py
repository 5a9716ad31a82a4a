"""The clocks of reports, counted in Stockholm's days and months; of an anonymous one never finer than a day.

Pressure: the first answer within 24 hours, weekends too; to the next recipient after 12 (the municipality's own rule).
Whistleblowing: a confirmation within 7 days, feedback within 3 months of it, or of day 7 where there was none
(lag 2021:890, 5 kap. 8 §); personal data at most two years after closing (7 kap. 8 §).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from vetting.policy.calendar import STOCKHOLM, add_months, today_stockholm

ANSWER = timedelta(hours=24)
ESCALATE = timedelta(hours=12)
CONFIRM_DAYS = 7
FEEDBACK_MONTHS = 3
REPRISAL = (("days", 30), ("months", 3), ("months", 9))
FOLLOW_UP_DAYS = (30, 90)
KEPT_MONTHS = 24
ALARM_MINUTES = 30
HOLD_MONTHS = 6
"""The longest until somebody looks at whether a hold on disposal is still needed."""
MAIL_HOURS = (7, 12, 17, 21)
"""When planned messages leave, in Stockholm: that one leaves must not tell when a report came. Between an escalation
at 12 hours and the last moment at 24 there is always one."""
IDENTITY_DAYS = 1
"""A name may be read on the day it was let and on so many days after."""


def end_of(day: date) -> datetime:
    """The moment in which the day is over, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)


def acknowledge_by(channel: str, moment: datetime, *, anonymous: bool) -> datetime:
    """The last moment for the first answer to what came at `moment`."""
    day = today_stockholm(moment)
    if channel == "whistleblowing":
        return end_of(day + timedelta(days=CONFIRM_DAYS))
    return end_of(day + timedelta(days=1)) if anonymous else moment + ANSWER


def moved_acknowledge_by(
    until: datetime, channel: str, moment: datetime, *, anonymous: bool, answered: bool
) -> datetime:
    """The last moment for the first answer in the channel that a report moves to at `moment`.

    Not later than the channel's own. One that nobody has answered keeps what its reporter was promised (`until`).
    """
    own = acknowledge_by(channel, moment, anonymous=anonymous)
    return own if answered else min(until, own)


def escalate_at(acknowledge_until: datetime) -> datetime:
    """When a report of pressure that nobody has answered is everybody's: half-way to the last moment."""
    return acknowledge_until - ANSWER + ESCALATE


def slot_at(moment: datetime) -> datetime:
    """The newest hour of planned messages that has begun at `moment`."""
    day = today_stockholm(moment)
    hours = [
        datetime.combine(each, time(hour), STOCKHOLM)
        for each in (day - timedelta(days=1), day)
        for hour in MAIL_HOURS
    ]
    return max(hour for hour in hours if hour <= moment)


def feedback_by(received: date, acknowledged: date | None) -> date:
    """The last day for telling what was done."""
    return add_months(acknowledged or received + timedelta(days=CONFIRM_DAYS), FEEDBACK_MONTHS)


def reprisal_days(received: date) -> tuple[date, ...]:
    """The days on which the reporter is asked whether anything has been done against her."""
    return tuple(
        received + timedelta(days=count) if unit == "days" else add_months(received, count)
        for unit, count in REPRISAL
    )


def follow_up_days(feedback: date) -> tuple[date, ...]:
    """The days of the follow-up."""
    return tuple(feedback + timedelta(days=days) for days in FOLLOW_UP_DAYS)


def disposable_from(closed: date) -> date:
    """The first day on which a closed report is due for disposal."""
    return add_months(closed, KEPT_MONTHS) + timedelta(days=1)


def identity_until(day: date) -> date:
    """The last day on which a name that was let on `day` may be read."""
    return day + timedelta(days=IDENTITY_DAYS)


def hold_until(day: date) -> date:
    """The last day on which a hold that is set or kept on `day` may be looked at again."""
    return add_months(day, HOLD_MONTHS)
