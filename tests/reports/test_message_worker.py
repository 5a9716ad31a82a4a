"""A worker that is killed with an alarm in hand: the next one sends it, and nobody gets it twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from config.models import JobLease
from tests.audit.smtp_sink import Sink
from tests.reports.recipients import build_desk
from vetting.reports.actions.alarms import set_contact
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.models import Alarm, Notice
from vetting.reports.returning import come_back
from vetting.reports.sending import SUBJECT

ROOT = Path(__file__).resolve().parents[2]


def start(real_db: Any, sink: Sink, *more: str) -> subprocess.Popen[str]:
    """The worker as the operator runs it, with the sink as its mail server."""
    mail = {"TEST_EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "TEST_MAIL_FROM": "tjansten@kommun.se"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", *more],
        cwd=ROOT,
        env={**os.environ, **real_db.env, **mail},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.deadline(120)
def test_a_worker_killed_halfway_loses_no_alarm_and_doubles_none(real_db: Any) -> None:
    desk = build_desk()
    set_contact(by=desk.actor("ragnar"), mail="ragnar@kommun.se", phone="")
    receipt = desk.send()
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    alarm_duty(back)
    notice = Notice(
        person_id=desk.person("ragnar"), kind="alarm", way="mail", due_at=Alarm.objects.get().sent_at
    )
    notice.group = Alarm.objects.get().pk
    notice.save()
    with Sink("silent") as silent:
        worker = start(real_db, silent)
        end = time.monotonic() + 60
        while not Notice.objects.filter(kind="alarm", taken_until__isnull=False).exists():
            assert worker.poll() is None, worker.stderr.read() if worker.stderr else ""
            if time.monotonic() > end:
                worker.kill()
                raise AssertionError(worker.communicate()[1])
            time.sleep(0.1)
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=30)
    found = Notice.objects.get(kind="alarm")
    assert (found.sent_at, Alarm.objects.get().told) == (None, False)
    Notice.objects.update(taken_until=found.due_at)  # as when its time is out
    JobLease.objects.all().delete()
    with Sink() as sink:
        for _turn in range(2):
            again = start(real_db, sink, "--once")
            _out, err = again.communicate(timeout=60)
            assert again.returncode == 0, err
            JobLease.objects.all().delete()
    alarms = [mail for mail in sink.mails if mail["Subject"] == SUBJECT["alarm"]]
    assert [str(mail["To"]) for mail in alarms] == ["ragnar@kommun.se"]
    assert str(alarms[0]["Message-ID"]) == f"<{found.pk.hex}@kommun.se>"
    assert Alarm.objects.get().told
