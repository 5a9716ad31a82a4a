"""The four last quarters for whoever may not open what they count: each protected as the one of `protected` is.

A reader who came back each quarter has seen the same four tables; there is no sum of them that could be taken apart.
"""

from __future__ import annotations

from datetime import date

from vetting.access.actor import Actor
from vetting.figures.protection import Protected, protect
from vetting.oversight.queries import trends
from vetting.oversight.queries.protected import last_quarter
from vetting.policy.calendar import add_months
from vetting.recruitment.models import Decision, Opinion
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.recruitment.queries.visible import Reach

QUARTERS = 4
Table = dict[date, Protected]


def quarters_until(on: date) -> list[date]:
    """The first days of the last four quarters that are over on the day `on`."""
    newest = last_quarter(on).first
    return [add_months(newest, -3 * back) for back in reversed(range(QUARTERS))]


def decisions(actor: Actor, within: Reach) -> Table:
    """Quarter → delegates' decisions, *kept* where every check that stops one was done. A board's decision may be
    noted long after its day, and would move a number of a quarter that is over."""
    starts, last = quarters_until(actor.on), last_quarter(actor.on).last
    rows = Decision.objects.filter(within.about(), maker=Decision.Maker.DELEGATE)
    counted = trends.shares(trends.decisions_by_day(rows, starts[0], last), starts)
    return {start: _table(share.kept, share.total) for start, share in counted.items()}


def opinions(actor: Actor, within: Reach) -> Table:
    """Quarter → opinions, *kept* where the target was."""
    starts, last = quarters_until(actor.on), last_quarter(actor.on).last
    rows = Opinion.objects.filter(within.about())
    days = trends.leads_by_day(rows, starts[0], last)
    counted = trends.shares([(on, took <= TARGET_DAYS, number) for on, took, number in days], starts)
    return {start: _table(share.kept, share.total) for start, share in counted.items()}


def _table(kept: int, total: int) -> Protected:
    return protect({"kept": kept, "not": total - kept}, zeros=True)
