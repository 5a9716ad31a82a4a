"""Coming back with the code: what one may do, and the same nothing for every code that leads nowhere."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from tests.reports.recipients import CANARY, Desk
from vetting.crypto import envelopes
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.reports.actions import reporter
from vetting.reports.case import Case
from vetting.reports.errors import BadInput, NotComplete, NotYours, WrongState
from vetting.reports.models import Identity, Member, Message, Report
from vetting.reports.receipts import Receipt
from vetting.reports.returning import Returned, come_back

TRIES = 10_000 if os.environ.get("SOAK") else 600


def typed(code: Code) -> str:
    return "-".join(code.groups)


def back(receipt: Receipt) -> Returned:
    found = come_back(typed(receipt.code))
    assert found is not None
    return found


def dispose(receipt: Receipt, desk: Desk) -> None:
    """As two recipients have it done."""
    report = desk.report(receipt)
    envelopes.destroy(report.pk)


def queries_of(code: str) -> list[str]:
    """The statements that a try costs, without their values."""
    told = []
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keystore"]) as keys,
    ):
        assert come_back(code) is None
    for query in (*keys.captured_queries, *main.captured_queries):
        told.append(query["sql"].split("WHERE")[0])
    return told


def test_wrong_unknown_and_disposed_codes_are_one_nothing(desk: Desk) -> None:
    receipt = desk.send()
    disposed = typed(receipt.code)
    dispose(receipt, desk)
    wrong = f"{disposed[:-1]}{'0' if disposed[-1] != '0' else '1'}"
    asked = {tuple(queries_of(code)) for code in (disposed, wrong, typed(Code.new()), "", "å", "x" * 5000)}
    assert len(asked) == 1
    assert [len(statements) for statements in asked] == [2]


def test_their_times_are_alike(desk: Desk) -> None:
    """Welch's t over a few hundred tries of each; the long campaign has ten thousand (SOAK=codes), and one chance.

    What can be told apart is told apart again; what a busy machine did to one series it does not do to the next.
    """
    receipt = desk.send()
    dispose(receipt, desk)
    chances = 1 if os.environ.get("SOAK") else 3
    assert any(abs(welch(typed(receipt.code), TRIES + chance)) < 4.5 for chance in range(chances))


def welch(disposed: str, lot: int) -> float:
    """Welch's t of how long it takes to come back with the disposed code and with codes that never were.

    Which kind comes next is drawn by lot, so that whatever else the machine does falls on both alike.
    """
    times: dict[bool, list[float]] = {True: [], False: []}
    order = [True, False] * TRIES
    random.Random(lot).shuffle(order)
    for is_disposed in order:
        # A code is made before either, and neither text has been read before: what was just done is done for both.
        fresh = typed(Code.new())
        code = "".join(list(disposed if is_disposed else fresh))
        began = time.perf_counter()
        come_back(code)
        times[is_disposed].append(time.perf_counter() - began)
    # The slowest twentieth is whatever else the machine did.
    one, other = (sorted(times[which])[: TRIES * 19 // 20] for which in (True, False))
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    found = (statistics.mean(one) - statistics.mean(other)) / spread**0.5
    sys.stdout.write(f"Welch's t {found:+.2f} at 2 × {TRIES:,}\n")
    return found


def test_a_code_opens_its_own_report_alone(desk: Desk) -> None:
    first, second = desk.send(story="Den första"), desk.send(story="Den andra")
    assert [text.text for text in back(first).texts] == ["Den första"]
    assert [text.text for text in back(second).texts] == ["Den andra"]


def test_one_writes_more_and_gives_a_name_and_takes_it_back(desk: Desk) -> None:
    receipt = desk.send()
    reporter.write_more(back(receipt), "Det hände igen.")
    reporter.give_identity(back(receipt), "Eva Exempel")
    assert [text.text for text in back(receipt).texts] == [CANARY, "Det hände igen."]
    identity = Identity.objects.get()
    assert Envelope.objects.using("keystore").filter(owner=identity.pk).count() == 3
    reporter.take_back_identity(back(receipt))
    assert not Envelope.objects.using("keystore").filter(owner=identity.pk).exists()
    assert Identity.objects.get().withdrawn_on is not None
    with pytest.raises(NotComplete):
        reporter.take_back_identity(back(receipt))
    actions = list(Entry.objects.filter(tree="reports").order_by("id").values_list("action", flat=True))
    assert actions[-4:] == [
        "report.submitted", "report.added_to", "report.added_to", "report.consent_changed",
    ]  # fmt: skip
    assert {entry.actor_person for entry in Entry.objects.filter(subject=desk.report(receipt).pk)} == {None}


def test_the_code_is_refused_in_what_one_writes(desk: Desk) -> None:
    receipt = desk.send()
    for call in (reporter.write_more, reporter.give_identity):
        with pytest.raises(BadInput):
            call(back(receipt), f"Koden: {typed(receipt.code)}")
    with pytest.raises(BadInput):
        reporter.write_more(back(receipt), "  ")


def test_writing_opens_a_closed_report_again(desk: Desk) -> None:
    receipt = desk.send()
    with Case.locked(desk.report(receipt).pk) as case:
        case.report.state, case.report.closed_on = "closed", case.report.received_on
        with case.act("report.closed", desk.actor("rita"), "report_recipient") as entry:
            case.save(entry)
    reporter.write_more(back(receipt), "Det är inte över.")
    report = desk.report(receipt)
    assert (report.state, report.closed_on) == ("in_assessment", None)


def test_consents_change_and_a_recipient_is_taken_out(desk: Desk) -> None:
    receipt, rita = desk.send(name="Eva", mode="named"), desk.person("rita")
    desk.vault("rita").of(desk.case(receipt))
    reporter.change_consents(back(receipt), ["contact"], removed=[rita], contact="070-1")
    found = back(receipt)
    assert found.consents == {"contact"}
    assert found.key.text(found.report, "contact") == "070-1"
    with pytest.raises(NotYours):
        desk.vault("rita").of(desk.case(receipt))
    held = Envelope.objects.using("keystore").filter(holder=desk.keys["rita"].pk)
    assert not held.exists()
    assert Member.objects.get(report=found.report, person_id=rita).state == "left"
    others = [desk.person("ragnar"), desk.person("rosa")]
    with pytest.raises(NotComplete):
        reporter.change_consents(found, [], removed=others)
    with pytest.raises(BadInput):
        reporter.change_consents(found, ["everything"])


def test_feedback_is_answered_and_another_group_let_in(desk: Desk) -> None:
    receipt = desk.send(excluded=frozenset({desk.person("axel")}))
    with pytest.raises(WrongState):
        reporter.answer_feedback(back(receipt), "content")
    with Case.locked(desk.report(receipt).pk) as case:
        case.report.state, case.report.feedback_on = "feedback_given", case.report.received_on
        with case.act("report.feedback_given", desk.actor("rita"), "report_recipient") as entry:
            case.save(entry)
    with pytest.raises(BadInput):
        reporter.answer_feedback(back(receipt), "angry")
    reporter.answer_feedback(back(receipt), "second_look", "Ni hörde inte på.")
    case = desk.case(receipt)
    assert case.report.state == "second_look"
    key = desk.vault("alva").of(case)
    told = [key.text(message, "body") for message in Message.objects.filter(report=case.report)]
    assert told == [CANARY, "second_look\nNi hörde inte på."]
    with pytest.raises(NotYours):
        desk.vault("axel").of(case)


def test_the_question_of_reprisal_is_answered(desk: Desk) -> None:
    receipt = desk.send()
    reporter.answer_reprisal(back(receipt), "yes", "Jag fick inte passet.")
    with pytest.raises(BadInput):
        reporter.answer_reprisal(back(receipt), "perhaps")
    assert back(receipt).texts[-1].text == "reprisal yes\nJag fick inte passet."
    assert len(back(receipt).reprisal_days) == 3


def test_a_disposed_report_takes_nothing_more(desk: Desk) -> None:
    receipt = desk.send()
    found = back(receipt)
    with Case.locked(found.report.pk) as case:
        case.report.state = "disposed"
        with case.act("report.disposed", desk.actor("rita"), "report_recipient", digest="00") as entry:
            case.save(entry)
    with pytest.raises(WrongState):
        reporter.write_more(found, "mer")
    assert Report.objects.get().state == "disposed"
