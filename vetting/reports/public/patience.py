"""How long a form may take to arrive: somebody who sends a letter a minute must not hold the server's threads."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.http import HttpRequest

from vetting.reports.public.rules import Refused

FILE = 6
"""How many times longer a form with a file may take: then 20 MB come through at a megabit a second."""


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
    watch = threading.Timer(
        settings.REPORT_PATIENCE * (FILE if has_file else 1), _stop, [request.META.get("gunicorn.socket")]
    )
    watch.daemon = True
    watch.start()
    try:
        if not has_file and len(request.body) != int(request.META["CONTENT_LENGTH"]):
            raise Refused(400)
        yield
    finally:
        watch.cancel()


def _stop(line: object) -> None:
    if isinstance(line, socket.socket):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)
