"""*Omgång*: how many at once, and what may be noted for several people with one confirmation.

A check that a statute demands is noted for one person at a time, and so is the answer to a question, by which such a
check can fall away: what is the municipality's own (`WAIVABLE`) is all that is ever recorded for several at once.
"""

from __future__ import annotations

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.waivers import may_be_waived

MOST_PEOPLE = 500
"""People in one list."""

MOST_PLACES = 500
"""Places in one recruitment: a round for one position may end with a decision for everybody in it."""

MOST_TOGETHER = 100
"""People for whom the same is noted with one confirmation."""

OF_PERSON = ("candidacy", "engagement")


def may_be_noted_together(code: str) -> bool:
    """Whether the same result of the check may be noted for several people at once.

    Raises KeyError for a check that does not exist.
    """
    check = CHECKPOINTS[code]
    return check.belongs_to in OF_PERSON and check.stage == "finalist" and may_be_waived(code)


TOGETHER: tuple[str, ...] = tuple(code for code in CHECKPOINTS if may_be_noted_together(code))
"""The checks of which the same may be noted for several: the form, the action and the database go by this."""
