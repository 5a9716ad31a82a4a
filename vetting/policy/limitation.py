"""Until when a claim about an appointment can come: shown beside a legal hold, and decides nothing.

Diskrimineringslagen 6:4 lets the time run from the day the decision has become final; the times are those of
medbestämmandelagen 64–66 §§: negotiation asked for within four months of learning of it, and at the latest two years
after. Diskrimineringsombudsmannen can interrupt the time once (6:5), and an action has times of its own, so that a day
that has passed is a reason to look, never to lift by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vetting.policy.calendar import add_months

FROM_KNOWLEDGE_MONTHS = 4
AT_THE_LATEST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class ClaimTimes:
    """`starts_on`: the day the decision became final; `soonest` if known of at once; `latest` whenever it was known."""

    starts_on: date
    soonest: date
    latest: date


def claim_times(decided_on: date, final_on: date | None, *, is_reviewable: bool) -> ClaimTimes | None:
    """The times of one decision; None while nobody has noted that it is final.

    `is_reviewable`: whether it can be tried by judicial review (kommunallagen 13 kap.); a company's decision cannot,
    and its time runs from the day it was made.
    """
    starts_on = final_on if is_reviewable else decided_on
    if starts_on is None:
        return None
    return ClaimTimes(
        starts_on, add_months(starts_on, FROM_KNOWLEDGE_MONTHS), add_months(starts_on, AT_THE_LATEST_MONTHS)
    )
