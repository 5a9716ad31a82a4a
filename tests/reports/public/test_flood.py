"""Many at once at a server that really runs: none lost, none refused for the many, nobody's form half a report."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.reports.public.visitor import Answer, Visitor
from tests.reports.recipients import Desk, build_desk
from vetting.reports.models import Report
from vetting.reports.public import budget
from vetting.reports.returning import come_back

ROOT = Path(__file__).resolve().parents[3]
SENT = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@contextmanager
def server(real_db: Any, **env: str) -> Iterator[int]:
    """gunicorn as the operator runs it, with one process; its port."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    program = [
        "-m",
        "gunicorn",
        "config.wsgi",
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--no-control-socket",
    ]
    running = subprocess.Popen(
        [sys.executable, *program, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, **real_db.env, **env},
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert running.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def ask(port: int, path: str, told: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("POST" if told else "GET", path, urlencode(told) if told else None, SENT if told else {})
        got = line.getresponse()
        return Answer(got.status, got.getheaders(), got.read())
    finally:
        line.close()


def overview(port: int, place: int) -> Answer:
    page = ask(port, "/anmal/kort/")
    return ask(port, "/anmal/steg/", {"t": page.token, "to": "on", "story": f"Anmälan {place} kom fram."})


def press(port: int, page: Answer) -> Answer:
    return ask(port, "/anmal/steg/", {"t": page.token, "to": "send"})


@pytest.mark.deadline(180)
def test_twenty_at_once_are_twenty_with_twenty_codes(real_db: Any) -> None:
    build_desk()
    with server(real_db) as port, ThreadPoolExecutor(20) as many:
        pages = list(many.map(lambda place: overview(port, place), range(20)))
        receipts = list(many.map(lambda page: press(port, page), pages))
    codes = [receipt.code for receipt in receipts]
    assert len(set(codes)) == 20
    assert Report.objects.count() == 20
    for place, code in enumerate(codes):
        back = come_back(code)
        assert back is not None
        assert back.texts[0].text == f"Anmälan {place} kom fram."


@pytest.mark.deadline(240)
def test_in_a_flood_every_text_comes_through_after_its_wait(real_db: Any) -> None:
    """Sixty at once where twenty a minute are received: the others are told to wait, and are then let in."""
    build_desk()
    known = {"TEST_REPORT_BUDGET": "20", "TEST_REPORT_WAIT": "3"}
    with server(real_db, **known) as port, ThreadPoolExecutor(16) as many:
        pages = list(many.map(lambda place: overview(port, place), range(60)))
        answers = list(many.map(lambda page: press(port, page), pages))
        waiting = [answer for answer in answers if "rep-groups" not in answer.text]
        assert 30 <= len(waiting) <= 40
        for answer in waiting:
            assert re.search(r"Vänta \d+ sekunder och tryck på knappen", answer.text)
        time.sleep(3.1)
        late = list(many.map(lambda page: press(port, page), waiting))
    assert all("rep-groups" in answer.text for answer in late)
    assert Report.objects.count() == 60


@pytest.mark.deadline(120)
def test_a_form_that_is_cut_off_is_no_report(real_db: Any) -> None:
    build_desk()
    with server(real_db) as port:
        page = overview(port, 1)
        body = urlencode({"t": page.token, "to": "send"}).encode()
        head = "".join(f"{name}: {value}\r\n" for name, value in SENT.items())
        with socket.create_connection(("127.0.0.1", port), 30) as line:
            lines = (
                f"POST /anmal/steg/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body) + 9}\r\n"
            )
            line.sendall(f"{lines}{head}\r\n".encode() + body)
            line.shutdown(socket.SHUT_WR)
            said = line.makefile("rb").readline()
        assert said.split()[1] == b"400"
        assert Report.objects.count() == 0
        assert "rep-groups" in press(port, page).text


def test_a_body_that_drips_is_not_waited_for(real_db: Any) -> None:
    """Eight slow senders for eight threads: the others are answered when their time is out."""
    build_desk()
    with server(real_db, TEST_REPORT_PATIENCE="2") as port:
        head = "".join(f"{name}: {value}\r\n" for name, value in SENT.items())
        lines = [socket.create_connection(("127.0.0.1", port), 30) for _number in range(8)]
        for line in lines:
            start = f"POST /anmal/steg/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 500000\r\n{head}\r\nt="
            line.sendall(start.encode())
        begun = time.monotonic()
        answer = ask(port, "/anmal/")
        took = time.monotonic() - begun
        for line in lines:
            line.close()
    assert answer.status == 200
    assert took < 10


def _pages(visitor: Visitor) -> Answer:
    page = visitor.get("/anmal/kort/")
    return visitor.post("/anmal/steg/", {"t": page.token, "to": "on", "story": "Det hände."})


def test_whoever_presses_early_keeps_her_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(budget, "common", budget.Budget(0, 0))
    settings.REPORT_WAIT = 60
    visitor = Visitor()
    page = visitor.post("/anmal/steg/", {"t": _pages(visitor).token, "to": "send"})
    again = visitor.post("/anmal/steg/", {"t": page.token, "to": "send"})
    assert "har en plats" in again.text
    moment = time.time()
    monkeypatch.setattr(budget.time, "time", lambda: moment + 61)
    receipt = visitor.post("/anmal/steg/", {"t": again.token, "to": "send"})
    assert come_back(receipt.code) is not None
    assert Report.objects.count() == 1


def test_where_the_disk_is_full_the_telephone_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.DUTY_PHONE = "070-174 06 05"
    monkeypatch.setattr(budget, "_has_room", lambda times: False)
    budget._state.clear()
    visitor = Visitor()
    page = visitor.post("/anmal/steg/", {"t": _pages(visitor).token, "to": "send"})
    ring = visitor.get("/anmal/ring/")
    called = visitor.post("/anmal/ring/", {"t": ring.token, "number": "070-174 06 10"})
    budget._state.clear()
    for answer in (page, called):
        assert "Ring jouren i stället: 070-174 06 05." in answer.text
    assert not Report.objects.exists()


def test_room_is_measured(db: None, settings: Any) -> None:
    settings.REPORT_RESERVE_MIB, settings.DATABASE_MOST_MIB = 1, 1_000_000
    assert budget._has_room(1)
    settings.REPORT_RESERVE_MIB, settings.DATABASE_MOST_MIB = 10**12, 1
    assert not budget._has_room(1)
