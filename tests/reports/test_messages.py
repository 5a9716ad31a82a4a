"""Alarms and reminders leave by a real server: without content, once to each, to the next where nobody answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from audit.clock import at as at_moment
from config.outside import Gateway, Relay
from tests.audit.smtp_sink import Sink
from tests.reports.pages import recipient, text_of
from tests.reports.public.visitor import Visitor
from tests.reports.recipients import CANARY, Desk
from tests.reports.sms_sink import SmsSink
from vetting.policy.calendar import STOCKHOLM
from vetting.policy.report_clocks import MAIL_HOURS
from vetting.reports import sending
from vetting.reports.actions.alarms import acknowledge_alarm, set_contact, set_shift
from vetting.reports.actions.handling import acknowledge, take
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.case import Case
from vetting.reports.jobs import pass_on_alarms
from vetting.reports.models import Alarm, Notice
from vetting.reports.receipts import Receipt
from vetting.reports.reminders import remind
from vetting.reports.returning import come_back
from vetting.reports.sending import send_due

NAMES = ("rita", "ragnar", "rosa", "viola", "vera")
NOON = datetime(2026, 12, 2, 10, 30, tzinfo=STOCKHOLM)


@pytest.fixture
def reach(desk: Desk, settings: Any) -> Callable[[Sink], None]:
    """Let messages leave through the sink, to addresses that the recipients have given themselves."""

    def by(sink: Sink) -> None:
        settings.ANCHOR_RELAY = Relay("127.0.0.1", sink.port, "", "", "", "tjansten@kommun.se", 2)

    for name in NAMES:
        set_contact(by=desk.actor(name), mail=f"{name}@kommun.se", phone="")
    return by


def alarm(desk: Desk, **told: Any) -> Receipt:
    receipt = desk.send(**told)
    press(receipt)
    return receipt


def press(receipt: Receipt) -> None:
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    alarm_duty(back)


def page_of(receipt: Receipt) -> str:
    """What the reporter reads when she comes back."""
    return Visitor().post("/anmal/inkorg/", {"code": "-".join(receipt.code.groups)}).text


def to(sink: Sink) -> list[str]:
    return [str(mail["To"]).split("@")[0] for mail in sink.mails]


def on_duty(desk: Desk, name: str, moment: datetime) -> None:
    hours = {"starts_at": moment - timedelta(hours=1), "ends_at": moment + timedelta(hours=48)}
    set_shift(by=desk.actor("rita"), directory="pressure", person=desk.person(name), **hours)


def run(moment: datetime) -> None:
    """The worker's turn."""
    with at_moment(moment):
        pass_on_alarms()
        remind()
        send_due()


def test_the_one_on_duty_gets_it_at_once_and_the_next_after_half_an_hour(desk: Desk, reach: Any) -> None:
    on_duty(desk, "rosa", NOON)
    with Sink() as sink, at_moment(NOON):
        reach(sink)
        remind()
        receipt = alarm(desk)
        press(receipt)  # twice is once
        send_due()
        send_due()
        assert to(sink) == ["rosa"]
        for minutes in (1, 15, 29):
            run(NOON + timedelta(minutes=minutes))
        assert to(sink) == ["rosa"]
        run(NOON + timedelta(minutes=31))
        run(NOON + timedelta(minutes=32))
        run(NOON + timedelta(minutes=62))
        run(NOON + timedelta(minutes=93))  # all have been asked: it begins again
    alarms = [
        str(mail["To"]).split("@")[0] for mail in sink.mails if mail["Subject"] == "Någon behöver dig nu"
    ]
    assert alarms == ["rosa", "ragnar", "rita", "rosa"]


def test_nothing_of_a_message_tells_of_a_report(desk: Desk, reach: Any) -> None:
    with Sink() as sink, at_moment(NOON):
        reach(sink)
        receipt = alarm(desk, name="Eva Ek", mode="named", contact="070-1")
        run(NOON + timedelta(hours=2))
    report = desk.report(receipt)
    assert {mail["Subject"] for mail in sink.mails} == {"Någon behöver dig nu", "Något väntar på dig"}
    for raw, mail in zip(sink.raw, sink.mails, strict=True):
        text = raw.decode()
        for secret in (CANARY, receipt.reference, str(report.pk), report.pk.hex, "Eva", "070-1", "pressure"):
            assert secret not in text
        assert {name.lower() for name in mail} <= {
            "subject", "from", "to", "date", "message-id", "auto-submitted", "importance", "mime-version",
            "content-type", "content-transfer-encoding",
        }  # fmt: skip
        assert mail.get_content().startswith(tuple(sending.TEXT.values()))
    numbers = {str(mail["Message-ID"]) for mail in sink.mails}
    assert len(numbers) == len(sink.mails)
    assert not any(part.hex in number for number in numbers for part in (report.pk, Alarm.objects.get().pk))
    assert all(said.split(" ")[1] == "localhost" for said in sink.said if said.upper().startswith("EHLO"))


def test_the_reporter_reads_alarmed_only_when_a_message_has_left(
    desk: Desk, reach: Any, settings: Any
) -> None:
    settings.DUTY_PHONE = "0123-45 67 89"
    with Sink() as sink, at_moment(NOON):
        reach(sink)
        receipt = alarm(desk)
        page = page_of(receipt)
        assert "Larmet är på väg" in page
        assert "0123-45 67 89" in page
        assert "Jouren är larmad" not in page
        send_due()
        assert "Jouren är larmad" in page_of(receipt)
        found = Alarm.objects.get()
        assert found.person_id is not None
        acknowledge_alarm(found.pk, by=actor_of(desk, found.person_id))
        assert "Någon har svarat på larmet" in page_of(receipt)
    assert not Notice.objects.filter(sent_at=None).exists()


def actor_of(desk: Desk, person: UUID) -> Any:
    return next(desk.actor(name) for name in NAMES if desk.person(name) == person)


def test_where_nobody_can_be_reached_the_page_says_to_call(desk: Desk, settings: Any) -> None:
    settings.DUTY_PHONE = "0123-45 67 89"
    receipt = alarm(desk)
    page = page_of(receipt)
    assert "Ingen kan larmas härifrån just nu" in page
    assert "0123-45 67 89" in page
    assert "larmad" not in page
    found = Alarm.objects.get()
    assert found.person_id is not None, "she sees it when she signs in"


def test_a_server_that_is_down_is_tried_again_and_the_operator_told(
    desk: Desk, reach: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with Sink() as sink:
        reach(sink)
    with at_moment(NOON):
        receipt = alarm(desk)
        with caplog.at_level(logging.ERROR):
            send_due()
        assert "did not leave by mail" in caplog.text
        assert "kommun.se" not in caplog.text
        assert "Larmet är på väg" in page_of(receipt)
    tried = []
    for minutes in range(1, 20):
        before = Notice.objects.get().tries
        with at_moment(NOON + timedelta(minutes=minutes)):
            send_due()
        if Notice.objects.get().tries > before:
            tried.append(minutes)
    assert tried == [1, 3, 7, 12, 17]
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("report_messages", stdout=out)
    assert (stopped.value.code, "alarm: 1 tried and not sent" in out.getvalue()) == (1, True)
    assert "Meddelanden går inte fram just nu" in text_of(recipient(desk, "rita").get("/anmalningar/jour/"))
    with Sink() as up:
        reach(up)
        with at_moment(NOON + timedelta(minutes=30)):
            send_due()
    assert len(up.mails) == 1
    assert Alarm.objects.get().told


def test_what_another_worker_has_in_hand_is_left_to_it_until_its_time_is_out(desk: Desk, reach: Any) -> None:
    with Sink() as sink, at_moment(NOON):
        reach(sink)
        alarm(desk)
        notice = Notice.objects.get()
        assert sending._take(notice)
        assert not sending._take(notice)
        send_due()
        assert sink.mails == []
    with Sink() as sink, at_moment(NOON + timedelta(minutes=3)):
        reach(sink)
        send_due()
        assert len(sink.mails) == 1


def test_by_telephone_too_where_the_municipality_has_a_gateway(desk: Desk, settings: Any) -> None:
    set_contact(by=desk.actor("rita"), mail="", phone="+46701234567")
    with SmsSink() as sms, SmsSink(500) as broken, at_moment(NOON):
        settings.SMS_GATEWAY = Gateway(broken.url, "hemligt")
        on_duty(desk, "ragnar", NOON)  # whom no message reaches: no half hour is spent on that
        receipt = alarm(desk)
        send_due()
        assert not Alarm.objects.get().told
        settings.SMS_GATEWAY = Gateway(sms.url, "hemligt")
        with at_moment(NOON + timedelta(minutes=2)):
            send_due()
            remind()
            send_due()
    assert [(one["to"], one["text"].split(".")[0]) for one in sms.taken] == [
        ("+46701234567", "Du har fått ett larm")
    ]
    assert sms.tokens == ["Bearer hemligt"]
    assert receipt.reference not in str(sms.taken)


def test_planned_mail_leaves_at_set_hours_however_the_reports_come(desk: Desk, reach: Any) -> None:
    sent: list[datetime] = []
    with Sink() as sink:
        reach(sink)
        run(NOON - timedelta(minutes=5))
        for minutes in range(0, 24 * 60, 20):
            moment = NOON + timedelta(minutes=minutes)
            with at_moment(moment):
                if minutes in (0, 140, 600):
                    desk.send()
                before = len(sink.mails)
                remind()
                send_due()
                if len(sink.mails) > before:
                    sent.append(moment.astimezone(STOCKHOLM))
    hours = [moment.hour for moment in sent]
    assert hours == [*MAIL_HOURS[1:], MAIL_HOURS[0]], "none when a report came"
    assert len(sink.mails) == 3 * len(sent)


def test_what_nobody_answers_is_everybodys_after_twelve_hours_on_a_sunday_too(desk: Desk, reach: Any) -> None:
    sunday = datetime(2026, 12, 6, 8, 0, tzinfo=STOCKHOLM)
    with Sink() as sink:
        reach(sink)
        run(sunday - timedelta(minutes=5))
        with at_moment(sunday):
            receipt = desk.send(mode="confidential")
            with Case.locked(desk.report(receipt).pk) as case:
                take(case, by=desk.actor("rita"))
            assert "<strong>Bekräfta" not in text_of(recipient(desk, "ragnar").get("/anmalningar/"))
        run(sunday + timedelta(hours=10))
        assert {mail["Subject"] for mail in sink.mails} == {"Något väntar på dig"}
        with at_moment(sunday + timedelta(hours=12, minutes=1)):
            assert "<strong>Bekräfta" in text_of(recipient(desk, "ragnar").get("/anmalningar/"))
        sink.mails.clear()
        run(sunday + timedelta(hours=13, minutes=30))
        run(sunday + timedelta(hours=13, minutes=31))
        assert sorted(to(sink)) == ["ragnar", "rita", "rosa"]
        assert {mail["Subject"] for mail in sink.mails} == {"Något har väntat länge"}
        with at_moment(sunday + timedelta(hours=14)), Case.locked(desk.report(receipt).pk) as case:
            acknowledge(case, "Vi läser.", by=desk.actor("rita"), vault=desk.vault("rita"))
        sink.mails.clear()
        run(sunday + timedelta(hours=23, minutes=10))
        assert sink.mails == []


def test_whistleblowing_is_reminded_of_each_morning_until_it_is_confirmed(desk: Desk, reach: Any) -> None:
    with Sink() as sink:
        reach(sink)
        run(NOON)
        with at_moment(NOON):
            desk.send(channel="whistleblowing")
        for hours in range(1, 49):
            run(NOON + timedelta(hours=hours))
    assert sorted(to(sink)) == ["vera", "vera", "viola", "viola"]


def test_each_says_herself_where_messages_reach_her(desk: Desk) -> None:
    client = recipient(desk, "rita")
    address = "/anmalningar/jour/kontakt/"
    wrong = client.post(address, {"once": str(uuid4()), "mail": "rita@kommun.se", "phone": "0701234567"})
    assert wrong.status_code == 422
    right = {"once": str(uuid4()), "mail": "rita@kommun.se", "phone": "+46709999999"}
    assert client.post(address, right).status_code == 302
    assert "+46709999999" in text_of(client.get(address))
    assert "+46709999999" not in text_of(recipient(desk, "ragnar").get(address))
    assert recipient(desk, "ragnar").get("/anmalningar/jour/").status_code == 200
