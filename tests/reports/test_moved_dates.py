"""The dates of a report that moves: never later than promised, never later than the new channel's, and no day wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from audit import clock
from tests.recruitment.clicks import text_of
from tests.reports.pages import at, recipient
from tests.reports.recipients import Desk
from tests.reports.test_handling import Work
from vetting.reports.actions import handling
from vetting.reports.actions.moving import propose_transfer, transfer
from vetting.reports.clock import next_of
from vetting.reports.models import Report
from vetting.reports.receipts import answer_on
from vetting.reports.returning import come_back

NOON = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
"""A Saturday, at noon in Stockholm."""


def moved(work: Work, first: str, second: str) -> Report:
    work.do(second, propose_transfer, sealed=True, ground="duty_to_pass_on", reason="Missförhållande")
    work.do(first, transfer, sealed=True)
    back = come_back("".join(work.receipt.code.groups))
    assert back is not None
    return back.report


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_what_was_promised_in_a_day_is_not_put_off_and_no_day_is_lost(desk: Desk, mode: str) -> None:
    with clock.at(NOON):
        work = Work(desk, mode=mode)
        work.do("rita", handling.take)
        promised = answer_on(desk.report(work.receipt))
        report = moved(work, "rita", "ragnar")
        assert promised == date(2026, 11, 29)
        assert (report.channel, answer_on(report)) == ("whistleblowing", promised)


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_what_comes_to_the_channel_of_a_day_is_answered_in_a_day(desk: Desk, mode: str) -> None:
    with clock.at(NOON):
        work = Work(desk, mode=mode, channel="whistleblowing")
        work.do("viola", handling.take)
        assert answer_on(desk.report(work.receipt)) == date(2026, 12, 5)
        report = moved(work, "viola", "vera")
        assert (report.channel, answer_on(report)) == ("pressure", date(2026, 11, 29))


def test_one_that_was_confirmed_long_ago_is_not_late_when_it_comes(desk: Desk) -> None:
    with clock.at(NOON):
        work = Work(desk, mode="confidential")
        work.do("rita", handling.take)
        work.do("rita", handling.acknowledge, "Vi har läst.", sealed=True)
    with clock.at(NOON + timedelta(days=20)):
        report = moved(work, "rita", "ragnar")
        assert answer_on(report) == date(2026, 12, 25)
        due = next_of(report)
        assert due is not None
        assert not due.is_late
        old = text_of(recipient(desk, "rita").get(at(desk.report(work.receipt))))
        assert "dagar kvar" not in old
        assert "Mottagen" in old
