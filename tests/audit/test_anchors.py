"""Checkpoints leave the database three ways, and no way that fails stops another, or the service."""

import json
import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from audit import anchor_files, anchors, clock, signing
from audit.models import Anchor, Checkpoint
from audit.recorder import Who, record
from config.outside import Relay
from tests.audit.smtp_sink import Sink
from tests.audit.test_signing import NOON, rewritten, write
from tests.audit.test_signing import hashes as leaf_hashes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_state(settings, tmp_path: Path) -> None:
    settings.LOG_STATE = tmp_path / "log"
    settings.LOG_ORIGIN = "kommun.se/logg"


def at(hours: float) -> clock.at:
    return clock.at(NOON + timedelta(hours=hours))


def files() -> list[str]:
    return sorted(path.name for path in anchor_files.folder().iterdir())


def kinds() -> list[tuple[int, str]]:
    return sorted(Anchor.objects.values_list("checkpoint__size", "kind"))


def test_each_checkpoint_becomes_a_file_and_a_line(who: Who, capfd: pytest.CaptureFixture[str]) -> None:
    with at(0):
        write(who, 3)
        write(who, 1, "report.read")
        anchors.checkpoint()
    with at(0.25):
        write(who, 1)
        anchors.checkpoint()
        anchors.checkpoint()
    assert files() == ["main-000000000003-20260304T120000Z.note", "main-000000000004-20260304T121500Z.note"]
    rows = list(Checkpoint.objects.all())
    assert [(anchor_files.folder() / name).read_text() for name in files()] == [row.note for row in rows]
    assert anchor_files.newest("main") == rows[1].note
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert told == [
        {
            "checkpoint": "main", "size": row.size, "root": bytes(row.root).hex(), "time": time, "note": row.note,
        }
        for row, time in zip(rows, ("2026-03-04T12:00:00Z", "2026-03-04T12:15:00Z"), strict=True)
    ]  # fmt: skip
    assert kinds() == [(3, "file"), (3, "stdout"), (4, "file"), (4, "stdout")]


def test_files_are_for_the_service_alone(who: Who) -> None:
    write(who, 1)
    anchors.checkpoint()
    assert stat.S_IMODE(anchor_files.folder().stat().st_mode) == 0o700


def test_nothing_finer_than_a_day_is_told_of_the_reports(who: Who, capfd) -> None:
    for hours in range(0, 60, 5):
        with at(hours):
            write(who, 1, "report.read")
            anchors.checkpoint()
    # From noon on: three on the first day, five on the second.
    assert files() == ["reports-000000000003-20260305.note", "reports-000000000008-20260306.note"]
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(line["size"], line["time"]) for line in told] == [(3, "2026-03-05"), (8, "2026-03-06")]
    state = anchors.state().trees[0]
    assert (state.tree, state.size, state.waiting, state.signed.size) == ("reports", None, None, 8)


def test_without_a_key_the_worker_signs_nothing_and_does_not_fail(who: Who, settings) -> None:
    settings.CHECKPOINT_KEY = None
    write(who, 1)
    anchors.checkpoint()
    assert not Checkpoint.objects.exists()
    assert anchors.state().has_key is False


def test_a_disk_that_is_full_leaves_no_half_file_and_is_tried_again(
    who: Who, tmp_path: Path, caplog, capfd
) -> None:
    """A limit on the size of a file does what a full disk does: the write itself fails."""
    import resource
    import signal

    earlier = resource.getrlimit(resource.RLIMIT_FSIZE)
    with at(0):
        write(who, 1)
        row = signing.sign("main")
        ignoring = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, earlier[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                anchor_files.write("main", 1, "2026-03-04T12:00:00Z", row.note)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, earlier)
            signal.signal(signal.SIGXFSZ, ignoring)
    assert files() == []
    # Nor does a folder that cannot be made stop what goes to standard output.
    anchor_files.folder().rmdir()
    anchor_files.folder().write_text("in the way")
    anchors.deliver(anchors.kinds())
    assert kinds() == [(1, "stdout")]
    assert "no checkpoint is anchored by file" in caplog.text
    anchor_files.folder().unlink()
    anchors.deliver(anchors.kinds())
    assert files() == ["main-000000000001-20260304T120000Z.note"]
    assert len(capfd.readouterr().out.splitlines()) == 1


def test_a_closed_standard_output_stops_nothing(who: Who, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    write(who, 1)
    with os.fdopen(writer, "w") as gone, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", gone)
        anchors.checkpoint()
    assert kinds() == [(1, "file")]
    assert "no checkpoint is anchored by stdout: Broken pipe" in caplog.text


@pytest.mark.usefixtures("no_triggers")
def test_a_log_that_contradicts_its_files_is_not_signed_and_the_others_are(who: Who, sql, caplog) -> None:
    with at(0):
        write(who, 3)
        write(who, 1, "report.read")
        anchors.checkpoint()
    sql("DELETE FROM audit_anchor")
    sql("DELETE FROM audit_checkpoint")
    sql("DELETE FROM audit_entry WHERE position >= 2 AND tree = 'main'")
    rewritten(sql, "main", leaf_hashes()[:2])
    with at(24):
        anchors.checkpoint()
    assert list(Checkpoint.objects.values_list("tree", "size")) == [("reports", 1)]
    assert "nothing of main is signed: checkpoint-size: 1 of 3 entries of main are missing" in caplog.text


def test_the_state_tells_what_is_anchored_where(who: Who, settings) -> None:
    assert anchors.state().trees == ()
    with Sink() as sink:
        settings.ANCHOR_RELAY = Relay("127.0.0.1", sink.port, "", "", "", "logg@kommun.se", 2)
        settings.ANCHOR_MAIL_TO = ["revisor@kommun.se"]
        with at(0):
            write(who, 5)
            anchors.checkpoint()
        with at(1):
            write(who, 2)
            anchors.checkpoint()
            record("note.read", who)
            state = anchors.state()
    assert (state.ways, state.has_key, state.first_keys) == (("file", "stdout", "mail"), True, ("main",))
    tree = state.trees[0]
    assert (tree.tree, tree.size, tree.signed.size, tree.waiting) == ("main", 8, 7, 1)
    assert {kind: (found.size, found.signed, found.at) for kind, found in tree.anchors.items()} == {
        "file": (7, NOON + timedelta(hours=1), NOON + timedelta(hours=1)),
        "stdout": (7, NOON + timedelta(hours=1), NOON + timedelta(hours=1)),
        "mail": (5, NOON, NOON),
    }
    settings.ANCHOR_STDOUT, settings.ANCHOR_MAIL_TO = False, []
    assert anchors.state().ways == ("file",)


def test_a_batch_at_a_time_and_none_twice(who: Who, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    monkeypatch.setattr(anchors, "BATCH", 2)
    for minute in range(5):
        with clock.at(NOON + timedelta(minutes=minute)):
            write(who, 1)
            signing.sign("main")
    for expected in (2, 4, 5, 5):
        anchors.deliver(["file", "stdout"])
        assert len(files()) == expected
    assert len(capfd.readouterr().out.splitlines()) == 5
    # As two that did it at once would: the second changes nothing.
    anchors._keep("file", Checkpoint.objects.first())
    assert Anchor.objects.count() == 10
    connection.check_constraints()
