"""A process dies, a line breaks, somebody presses twice: one report, one receipt, and nothing left that opens what is
not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections

from audit import clock, integrity
from audit.clock import now
from tests.reports.recipients import CANARY, Desk, build_desk
from tests.reports.test_handling import Work, back
from vetting.crypto import envelopes
from vetting.crypto.errors import TooManyOrphans
from vetting.crypto.models import Envelope, Stray
from vetting.crypto.written import Code
from vetting.reports import submit as module
from vetting.reports import sweep as sweeping
from vetting.reports.actions import circle, closing, reporter
from vetting.reports.case import Case
from vetting.reports.errors import NotComplete, WrongState
from vetting.reports.models import Identity, Member, Message, Report
from vetting.reports.submit import Submission, submit
from vetting.reports.sweep import sweep

ROOT = Path(__file__).resolve().parents[2]
TOLD = Submission("pressure", "full", "confidential", CANARY, name="Eva", consents=("contact",))

SENDER = """
import os, signal, sys
from contextlib import contextmanager
import django
django.setup()
from vetting.crypto.written import Code
from vetting.reports import submit as module
from tests.reports.test_cut_off import TOLD
where, code = sys.argv[1], Code.from_bits(bytes.fromhex(sys.argv[2]))
real = module.act
def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
@contextmanager
def dying(*args, **more):
    with real(*args, **more) as entry:
        yield entry
        die()
if where == "sealed":
    module._write = die
if where == "written":
    module.act = dying
if where == "committed":
    module.receipt_of = die
module.submit(TOLD, code)
print("alive")
"""


def killed(real_db: Any, where: str, code: Code) -> None:
    """A process that sends the report and is killed at that very moment."""
    ended = subprocess.run(
        [sys.executable, "-c", SENDER, where, code.bits.hex()],
        env={**os.environ, **real_db.env, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def everybody_reads(desk: Desk, code: Code) -> None:
    """One report, one receipt; the code and the whole circle open it, and two of them the name."""
    assert Report.objects.count() == Message.objects.count() == Identity.objects.count() == 1
    found = back(submit(TOLD, code))
    assert [text.text for text in found.texts] == [CANARY]
    case = Case.load(Report.objects.get().pk)
    for name in ("rita", "ragnar", "rosa"):
        assert desk.vault(name).of(case).text(Message.objects.get(), "body") == CANARY
    assert Envelope.objects.using("keystore").filter(owner=Identity.objects.get().pk).count() == 3
    assert list(map(str, integrity.findings())) == []


@pytest.mark.deadline(180)
@pytest.mark.parametrize("where", ["sealed", "written", "committed"])
def test_a_killed_process_and_a_second_press_give_one_report(real_db: Any, where: str) -> None:
    desk, code = build_desk(), Code.new()
    killed(real_db, where, code)
    connections.close_all()
    assert Report.objects.count() == (1 if where == "committed" else 0)
    receipt = submit(TOLD, code)
    assert (receipt.code, submit(TOLD, code)) == (code, receipt)
    everybody_reads(desk, code)
    for day in range(3):
        with clock.at(now() + timedelta(days=day)):
            sweep()
    everybody_reads(desk, code)
    assert Envelope.objects.using("keystore").count() == 2 + 3 + 3


@pytest.mark.deadline(180)
def test_killed_again_and_again_it_is_one_report_in_the_end(real_db: Any) -> None:
    desk, code = build_desk(), Code.new()
    for where in ("sealed", "written", "sealed", "committed"):
        killed(real_db, where, code)
    connections.close_all()
    submit(TOLD, code)
    everybody_reads(desk, code)


def test_a_line_that_breaks_after_the_commit_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database has written it and could not say so: what opens it must not be destroyed."""
    real, code = module.act, Code.new()

    @contextmanager
    def broken(*args: Any, **more: Any) -> Iterator[Any]:
        with real(*args, **more) as entry:
            yield entry
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(module, "act", broken)
    with pytest.raises(OperationalError):
        submit(TOLD, code)
    monkeypatch.undo()
    assert submit(TOLD, code).code == code
    everybody_reads(desk, code)


def test_what_was_never_written_is_swept_on_a_later_day_and_not_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(module, "_write", fail)
    with pytest.raises(OSError, match="disk full"):
        submit(TOLD, Code.new())
    monkeypatch.undo()
    kept = desk.send()
    assert Envelope.objects.using("keystore").count() == 8 + 5
    for _again in range(3):
        assert sweep() == (0, 8)
    assert Stray.objects.using("keystore").count() == 8
    with clock.at(now() + timedelta(days=1)):
        sweep()
    assert {row.owner for row in Envelope.objects.using("keystore").all()} == {desk.report(kept).pk}
    assert not Stray.objects.using("keystore").exists()


def test_a_database_without_its_rows_is_no_reason_to_destroy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_MOST", 4)
    monkeypatch.setattr(sweeping, "CHUNK", 3)
    envelopes.store(
        [Envelope(owner=Report().pk, holder=Report().pk, purpose="report", blob=b"x") for _ in range(5)]
    )
    sweep()
    with clock.at(now() + timedelta(days=1)), pytest.raises(TooManyOrphans):
        sweep()
    assert Envelope.objects.using("keystore").count() == 5


def test_what_was_cut_off_before_the_destruction_is_destroyed_by_the_sweep(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows say that it is gone, and every key is still there."""
    gone, left, named = (Work(desk, name="Eva", mode="named") for _ in range(3))
    work = Work(desk, name="Eva", mode="named")
    with monkeypatch.context() as patch:
        patch.setattr(envelopes, "destroy", lambda *owners: None)
        patch.setattr(envelopes, "take_back", lambda owner, holder: None)
        gone.do("rita", closing.quarantine)
        gone.do("rita", closing.propose_disposal, is_out_of_place=True)
        gone.do("ragnar", closing.confirm_disposal)
        left.do("rosa", circle.stand_aside)
        reporter.take_back_identity(back(named.receipt))
    # Even before the sweep, what is disposed of leads nowhere.
    assert back(gone.receipt) is None
    before = Envelope.objects.using("keystore").count()
    assert sweep() == (8 + 2 + 3, 0)
    assert Envelope.objects.using("keystore").count() == before - 13
    assert not envelopes.owners(
        {gone.pk, *Identity.objects.filter(report=gone.pk).values_list("pk", flat=True)}
    )
    assert not envelopes.held_by([desk.keys["rosa"].pk], [left.pk], ["report", "identity"])
    assert back(named.receipt) is not None
    for name in ("rita", "ragnar", "rosa"):
        desk.vault(name).of(desk.case(work.receipt))
    assert sweep() == (0, 0)


def test_the_worker_sweeps_each_hour(settings: Any) -> None:
    assert ("sweep-envelopes", "vetting.reports.jobs.sweep_envelopes", 3600) in settings.WORK_JOBS


def test_consent_that_was_cut_off_can_be_given_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.world.hire("nova", "report_recipient", authority=desk.world.other_authority)
    desk.certify("nova", "report_recipient")
    work = Work(desk, excluded=frozenset({desk.person("rosa")}))
    Member.objects.get(report=work.pk, person_id=desk.person("nova"))
    desk.world.hire("nora", "report_recipient", authority=desk.world.other_authority)
    desk.certify("nora", "report_recipient")
    work.do("rita", circle.propose_member, sealed=True, person=desk.person("nora"), reason="absence")
    place = Member.objects.get(report=work.pk, person_id=desk.person("nora"))
    stale = Envelope(owner=work.pk, holder=place.key_id, purpose="report", blob=b"left behind")
    envelopes.store([stale])
    assert sweep() == (0, 1)
    work.do("ragnar", circle.consent_member, place, sealed=True)
    assert desk.vault("nora").of(desk.case(work.receipt)).text(Message.objects.get(), "body") == CANARY
    assert sweep() == (0, 0)


def test_nothing_more_is_taken_once_it_is_disposed_of_or_moved(desk: Desk) -> None:
    """The page was open when two recipients disposed of it."""
    work = Work(desk, name="Eva", mode="named")
    found = back(work.receipt)
    work.do("rita", closing.quarantine)
    work.do("rita", closing.propose_disposal, is_out_of_place=True)
    work.do("ragnar", closing.confirm_disposal)
    before = Envelope.objects.using("keystore").count()
    for call in (
        lambda: reporter.write_more(found, "mer"),
        lambda: reporter.give_identity(found, "Eva"),
        lambda: reporter.take_back_identity(found),
        lambda: reporter.change_consents(found, ["contact"]),
        lambda: reporter.answer_reprisal(found, "yes"),
        lambda: reporter.alarm_duty(found),
    ):
        with pytest.raises((WrongState, NotComplete)):
            call()
    assert Envelope.objects.using("keystore").count() == before == 0
