"""The web server started without master keys: a report comes in, and everything else says that it is locked."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.recruitment.clicks import client_of
from tests.reports.recipients import CANARY, build_desk
from vetting.reports.models import Member, Report

ROOT = Path(__file__).resolve().parents[2]
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def ask(port: int, path: str, told: dict[str, str] | None = None, **head: str) -> tuple[int, str]:
    """One request: status and page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urlencode(told).encode() if told is not None else None
    connection.request("POST" if told is not None else "GET", path, body, {**(FORM if body else {}), **head})
    answer = connection.getresponse()
    page = unescape(answer.read().decode())
    connection.close()
    return answer.status, page


def token_of(page: str) -> str:
    found = re.search(r'name="t" value="([^"]+)"', page)
    assert found is not None, page[:2000]
    return found[1]


@pytest.mark.deadline(150)
def test_reporting_works_and_the_rest_is_locked(real_db: Any) -> None:
    desk = build_desk()
    session = client_of(desk.world, "rita", fresh=True).cookies[settings.SESSION_COOKIE_NAME].value
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--worker-class", "gthread", "--threads", "2"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, **real_db.env, "DJANGO_SETTINGS_MODULE": "tests.harness.settings_locked"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        end = time.monotonic() + 90
        while True:
            try:
                status, word = ask(port, "/halsa/")
                break
            except OSError:
                assert server.poll() is None, server.communicate()[1]
                assert time.monotonic() < end, "it does not answer"
                time.sleep(0.3)
        assert (status, word) == (200, "locked")
        assert ask(port, "/anmal/")[0] == 200
        _status, first = ask(port, "/anmal/kort/")
        _status, overview = ask(port, "/anmal/steg/", {"t": token_of(first), "to": "on", "story": CANARY})
        status, receipt = ask(port, "/anmal/steg/", {"t": token_of(overview), "to": "send"})
        groups = re.search(r'class="rep-groups">(.*?)</p>', receipt, re.S)
        assert groups is not None, receipt[:3000]
        code = "".join(re.findall(r"<span>(\w{4})</span>", groups[1]))
        status, back = ask(port, "/anmal/inkorg/", {"code": code})
        assert (status, CANARY in back) == (200, True)
        for path in (
            "/anmalningar/",
            "/anmalningar/nycklar/",
            "/anmalningar/las-upp/",
            "/arbete/",
            "/rekryteringar/",
        ):
            status, page = ask(port, path, Cookie=f"{settings.SESSION_COOKIE_NAME}={session}")
            assert status == 503, f"{path}: {status}"
            assert CANARY not in page
    finally:
        server.terminate()
        _out, err = server.communicate(timeout=30)
    assert CANARY not in err
    report = Report.objects.get()
    assert Member.objects.filter(report=report, state="member").count() == 3
