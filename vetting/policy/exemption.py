"""The statutes' exemption at a new engagement: no new extract from whoever worked here not long ago.

Skollagen (2010:800) 2:33 (within one year) and lag (2007:171) 2 § (within six months), with the same employer and for
the same kind of activity. Whether the time runs from the start or the end of the earlier engagement is a question for
the municipality's lawyer; until it is answered the strictest reading holds: from the start.
"""

from __future__ import annotations

from datetime import date

from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS


def exempt_until(code: str, started_on: date) -> date | None:
    """The last day on which an engagement may begin without a new extract; None where the statute has no exemption.

    `started_on`: the first day of the earlier engagement. Calendar months. Raises KeyError for an unknown check.
    """
    check = CHECKPOINTS[code]
    months = GROUNDS[check.ground].rehire_months
    return add_months(started_on, months) if months is not None and check.reuse != "never" else None
