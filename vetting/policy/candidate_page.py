"""How long the candidate's own page stands open, and how a stay on it ends.

The code is a means of access to records about one person, so it lapses by itself: sixty days cover a recruitment of
ordinary length, and the three weeks after its end are the time in which a decision of a municipality can be taken to
court (kommunallagen 13:5). After that the right of access (GDPR 15) is met through the registrar, as ever.
"""

from __future__ import annotations

from datetime import date, timedelta

DAYS = 60
"""Calendar days for which a code holds, counted from the day it was handed out."""
DAYS_AFTER_END = 21
"""Calendar days that a code holds after the candidacy or the recruitment ended."""
IDLE_MINUTES = 30
MOST_HOURS = 4
"""A stay ends after so long without use, and after so long in any case."""
ATTEMPTS_A_MINUTE = 20
"""Codes tried from one address; the code itself has 130 random bits, so that this is about load, not about guessing."""
ATTEMPTS_TOGETHER = 300
"""Codes tried by everybody in a minute."""
DECLARATIONS = 5
"""How many times a declaration may be handed in anew before HR takes over."""
DECLARED_IN = ("candidate_coi", "company_roles", "secondary_job")
"""The checks that a declaration belongs to, the first of them that she has."""


def last_day(issued_on: date, ended_on: date | None) -> date:
    """The last day on which a code handed out on `issued_on` can hold, where she or the recruitment ended or not."""
    until = issued_on + timedelta(days=DAYS)
    if ended_on is None:
        return until
    return min(until, max(ended_on, issued_on) + timedelta(days=DAYS_AFTER_END))
