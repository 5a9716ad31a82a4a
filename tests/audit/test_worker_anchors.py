"""Processes that start and stop: the worker signs at its start and its end; a start looks at what was signed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from audit import anchors, slots, startup
from audit.merkle import root
from audit.models import Checkpoint, Entry
from audit.recorder import Who, record
from tests.audit.test_signing import hashes as leaves
from tests.audit.test_state import forget, write

ROOT = Path(__file__).resolve().parents[2]


def _until(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the worker did not do it"
        time.sleep(0.1)


@pytest.mark.deadline(100)
def test_the_worker_signs_at_the_start_and_at_the_end(real_db, who: Who) -> None:
    write(who, 3)
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=ROOT,
        env={**os.environ, **real_db.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until(lambda: Checkpoint.objects.exists() or worker.poll() is not None)
        record("note.read", who)
        time.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=30)
    assert (worker.returncode, err) == (0, "")
    assert Entry.objects.filter(position=None).count() == 0
    # What the worker itself has recorded in between, such as keys of draws, is signed at the end too.
    whole = Entry.objects.filter(tree=Checkpoint.objects.latest("id").tree).count()
    assert whole >= 4
    assert [row.size for row in Checkpoint.objects.order_by("id")] == [3, whole]
    assert [json.loads(line)["size"] for line in out.splitlines()] == [3, whole]
    assert len(list((Path(settings.LOG_STATE) / "anchors").iterdir())) == 2


def test_a_start_is_refused_where_the_log_does_not_continue_its_newest_file(real_db, who: Who, sql) -> None:
    write(who, 6)
    anchors.checkpoint()
    assert startup.problems() == []
    forget(sql, 2)
    mark = Path(settings.LOG_STATE) / "main.mark"
    mark.unlink()  # as by somebody who has the folder too
    with slots.held(str(mark)) as handle:
        slots.write(handle, 4, root([bytes(hashed) for hashed in leaves("main")]).hex())
    said = "The log main does not continue a checkpoint that was signed: "
    assert startup.problems() == [f"{said}checkpoint-size: 2 of 6 entries of main are missing."]
    write(who, 3)
    assert startup.problems() == [
        f"{said}checkpoint-root: the first 6 entries of main are not those that were signed."
    ]
    for path in (Path(settings.LOG_STATE) / "anchors").iterdir():
        path.write_text("not a note")
    assert startup.problems() == []
