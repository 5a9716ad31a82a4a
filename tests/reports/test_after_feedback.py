"""What is asked of whoever reported, and what must follow: feedback, reprisals, follow-up, a hold on disposal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from audit import clock
from audit.models import Entry
from tests.reports.public.visitor import Visitor
from tests.reports.recipients import Desk
from tests.reports.test_handling import DAY, Work, back
from vetting.access.door import Denied
from vetting.policy.calendar import STOCKHOLM
from vetting.reports.actions import closing, handling, reporter
from vetting.reports.clock import dates_of, next_of
from vetting.reports.errors import BadInput, NotComplete, WrongState

REPRISAL = "Har någon gjort något mot dig för att du anmälde?"
FEEDBACK = "Vad tycker du om beskedet?"


def on(day: date) -> Any:
    """The clock, at nine in the morning of a day."""
    return clock.at(datetime(day.year, day.month, day.day, 9, tzinfo=STOCKHOLM))


def page_of(work: Work) -> str:
    """What the reporter sees on coming back."""
    return Visitor().post("/anmal/inkorg/", {"code": "".join(work.receipt.code.groups)}).text


def told(work: Work) -> Work:
    """With feedback given."""
    work.assessed()
    work.do("rita", handling.give_feedback, "Vi har gjort detta.", sealed=True)
    return work


def test_the_question_of_reprisals_goes_when_answered_and_comes_back_at_the_next_date(desk: Desk) -> None:
    """At 30 days, 3 and 9 months."""
    with clock.at(DAY):
        work = Work(desk)
    days = back(work.receipt).reprisal_days
    assert days == (date(2026, 4, 1), date(2026, 6, 2), date(2026, 12, 2))
    with on(days[0] - timedelta(days=1)):
        assert REPRISAL not in page_of(work)
    for place, day in enumerate(days):
        with on(day + timedelta(days=place)):
            assert REPRISAL in page_of(work), day
            reporter.answer_reprisal(back(work.receipt), "no")
            assert REPRISAL not in page_of(work), day
        after = days[place + 1] - timedelta(days=1) if place < 2 else day + timedelta(days=300)
        with on(after):
            assert REPRISAL not in page_of(work), after


def test_a_question_that_nobody_answered_stands_once(desk: Desk) -> None:
    with clock.at(DAY):
        work = Work(desk)
    with on(date(2026, 6, 10)):
        reporter.answer_reprisal(back(work.receipt), "unsure")
        assert REPRISAL not in page_of(work)


def test_the_question_about_the_feedback_goes_when_answered_and_comes_with_new_feedback(desk: Desk) -> None:
    work = Work(desk).assessed()
    assert FEEDBACK not in page_of(work)
    work.do("rita", handling.give_feedback, "Vi har gjort detta.", sealed=True)
    assert FEEDBACK in page_of(work)
    reporter.answer_feedback(back(work.receipt), "talk", "Ring mig.")
    assert FEEDBACK in page_of(work), "who wants to talk may still ask for somebody else"
    reporter.answer_feedback(back(work.receipt), "content")
    assert FEEDBACK not in page_of(work)
    due = handling.today() + timedelta(days=1)
    more = {"responsible": desk.person("rita"), "due": due}
    measure = work.do("rita", handling.plan_measure, "En sak till", sealed=True, **more)
    work.do("rita", handling.complete_measure, measure)
    work.do("rita", handling.give_feedback, "Nu är även det gjort.", sealed=True)
    assert FEEDBACK in page_of(work)


def test_it_is_not_closed_without_feedback(desk: Desk) -> None:
    work = told(Work(desk))
    with closing.Case.locked(work.pk) as case:
        case.report.feedback_on = None
        with pytest.raises(NotComplete, match="feedback"):
            handling.require_feedback(case)


@pytest.mark.parametrize(("said", "missing"), [("talk", "wants_to_talk"), ("reprisal", "reprisal")])
def test_whoever_wants_to_talk_is_answered_before_it_is_closed(desk: Desk, said: str, missing: str) -> None:
    work = told(Work(desk))
    if said == "talk":
        reporter.answer_feedback(back(work.receipt), "talk")
    else:
        reporter.answer_reprisal(back(work.receipt), "yes", "Jag fick inte passet.")
    with pytest.raises(NotComplete, match=missing):
        work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")
    work.do("ragnar", handling.send_message, "Vi ringer i dag.", sealed=True)
    work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")


def test_it_is_followed_up_after_30_and_90_days(desk: Desk) -> None:
    with clock.at(DAY):
        work = told(Work(desk))
    days = {due.day: due.done for due in dates_of(work.report) if due.what == "Följ upp"}
    assert days == {date(2026, 4, 1): None, date(2026, 5, 31): None}
    with on(date(2026, 4, 1)):
        work.do("rosa", handling.begin_follow_up, "Lugnt.", sealed=True)
    assert work.report.state == "following_up"
    with on(date(2026, 5, 20)):
        due = next_of(work.report)
        assert due is not None
        assert (due.what, due.day) == ("Följ upp", date(2026, 5, 31))
    with on(date(2026, 5, 29)):
        work.do("ragnar", handling.begin_follow_up, "Fortfarande lugnt.", sealed=True)
    done = [due.done for due in dates_of(work.report) if due.what == "Följ upp"]
    assert done == [date(2026, 5, 29), date(2026, 5, 29)]
    assert Entry.objects.filter(action="report.follow_up_begun", subject=work.pk).count() == 2
    with pytest.raises(BadInput):
        work.do("rosa", handling.begin_follow_up, " ", sealed=True)


def test_a_hold_has_a_ground_and_a_day_and_stands_until_another_lifts_it(desk: Desk) -> None:
    with clock.at(DAY):
        work = Work(desk).closed()
        for wrong in (date(2026, 3, 1), date(2026, 9, 3)):
            with pytest.raises(BadInput, match="review_on"):
                work.do("rita", closing.set_hold, ground="court", review_on=wrong)
        with pytest.raises(BadInput, match="ground"):
            work.do("rita", closing.set_hold, ground="mood", review_on=date(2026, 4, 1))
        work.do("rita", closing.set_hold, ground="court", review_on=date(2026, 4, 1))
    with on(date(2028, 6, 1)):
        due = next_of(work.report)
        assert due is not None
        assert (due.what, due.is_late) == ("Pröva gallringsstoppet", True)
        with pytest.raises(NotComplete, match="held"):
            work.do("ragnar", closing.propose_disposal)
        work.do("ragnar", closing.set_hold, ground="supervision", review_on=date(2028, 9, 1))
        report = work.report
        assert (report.hold_on, report.hold_review_on) == (date(2026, 3, 2), date(2028, 9, 1))
        with pytest.raises(Denied):
            work.do("ragnar", closing.lift_hold)
        work.do("rita", closing.lift_hold)
        report = work.report
        assert (report.hold_by_id, report.hold_ground, report.hold_on, report.hold_review_on) == (
            None, "", None, None,
        )  # fmt: skip
        work.do("rita", closing.propose_disposal)
        work.do("rita", closing.set_hold, ground="court", review_on=date(2028, 9, 1))
        with pytest.raises(NotComplete, match="held"):
            work.do("ragnar", closing.confirm_disposal)


def test_a_hold_on_what_is_set_apart_is_lifted_by_another_all_the_same(desk: Desk) -> None:
    work = Work(desk)
    work.do("rita", closing.set_hold, ground="police", review_on=handling.today())
    work.do("ragnar", closing.quarantine)
    with pytest.raises(Denied):
        work.do("rita", closing.lift_hold)
    work.do("rosa", closing.lift_hold)


def test_what_is_disposed_of_is_held_no_more(desk: Desk) -> None:
    with clock.at(DAY):
        work = Work(desk).closed()
        work.do("rita", closing.propose_disposal, is_out_of_place=True)
        work.do("ragnar", closing.confirm_disposal)
        with pytest.raises(WrongState):
            work.do("rita", closing.set_hold, ground="court", review_on=date(2026, 4, 1))
