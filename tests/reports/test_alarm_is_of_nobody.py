"""An alarm keeps a minute, so it does not say of which report: only the report's own key tells."""

from __future__ import annotations

from datetime import timedelta

from django.core.serializers import serialize

from audit.clock import at, now
from tests.reports.pages import recipient
from tests.reports.recipients import Desk
from tests.reports.test_handling import Work, back
from vetting.reports.actions import circle, handling, moving, reporter
from vetting.reports.actions.alarms import ALARM, alarm_state, due_alarms
from vetting.reports.models import Alarm, Member, Report


def alarmed(desk: Desk, **told: object) -> Work:
    work = Work(desk, **told)
    reporter.alarm_duty(back(work.receipt))
    return work


def test_nothing_in_it_leads_to_the_report(desk: Desk) -> None:
    works = [alarmed(desk) for _ in range(3)]
    written = serialize("json", Alarm.objects.all())
    for work in works:
        report = work.report
        members = Member.objects.filter(report=report)
        for told in (report.pk, report.reference, report.entry_id, *members.values_list("pk", flat=True)):
            assert str(told) not in written, told
            assert getattr(told, "hex", "no id") not in written
    assert {tuple(alarm.circle) for alarm in Alarm.objects.all()} == {
        tuple(str(desk.person(name)) for name in ("ragnar", "rita", "rosa"))
    }


def test_with_the_code_or_an_unlocked_key_it_is_found(desk: Desk) -> None:
    other, work = alarmed(desk), alarmed(desk)
    alarm = Alarm.objects.get(pk=desk.vault("rita").of(desk.case(work.receipt)).name(ALARM))
    assert alarm.pk != Alarm.objects.exclude(pk=alarm.pk).get().pk
    assert alarm_state(back(work.receipt)) == alarm_state(back(other.receipt)) != ""
    assert alarm_state(back(desk.send())) == ""
    name = next(name for name in ("rita", "ragnar", "rosa") if desk.person(name) == alarm.person_id)
    answer = recipient(desk, name).post(f"/anmalningar/larm/{alarm.pk}/")
    assert answer["Location"] == f"/anmalningar/{work.pk}/"
    assert alarm_state(back(work.receipt)) == "answered"
    left = Alarm.objects.get()
    locked = recipient(desk, name, is_open=False)
    Alarm.objects.update(person_id=desk.person(name))
    assert locked.post(f"/anmalningar/larm/{left.pk}/")["Location"] == "/anmalningar/"


def test_whoever_leaves_is_alarmed_no_more_and_the_next_is(desk: Desk) -> None:
    work = alarmed(desk)
    first = Alarm.objects.get().person_id
    assert first is not None
    reporter.change_consents(back(work.receipt), [], removed=[first])
    alarm = Alarm.objects.get()
    assert alarm.person_id not in (first, None)
    assert str(first) not in alarm.circle
    for minutes in (40, 80, 120, 160):
        with at(now() + timedelta(minutes=minutes)):
            due_alarms(now())
        assert Alarm.objects.get().person_id != first


def test_who_stands_aside_is_asked_no_more(desk: Desk) -> None:
    work = alarmed(desk)
    alarm = Alarm.objects.get()
    name = next(name for name in ("rita", "ragnar", "rosa") if desk.person(name) == alarm.person_id)
    work.do(name, circle.stand_aside)
    assert Alarm.objects.get().person_id not in (alarm.person_id, None)


def test_an_alarm_that_nobody_has_answered_goes_along_to_the_other_channel(desk: Desk) -> None:
    work = alarmed(desk)
    before = Alarm.objects.get().pk
    work.do("rita", handling.take)
    work.do("ragnar", moving.propose_transfer, sealed=True, ground="duty_to_pass_on", reason="Lagen")
    work.do("rita", moving.transfer, sealed=True)
    alarm = Alarm.objects.get()
    assert alarm.pk != before
    assert alarm.person_id in {desk.person("viola"), desk.person("vera")}
    assert alarm.directory == "whistleblowing"
    assert Report.objects.count() == 2
