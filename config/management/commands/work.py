"""Do what is due: the one process beside the web server."""

import logging
import signal
import threading
import uuid
from argparse import ArgumentParser
from datetime import timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string

from config import lease, marks

log = logging.getLogger(__name__)
# How long to wait between looks at what is due, in seconds.
PAUSE = 0.5


class Command(BaseCommand):
    """Runs every job of WORK_JOBS when it is due, under a lease, until it is told to stop."""

    help = (
        "Does what is due (seals the log, signs and anchors checkpoints, sweeps orphaned keys, clears expired"
        " sessions), one worker at a time per job. Example: manage.py work --once"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One flag: --once."""
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, then stop; exit 1 if a job failed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop until SIGTERM or SIGINT; a job that fails is logged and tried again at its next turn."""
        marks.refuse()
        holder, stop = uuid.uuid4(), threading.Event()
        if options["once"]:
            if not run_due(holder):
                raise SystemExit(1)
            return

        def halt(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, halt)
        signal.signal(signal.SIGINT, halt)
        while not stop.is_set():
            try:
                run_due(holder, stop)
            except DatabaseError:
                log.exception("The worker lost its database; it tries again.")
                connections.close_all()
            stop.wait(PAUSE)
        run_last(holder)


def run_last(holder: uuid.UUID) -> None:
    """Do what is done once more at the end (WORK_LAST), due or not; what another worker is doing is left to it."""
    jobs = {name: path for name, path, _seconds in settings.WORK_JOBS}
    try:
        for name in settings.WORK_LAST:
            if name in jobs and lease.take(name, holder, timedelta()):
                _run(name, jobs[name], holder)
    except DatabaseError:
        log.exception("The database was gone when the worker stopped.")


def run_due(holder: uuid.UUID, stop: threading.Event | None = None) -> bool:
    """Do each job that is due and free, once; False when one of them failed."""
    fine = True
    for name, path, seconds in settings.WORK_JOBS:
        if stop is not None and stop.is_set():
            break
        if lease.take(name, holder, timedelta(seconds=seconds)):
            fine &= _run(name, path, holder)
    return fine


def _run(name: str, path: str, holder: uuid.UUID) -> bool:
    done = False
    try:
        import_string(path)()
        done = True
    except Exception:
        # Whatever one job meets, the others go on; the log line says where, never with which values.
        log.exception("Job %s failed.", name)
    lease.give_back(name, holder, done=done)
    return done
