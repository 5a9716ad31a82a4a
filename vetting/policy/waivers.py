"""Which checks may be waived (*undantag*), and for how long: the agreed catalogue says which, and nothing else does.

A check that a statute demands has no waiver, no postponement and no break-glass. `WAIVABLE` is what the form, the
action and the database's own constraints go by, so a cell changed in the catalogue asks for a migration.
"""

from __future__ import annotations

from datetime import date

from vetting.policy.calendar import add_months, add_working_days
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS

LONGEST_MONTHS = 6
"""The tables ask for an end date without a longest time; half a year is as long as a trial period (LAS 6 §)."""


def may_be_waived(code: str) -> bool:
    """Whether the catalogue marks the check as the municipality's own requirement, and its ground agrees.

    Raises KeyError for a check that does not exist.
    """
    check = CHECKPOINTS[code]
    return check.waivable and GROUNDS[check.ground].waivable


WAIVABLE: tuple[str, ...] = tuple(sorted(code for code in CHECKPOINTS if may_be_waived(code)))
"""The checks that may be waived."""

WAIVABLE_GROUNDS: tuple[str, ...] = tuple(sorted({CHECKPOINTS[code].ground for code in WAIVABLE}))
"""The grounds they rest on."""


LONGEST_ENGAGEMENT_DAYS = 14
"""An engagement longer than this completes nothing after its start (agreed table of forms)."""

DEFERRED_WORKING_DAYS = 10
"""How many working days after the start what was put off has to be done."""

DEFERRABLE: tuple[str, ...] = tuple(code for code in WAIVABLE if CHECKPOINTS[code].complete_after_start)
"""The checks that may be completed after the start. The agreed table marks the security function's opinion too: it is
not put off here, as a finalist who has started is not led back to be opined on (decision 0060)."""


def deferred_until(start: date) -> date:
    """The last day for what is completed after a start on that day: the tenth working day after it (lag 1930:173)."""
    return add_working_days(start, DEFERRED_WORKING_DAYS)


def last_day_from(proposed_on: date) -> date:
    """The latest end date of a waiver proposed on that day, calendar months."""
    return add_months(proposed_on, LONGEST_MONTHS)
