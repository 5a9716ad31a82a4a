"""A report from the first answer to its disposal, by people who may, and by two where it takes two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from audit import clock
from audit.models import Entry
from tests.reports.recipients import CANARY, Desk
from vetting.access.door import Denied
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.policy.calendar import STOCKHOLM
from vetting.reports.actions import closing, handling, intake, police
from vetting.reports.case import Case
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, NotYours, WrongState
from vetting.reports.models import Measure, Message, Record, Report
from vetting.reports.receipts import Receipt
from vetting.reports.returning import come_back
from vetting.reports.submit import Submission

DAY = datetime(2026, 3, 2, 9, tzinfo=STOCKHOLM)


class Work:
    """One report, handled by name."""

    def __init__(self, desk: Desk, **told: Any) -> None:
        self.desk, self.receipt = desk, desk.send(**told)
        self.pk = desk.report(self.receipt).pk

    @classmethod
    def of(cls, desk: Desk, receipt: Receipt, pk: UUID) -> Work:
        """A report that is there already."""
        work = object.__new__(cls)
        work.desk, work.receipt, work.pk = desk, receipt, pk
        return work

    def do(self, name: str, act: Callable[..., Any], *args: Any, sealed: bool = False, **more: Any) -> Any:
        """One act by one person, under the lock."""
        if sealed:
            more["vault"] = self.desk.vault(name)
        with Case.locked(self.pk) as case:
            return act(case, *args, by=self.desk.actor(name), **more)

    @property
    def report(self) -> Report:
        """As it is now."""
        return Report.objects.get(pk=self.pk)

    def assessed(self) -> Work:
        """With an owner, and measures decided."""
        self.do("rita", handling.acknowledge, "Tack, vi läser.", sealed=True)
        self.do("rita", handling.begin_assessment)
        self.do("rita", handling.assess, {"threat": "raised", "crimes": ["17:1"]}, sealed=True)
        return self

    def closed(self) -> Work:
        """All the way."""
        self.assessed()
        self.do("rita", handling.give_feedback, "Vi har gjort detta.", sealed=True)
        self.do("rita", closing.propose_close, "Lärdomar", sealed=True, reason="measures_done")
        self.do("ragnar", closing.confirm_close)
        return self


def back(receipt: Receipt) -> Any:
    return come_back("-".join(receipt.code.groups))


def test_the_whole_way(desk: Desk) -> None:
    with clock.at(DAY):
        work = Work(desk).closed()
    report = work.report
    assert (report.state, report.closed_on) == ("closed", date(2026, 3, 2))
    assert report.feedback_by == date(2026, 6, 2)
    kinds = [text.kind for text in back(work.receipt).texts]
    assert kinds == ["story", "acknowledgement", "feedback"]
    assert {record.kind for record in Record.objects.all()} == {"assessment", "lessons"}
    told = Entry.objects.filter(subject=work.pk).order_by("id").values_list("action", flat=True)
    assert list(told) == [
        "report.submitted", "report.acknowledged", "report.assessment_begun", "report.assessed",
        "report.feedback_given", "report.close_proposed", "report.closed",
    ]  # fmt: skip


def test_what_is_written_is_sealed_and_read_by_the_circle(desk: Desk) -> None:
    work = Work(desk).assessed()
    work.do("ragnar", handling.write_note, "Ring inte före åtta.", sealed=True)
    work.do("ragnar", handling.protect, "safe_tonight", "Sover hos en vän.", sealed=True)
    work.do("rosa", handling.record_support, {"offered": ["union"]}, sealed=True)
    work.do("rosa", handling.record_work_environment, {"register": "KIA", "reference": "7"}, sealed=True)
    said = {"will": "does_not_want", "talked_on": today().isoformat()}
    work.do("rosa", police.record_police, said, sealed=True)
    key = desk.vault("rita").of(desk.case(work.receipt))
    told = {record.kind: key.json(record, "content") for record in Record.objects.all()}
    assert told["note"] == {"text": "Ring inte före åtta."}
    assert told["protection"] == {"step": "safe_tonight", "note": "Sover hos en vän."}
    assert told["police"]["will"] == "does_not_want"
    with pytest.raises(BadInput):
        work.do("rosa", police.record_police, {"will": "perhaps"}, sealed=True)
    with pytest.raises(BadInput):
        work.do("rosa", handling.protect, "fly_away", "", sealed=True)


def test_measures_are_done_before_it_is_closed(desk: Desk) -> None:
    work = Work(desk).assessed()
    due = today() + timedelta(days=7)
    person = desk.person("ragnar")
    measure = work.do("rita", handling.plan_measure, "Byt nummer", sealed=True, responsible=person, due=due)
    with pytest.raises(BadInput):
        work.do(
            "rita",
            handling.plan_measure,
            "För sent",
            sealed=True,
            responsible=person,
            due=due - timedelta(days=9),
        )
    with pytest.raises(WrongState):
        work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")
    work.do("rita", handling.give_feedback, "Vi gör detta.", sealed=True)
    with pytest.raises(NotComplete) as error:
        work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")
    assert error.value.missing == ("measures",)
    work.do("ragnar", handling.complete_measure, Measure.objects.get(pk=measure.pk))
    work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")
    assert work.report.state == "closing_proposed"


def test_whoever_proposes_or_answers_for_it_does_not_close_it(desk: Desk) -> None:
    work = Work(desk).assessed()
    work.do("rita", handling.give_feedback, "Klart.", sealed=True)
    work.do("rita", closing.propose_close, "Lärdom", sealed=True, reason="measures_done")
    with pytest.raises(Denied):
        work.do("rita", closing.confirm_close)
    with pytest.raises(BadInput):
        work.do("ragnar", closing.reject_close, reason="mood")
    work.do("ragnar", closing.reject_close, reason="feedback_thin")
    assert (work.report.state, work.report.proposer_id) == ("in_action", None)


def test_it_is_handed_over_and_opened_again(desk: Desk) -> None:
    work = Work(desk).assessed()
    work.do("rita", handling.hand_over, to=desk.person("rosa"))
    with pytest.raises(Denied):
        work.do("rita", handling.hand_over, to=desk.person("ragnar"))
    with pytest.raises(BadInput):
        work.do("rosa", handling.hand_over, to=desk.person("viola"))
    work.do("rosa", handling.give_feedback, "Klart.", sealed=True)
    work.do("rosa", handling.begin_follow_up, "Det är lugnt.", sealed=True)
    work.do("rosa", closing.propose_close, "Lärdom", sealed=True, reason="no_influence")
    work.do("rita", closing.confirm_close)
    work.do("ragnar", closing.reopen, reason="new_facts")
    assert (work.report.state, work.report.closed_on) == ("in_assessment", None)


def test_set_apart_and_released_by_another(desk: Desk) -> None:
    work = Work(desk)
    work.do("rita", closing.quarantine)
    with pytest.raises(Denied):
        work.do("rita", closing.release, reason="removed")
    with pytest.raises(WrongState):
        work.do("ragnar", handling.send_message, "Hej", sealed=True)
    work.do("ragnar", closing.release, reason="removed")
    assert work.report.state == "in_assessment"


def test_disposal_takes_two_years_two_persons_and_no_hold(desk: Desk) -> None:
    with clock.at(DAY):
        work = Work(desk, name="Eva", mode="named").closed()
        with pytest.raises(NotComplete, match="too_early"):
            work.do("rita", closing.propose_disposal)
        work.do("rita", closing.set_hold, ground="court", review_on=date(2026, 9, 2))
    key = desk.vault("rita").of(desk.case(work.receipt))
    message = Message.objects.filter(report=work.pk).first()
    assert message is not None
    assert key.text(message, "body") == CANARY
    with clock.at(datetime(2028, 3, 3, 9, tzinfo=STOCKHOLM)):
        with pytest.raises(NotComplete, match="held"):
            work.do("rita", closing.propose_disposal)
        with pytest.raises(Denied):
            work.do("rita", closing.lift_hold)
        work.do("ragnar", closing.lift_hold)
        work.do("rita", closing.propose_disposal)
        with pytest.raises(Denied):
            work.do("rita", closing.confirm_disposal)
        work.do("ragnar", closing.reject_disposal, reason="too_early")
        work.do("rita", closing.propose_disposal)
        digest = work.do("rosa", closing.confirm_disposal)
    assert len(digest) == 64
    assert Entry.objects.get(action="report.disposed").content["facts"]["digest"] == digest
    assert not Envelope.objects.using("keystore").exists()
    assert back(work.receipt) is None
    with pytest.raises(NotYours):
        desk.vault("rita").of(desk.case(work.receipt))


def test_old_copies_put_back_after_disposal_stay_shut(desk: Desk) -> None:
    """Every row as it was, history too, beside the key store of today: nobody has a key to it."""
    works = [Work(desk) for _ in range(20)]
    with clock.at(DAY):
        for work in works:
            work.do("rita", closing.quarantine)
            work.do("rita", closing.propose_disposal, is_out_of_place=True)
            work.do("ragnar", closing.confirm_disposal)
    readable = 0
    for work in works:
        assert Message.objects.filter(report=work.pk).exists()
        for name in ("rita", "ragnar", "rosa"):
            try:
                desk.vault(name).of(desk.case(work.receipt))
                readable += 1
            except NotYours:
                continue
        readable += back(work.receipt) is not None
    assert readable == 0


def test_what_was_told_is_written_down_and_the_code_is_the_tellers(desk: Desk) -> None:
    told = Submission("pressure", "full", "confidential", "Hon berättade detta.")
    with pytest.raises(Denied):
        intake.enter_oral(told, Code.new(), by=desk.actor("viola"))
    receipt = intake.enter_oral(told, Code.new(), by=desk.actor("rita"))
    assert back(receipt).report.way == "oral"
    assert Entry.objects.get(action="report.oral_entered").actor_person == desk.person("rita")
