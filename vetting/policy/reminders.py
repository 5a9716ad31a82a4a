"""What an employer must not forget once somebody has begun: until when, and from when somebody is reminded.

The days are the statutes' as the agreed table of grounds reads them; what a jurist is to confirm stands there.
"""

from __future__ import annotations

from datetime import date, timedelta

from vetting.policy.calendar import add_months
from vetting.policy.text import _

RENEWAL_DAYS = 30
"""How long before its day a renewal falls due (agreed transitions: engagement, fall_due)."""
TERMS_DAYS = 7
"""Written information about the employment: by the seventh day (anställningsskyddslagen 6 c §)."""
NOTICE_DAYS = 7
"""The union is told of a fixed term *snarast* (anställningsskyddslagen 28 §): no day is named, a week is ours."""
INTRODUCTION_DAYS = 30
"""The introduction about undue influence: within thirty days (the catalogue's own words)."""
TRIAL_MONTHS = 6
"""A trial lasts at most six months (anställningsskyddslagen 6 §)."""
TRIAL_TOLD_MONTHS = 5
TRIAL_NOTICE = timedelta(weeks=2)
"""Whoever does not go on is told two weeks before, and so is her union (anställningsskyddslagen 31 §)."""
FOLLOWED = ("terms", "fixed_term_notice", "intro_influence", "trial")
"""Checks of an engagement under way with a last day of their own."""
WORDS = {
    "terms": _("Lämna skriftlig information om anställningen"),
    "fixed_term_notice": _("Underrätta facket om den tidsbegränsade anställningen"),
    "intro_influence": _("Håll introduktionen om otillåten påverkan"),
    "trial": _("Provanställning: lämna besked i tid eller låt den gå över"),
    "exit": _("Avslut: stäng behörigheter och påminn om tystnadsplikten"),
}


def due_on(code: str, started_on: date) -> date:
    """The last day for what is to be done after the start. Raises KeyError for what has none."""
    return {
        "terms": started_on + timedelta(days=TERMS_DAYS),
        "fixed_term_notice": started_on + timedelta(days=NOTICE_DAYS),
        "intro_influence": started_on + timedelta(days=INTRODUCTION_DAYS),
        "trial": add_months(started_on, TRIAL_MONTHS) - timedelta(days=1) - TRIAL_NOTICE,
    }[code]


def told_from(code: str, started_on: date) -> date:
    """The first day on which somebody is reminded: five months on for a trial, else from the start."""
    return add_months(started_on, TRIAL_TOLD_MONTHS) if code == "trial" else started_on
