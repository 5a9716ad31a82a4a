"""Whether a vetting that was done once still carries a booking: judged from the checks themselves, whenever asked.

A clearance is no more than its last day and a reference to what it rests on. So a row that was put in without its
checks answers no, a check that has come up to be assessed stops the next booking at once, and no statutory check is
ever postponed because somebody is in a pool.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.pool import part_lasts
from vetting.recruitment.models import Candidacy, Check, Engagement, PoolClearance

FINISHED = {Check.State.DONE, Check.State.NOT_APPLICABLE}
STOPS = ("decision", "start")
HAS_PLACE = {Candidacy.State.SELECTED, Candidacy.State.STARTED}
GOES_ON = {Engagement.State.PLANNED, Engagement.State.ACTIVE, Engagement.State.EXITING}


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer: whether she may be booked today, and the last day of it or the one that was (None: say no more)."""

    yes: bool
    until: date | None = None


def open_checks(checks: Iterable[Check]) -> list[Check]:
    """What stops a booking: a check that stops the decision or the start and is not done, or one to be assessed.

    A waiver carries one engagement and no bookings that follow: the check is to be done before the clearance.
    """
    return [
        check
        for check in checks
        if check.state == Check.State.TO_ASSESS
        or (CHECKPOINTS[check.code].blocks in STOPS and check.state not in FINISHED)
    ]


def parts_of(checks: Iterable[Check], engagement: Engagement | None) -> dict[str, date]:
    """Check code → the last day it carries bookings, for every done check that lapses.

    What engagement follow-up has renewed since (a licence) counts through the day it is next due.
    """
    renewed = engagement.renewals if engagement is not None else {}
    parts = {}
    for check in checks:
        if check.state == Check.State.DONE:
            due = date.fromisoformat(renewed[check.code]) if check.code in renewed else None
            last = part_lasts(check.code, check.evidence_on, check.valid_until, due)
            if last is not None:
                parts[check.code] = last
    return parts


def judge(
    clearance: PoolClearance, checks: Iterable[Check], engagement: Engagement | None, on: date
) -> Judged:
    """What the booker is told on the legal day `on`. No reason is ever part of it.

    A clearance whose last day has passed answers with that day. One that was revoked, or whose checks do not stand,
    answers as what does not exist.
    """
    candidacy = clearance.candidacy
    if clearance.state != PoolClearance.State.VALID or candidacy.is_protected:
        return Judged(False)
    known = list(checks)
    if candidacy.state not in HAS_PLACE or engagement is None or engagement.state not in GOES_ON:
        return Judged(False)
    if clearance.recruitment.on_hold or not known or open_checks(known):
        return Judged(False)
    last = [clearance.until, *parts_of(known, engagement).values()]
    if engagement.planned_end is not None:
        last.append(engagement.planned_end)
    until = min(last)
    return Judged(until >= on, until)
