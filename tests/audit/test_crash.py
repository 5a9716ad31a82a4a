"""kill -9 at any moment: what was acknowledged is there, what was not is not there by half, and the log is in order.

The campaign is short here; KILL_ROUNDS makes it long.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connections

from audit import integrity
from audit.models import Entry
from audit.sealer import seal_pending
from audit.startup import problems
from tests.audit.testapp.models import Folder, Note

ROUNDS = int(os.environ.get("KILL_ROUNDS", "2"))
EVERY = 1 if ROUNDS < 10 else 20
ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import os, sys, uuid
import django
django.setup()
from django.conf import settings
settings.AUDIT_EVENTS = "tests.audit.testapp.events.EVENTS"
from audit.recorder import Who, act
from tests.audit.testapp.models import Folder, Note
who = Who(uuid.uuid4(), uuid.uuid4(), "hr_officer")
n = 0
while True:
    n += 1
    folder = Folder(title="x")
    note = Note(folder=folder, text="x")
    with act("note.written", who, seal=n % 3 == 0) as a:
        a.save(folder)
        a.save(note)
    os.write(1, f"{note.pk}\\n".encode())
    note.count = n
    with act("note.written", who) as a:
        a.save(note)
"""


@pytest.mark.deadline(60 + 5 * ROUNDS)
def test_a_killed_writer_leaves_nothing_by_half(real_db) -> None:
    acknowledged: list[str] = []
    drawn = random.Random(7)
    for turn in range(ROUNDS):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER],
                env={**os.environ, **real_db.env, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
            )
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            acknowledged.append(writer.stdout.readline().decode().strip())
        time.sleep(drawn.uniform(0, 0.3))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            rest, _ = writer.communicate()
            acknowledged += [line for line in rest.decode().split("\n")[:-1] if line]
        connections.close_all()
        assert problems() == []
        seal_pending()
        # Nothing mends itself: what one round did is still seen rounds later, when the whole log is read.
        if turn % EVERY == 0 or turn == ROUNDS - 1:
            assert list(map(str, integrity.findings())) == []
        assert Note.objects.count() == Folder.objects.count()
    known = {str(pk) for pk in Note.objects.values_list("pk", flat=True)}
    assert set(acknowledged) <= known
    assert Entry.objects.filter(position=None).count() == 0
