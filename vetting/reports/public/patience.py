"""How long a form may take to arrive: somebody who sends a letter a minute must not hold the server's threads."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count

from django.conf import settings
from django.http import HttpRequest

from vetting.reports.public.rules import Refused

FILE = 6
"""How many times longer a form with a file may take: then 20 MB come through at a megabit a second."""


class Watch:
    """One thread that stops listening to every line whose time is over: to start one for each form costs as much as
    reading it, and more where processors are busy. It ends when it wakes and nobody is waited for.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._numbers = count()
        self._waited_for: dict[int, tuple[float, object]] = {}
        self._wakes_at = 0.0
        self._is_awake = False

    def begin(self, line: object, seconds: float) -> int:
        """Wait for what comes on this line so long; the number is for `end`."""
        until = time.monotonic() + seconds
        with self._changed:
            if not self._is_awake:
                # Where no thread is to be had, this form is refused, and the next one asks for a thread again.
                threading.Thread(target=self._run, name="patience", daemon=True).start()
                self._is_awake, self._wakes_at = True, until
            elif until < self._wakes_at:
                self._wakes_at = until
                self._changed.notify()
            number = next(self._numbers)
            self._waited_for[number] = until, line
        return number

    def end(self, number: int) -> None:
        """It has come, or is waited for no longer: the line is left alone from here on."""
        with self._changed:
            self._waited_for.pop(number, None)

    def _run(self) -> None:
        with self._changed:
            while self._waited_for:
                now = time.monotonic()
                for number, (until, line) in list(self._waited_for.items()):
                    if until <= now:
                        del self._waited_for[number]
                        _stop(line)
                if self._waited_for:
                    self._wakes_at = min(until for until, _line in self._waited_for.values())
                    self._changed.wait(self._wakes_at - now)
            self._is_awake = False


_watch = Watch()


def _renew() -> None:
    global _watch
    _watch = Watch()


# A process that was forked has none of its parent's threads.
os.register_at_fork(after_in_child=_renew)


@contextmanager
def limit(request: HttpRequest) -> Iterator[None]:
    """Stop listening to a body that is not here in time: what was being read then ends, and is answered as broken off.

    A form is read here, before any page sees it; one with a file is read by its page, while the limit lasts. Raises
    Refused: a form that is cut off is not half a report.
    """
    if request.method != "POST":
        yield
        return
    has_file = request.content_type == "multipart/form-data"
    line = request.META.get("gunicorn.socket")
    number = _watch.begin(line, settings.REPORT_PATIENCE * (FILE if has_file else 1))
    try:
        if not has_file and len(request.body) != int(request.META["CONTENT_LENGTH"]):
            raise Refused(400)
        yield
    finally:
        _watch.end(number)


def _stop(line: object) -> None:
    if isinstance(line, socket.socket):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)
