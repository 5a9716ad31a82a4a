"""The duty roster, alarms that go on to the next person, and reports told by word of mouth."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from audit.clock import at as at_moment
from audit.clock import now
from tests.recruitment.clicks import client_of
from tests.reports.pages import recipient, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.reports.actions.alarms import set_shift
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.days import today
from vetting.reports.jobs import pass_on_alarms
from vetting.reports.models import Alarm, DutyShift, Report
from vetting.reports.returning import come_back

JOUR = "/anmalningar/jour/"


def test_a_shift_is_entered_and_handed_over_by_recipients_alone(desk: Desk) -> None:
    fields = {
        "once": str(uuid4()),
        "person": str(desk.person("rita")),
        "first": str(today()),
        "first_hour": "00:00",
        "last": str(today() + timedelta(days=1)),
        "last_hour": "08:00",
    }
    for name in ("hr", "administrator", "auditor"):
        client = client_of(desk.world, name, fresh=True)
        assert client.post(JOUR + "nytt/", fields).status_code == 404, name
    rita = recipient(desk, "rita", is_open=False)
    assert rita.post(JOUR + "nytt/", fields | {"last": str(today()), "last_hour": "00:00"}).status_code == 422
    assert rita.post(JOUR + "nytt/", fields).status_code == 302
    assert "Rita" in text_of(rita.get(JOUR))
    shift = DutyShift.objects.get()
    handing = {"once": str(uuid4()), "person": str(desk.person("ragnar"))}
    assert recipient(desk, "viola").post(f"{JOUR}{shift.pk}/lamna/", handing).status_code == 404
    assert "Ragnar" in text_of(rita.get(f"{JOUR}{shift.pk}/lamna/"))
    assert rita.post(f"{JOUR}{shift.pk}/lamna/", handing).status_code == 302
    assert DutyShift.objects.get().person_id == desk.person("ragnar")


def test_an_alarm_goes_on_after_half_an_hour_until_somebody_takes_it(desk: Desk) -> None:
    receipt = desk.send()
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    alarm_duty(back)
    first = Alarm.objects.get().person_id
    pass_on_alarms()
    assert Alarm.objects.get().person_id == first
    with at_moment(now() + timedelta(minutes=31)):
        pass_on_alarms()
    alarm = Alarm.objects.get()
    assert alarm.person_id != first
    on_it = next(name for name in ("rita", "ragnar", "rosa") if desk.person(name) == alarm.person_id)
    other = next(name for name in ("rita", "ragnar", "rosa") if name != on_it)
    assert "någon behöver dig nu" not in text_of(recipient(desk, other).get("/anmalningar/"))
    mine = recipient(desk, on_it)
    page = text_of(mine.get("/anmalningar/"))
    assert "någon behöver dig nu" in page
    assert CANARY not in page
    address = f"/anmalningar/larm/{alarm.pk}/"
    assert recipient(desk, other).post(address).status_code == 404
    assert mine.post(address).status_code == 302
    assert not Alarm.objects.exists()


def test_whoever_was_taken_out_is_never_alarmed_and_silences_nothing(desk: Desk) -> None:
    hours = {"starts_at": now() - timedelta(hours=1), "ends_at": now() + timedelta(hours=8)}
    set_shift(by=desk.actor("rita"), directory="pressure", person=desk.person("rita"), **hours)
    receipt = desk.send(excluded=frozenset({desk.person("rita")}))
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    alarm_duty(back)
    alarm = Alarm.objects.get()
    assert alarm.person_id in {desk.person("ragnar"), desk.person("rosa")}
    Alarm.objects.update(person_id=desk.person("rita"))  # as one who left the circle after she was alarmed
    hers = recipient(desk, "rita")
    assert "någon behöver dig nu" not in text_of(hers.get("/anmalningar/"))
    assert hers.post(f"/anmalningar/larm/{alarm.pk}/").status_code == 404
    assert Alarm.objects.exists()


def test_what_is_told_by_word_of_mouth_is_sealed_and_the_code_is_shown_once(desk: Desk) -> None:
    fields = {
        "once": str(uuid4()),
        "channel": "pressure",
        "mode": "confidential",
        "story": CANARY,
        "kind": ["threat"],
        "name": "Eva",
        "contact": "",
    }
    address = "/anmalningar/muntlig/"
    for name in ("hr", "administrator"):
        assert client_of(desk.world, name, fresh=True).post(address, fields).status_code == 404
    rita = recipient(desk, "rita")
    assert rita.post(address, fields | {"channel": "whistleblowing"}).status_code == 422
    assert not Report.objects.exists()
    page = text_of(rita.post(address, fields))
    report = Report.objects.get()
    assert report.way == "oral"
    assert report.reference in page
    assert CANARY not in page
    groups = [part.split("</span>")[0] for part in page.split('class="app-code">')[1].split("<span>")[1:8]]
    back = come_back("-".join(groups))
    assert back is not None
    assert back.texts[0].text == CANARY
