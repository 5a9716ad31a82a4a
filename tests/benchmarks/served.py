"""Pages per second: the worklist through the web server itself, beside the same rows in a bare view on the same server.

gunicorn with two processes of four threads, as in an installation on two cores; four clients with connections that
stay open ask in processes of their own, on the same machine, and take their share of it.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from django.urls import reverse
from gunicorn.app.base import BaseApplication

from config import loaded
from tests.benchmarks import bare, people
from tests.benchmarks.measure import Figure
from tests.benchmarks.pages import pages
from tests.benchmarks.writers import rate
from tests.benchmarks.writes import make_tables

WORKERS, THREADS, CLIENTS, SERIES, SECONDS = 2, 4, 4, 5, 2.0
WITHIN = 2.0
Application = Callable[..., Any]


def figures(size: int) -> Iterator[Figure]:
    """One line: our pages a second beside those of the bare view."""
    make_tables()  # those who ask first see that they have a database
    account = people.busiest("hr_officer")
    cookie = people.signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    worklist = pages()[0]
    bare.FLOORS["worklist"] = worklist.floor
    with override_settings(MIDDLEWARE=[f"{bare.__name__}.Here"]):
        simple = get_wsgi_application()
    ours = f"{reverse('recruitment_list')}?visa=mina"
    header = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
    with _served(get_wsgi_application()) as mine, _served(simple) as theirs:
        ways = {
            "ours": lambda: _ask(mine, ours, header),
            "bare": lambda: _ask(theirs, "/worklist/", {}),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(SERIES):
            for name, way in ways.items():
                taken[name].append(rate(way, CLIENTS, SECONDS))
    a_second = {name: statistics.median(series) for name, series in taken.items()}
    yield Figure(
        "served", f"worklist, pages a second, {CLIENTS} clients", size, "/s", a_second["ours"],
        "bare view on the same server", a_second["bare"], ("≥", 1 / WITHIN),
    )  # fmt: skip


_open: dict[int, http.client.HTTPConnection] = {}


def _ask(port: int, address: str, headers: dict[str, str]) -> None:
    """One page over this process's own connection. Raises RuntimeError for one that does not answer."""
    if port not in _open:
        _open[port] = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _open[port].request("GET", address, headers=headers)
    answer = _open[port].getresponse()
    text = answer.read()
    if answer.status != 200 or not text:
        raise RuntimeError(f"{address} answered {answer.status}.")


class _Server(BaseApplication):
    def __init__(self, application: Application, port: int) -> None:
        self.served, self.port = application, port
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "error",
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self.served


@contextmanager
def _served(application: Application) -> Iterator[int]:
    """The application on a port of its own, for the block."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    connections.close_all()
    loaded.keep()
    pid = os.fork()
    if not pid:
        try:
            _Server(application, port).run()
        finally:
            os._exit(0)
    try:
        _wait_for(port)
        yield port
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
