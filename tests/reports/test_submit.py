"""A report is sent: stored once, sealed to those left in, and the code leads back to it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.test import override_settings

from audit import clock
from audit.models import Entry
from audit.ranges import DAYS
from tests.reports.recipients import CANARY, Desk
from vetting.crypto.written import Code
from vetting.reports.directory import ROLE_OF, recipients_in
from vetting.reports.errors import BadInput, NoRecipients
from vetting.reports.models import Member, Message, Report
from vetting.reports.receipts import fingerprint, is_ours
from vetting.reports.returning import come_back
from vetting.reports.submit import Submission, recipients_for, submit


def typed(code: Code) -> str:
    return "-".join(code.groups)


def everything_stored() -> bytes:
    """Every value of every table of both databases, as text."""
    told = []
    for alias in ("default", "keystore"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                told += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor]
    return "\n".join(told).encode()


def test_it_is_stored_and_the_code_leads_back(desk: Desk) -> None:
    receipt = desk.send(facts={"kind": ["threat"], "when": "today"}, consents=["contact"])
    back = come_back(f" {typed(receipt.code).lower().replace('-', ' ')} ")
    assert back is not None
    assert [(text.is_mine, text.kind, text.text) for text in back.texts] == [(True, "story", CANARY)]
    assert back.report.state == "received"
    assert back.consents == {"contact"}
    assert back.receipt == receipt
    assert receipt.reference.startswith("P-")
    assert receipt.answer_on > receipt.received_on


def test_nothing_of_it_lies_open(desk: Desk) -> None:
    told = {
        "story": CANARY,
        "contact": "Kanarietelefon 070",
        "other_person": "Kanariekollegan",
        "name": "Kanarie Fågelsson",
        "mode": "named",
        "facts": {"kind": ["via_relative"]},
    }
    receipt = desk.send(**told)
    stored = everything_stored()
    assert receipt.reference.encode() in stored
    for canary in (b"KANARIE", "KANARIEFÅGELN".encode(), b"Kanarie", b"via_relative"):
        assert canary not in stored
        assert canary.hex().encode() not in stored
    for group in receipt.code.groups:
        assert f"-{group}".encode() not in stored
    assert typed(receipt.code).replace("-", "").encode() not in stored


def test_the_log_tells_the_day_and_nobody(desk: Desk) -> None:
    # The log's time never runs backwards, so it is a day after the desk was made.
    day = datetime.now(UTC).date() + timedelta(days=1)
    with clock.at(datetime.combine(day, time(11, 14, 15), UTC)):
        receipt = desk.send()
    entry = Entry.objects.get(action="report.submitted")
    assert (entry.tree, entry.actor_person, entry.actor_account, entry.actor_role) == (
        "reports", None, None, "reporter",
    )  # fmt: skip
    assert entry.time == datetime.combine(day, time(), UTC)
    assert entry.id >= DAYS
    assert entry.content["facts"] == {
        "channel": "pressure", "date": day.isoformat(), "report": receipt.reference,
    }  # fmt: skip
    report = desk.report(receipt)
    # To the end of the next day, as it is counted in Stockholm.
    assert report.acknowledge_by == datetime.combine(
        day + timedelta(days=2), time(), ZoneInfo("Europe/Stockholm")
    )
    assert {row.history_date for row in Report.history.all()} == {entry.time}


def test_only_what_happened_is_required(desk: Desk) -> None:
    for told, field in (
        ({"story": " \n"}, "story"),
        ({"way": "call", "story": ""}, "contact"),
        ({"channel": "both"}, "channel"),
        ({"mode": "secret"}, "mode"),
        ({"way": "by_dove"}, "way"),
        ({"facts": {"kind": "threat"}}, "facts"),
        ({"facts": {"mood": "bad"}}, "facts"),
        ({"consents": ["everything"]}, "consents"),
        ({"story": "x" * 50_001}, "story"),
        ({"story": "x\ud800"}, "story"),
        ({"mode": "anonymous", "name": "Eva"}, "mode"),
    ):
        with pytest.raises(BadInput) as error:
            desk.send(**told)
        assert field in error.value.errors, told
    assert not Report.objects.exists()
    call = desk.send(way="call", story="", contact="070-1234567, efter 18")
    assert Entry.objects.filter(action="report.call_requested").count() == 1
    assert desk.report(call).state == "received"


def test_the_code_is_refused_inside_the_text(desk: Desk) -> None:
    code = Code.new()
    for written in (typed(code), typed(code).lower().replace("-", " "), f"x{typed(code).replace('-', '')}x"):
        with pytest.raises(BadInput) as error:
            submit(Submission("pressure", "full", "anonymous", f"Koden är {written}."), code)
        assert error.value.errors == {"story": "code"}
    with pytest.raises(BadInput):
        desk.send(story=f"Min gamla kod var {typed(Code.new())}")


def test_a_double_click_is_one_report_with_one_receipt(desk: Desk) -> None:
    told, code = Submission("pressure", "short", "anonymous", CANARY), Code.new()
    first, second = submit(told, code), submit(told, code)
    assert first == second
    assert Report.objects.count() == Message.objects.count() == 1


def test_it_is_sealed_to_those_left_in_alone(desk: Desk) -> None:
    shown = recipients_for("pressure")
    assert [each.name for each in shown] == ["Ragnar", "Rita", "Rosa"]
    receipt = desk.send(excluded=frozenset({desk.person("rita")}))
    circle = {member.person_id for member in Member.objects.filter(report__reference=receipt.reference)}
    assert circle == {desk.person("ragnar"), desk.person("rosa")}
    with pytest.raises(NoRecipients):
        desk.send(excluded=frozenset(each.person_id for each in shown))


def test_about_the_security_function_it_goes_to_the_alternative_group(desk: Desk) -> None:
    receipt = desk.send(concerns_security=True, channel="whistleblowing")
    report = desk.report(receipt)
    assert (report.channel, report.directory, report.two_persons) == ("whistleblowing", "alternative", True)
    names = {member.person_id for member in Member.objects.filter(report=report)}
    assert names == {desk.person(name) for name in ("alva", "axel", "agnes")}
    with pytest.raises(NoRecipients):
        desk.send(concerns_security=True, excluded=frozenset({desk.person("alva"), desk.person("axel")}))


def test_the_receipt_is_signed_and_checked_without_the_code(desk: Desk) -> None:
    receipt = desk.send()
    assert is_ours(receipt.statement, receipt.signature)
    assert is_ours(receipt.statement.replace("\n", "\r\n") + "  ", receipt.signature)
    assert not is_ours(receipt.statement.replace("pressure", "whistleblowing"), receipt.signature)
    assert fingerprint(receipt.salt, CANARY) in receipt.statement
    assert typed(receipt.code) not in receipt.statement
    assert receipt.reference not in receipt.statement


def test_without_any_key_of_the_service_reports_are_received(desk: Desk) -> None:
    with override_settings(MASTER_KEYS=None, INDEX_KEY=None, RECEIPT_KEY=None):
        receipt = desk.send(name="Eva", mode="confidential")
        back = come_back(typed(receipt.code))
    assert back is not None
    assert receipt.signature == b""


def test_whoever_came_after_the_choice_was_shown_receives_nothing(desk: Desk) -> None:
    shown = recipients_in(ROLE_OF)
    desk.world.hire("ruth", "report_recipient", authority=desk.world.other_authority)
    desk.certify("ruth", "report_recipient")
    told = Submission(channel="pressure", way="full", mode="anonymous", story=CANARY)
    for among, holders in ((shown, 3), (None, 4)):
        report = desk.report(submit(told, Code.new(), among=among))
        people = set(Member.objects.filter(report=report).values_list("person_id", flat=True))
        assert len(people) == holders
        assert (desk.person("ruth") in people) is (among is None)
