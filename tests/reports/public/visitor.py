"""Somebody at the reporting pages by plain HTTP, through the application that the server runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from django.core.signals import request_started
from django.db import close_old_connections

from vetting.reports.public.handler import Door

ADDRESS, BROWSER = "203.0.113.77", "Mozilla/5.0 (Kanarietelefon)"
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """The page without what fills it out."""
        return unescape(self.body.decode().rpartition("\n<!--")[0])

    @property
    def token(self) -> str:
        """The hidden token of the page's first form."""
        found = re.search(r'name="t" value="([^"]+)"', self.text)
        assert found is not None, self.text
        return found[1]

    @property
    def code(self) -> str:
        """The receipt's code."""
        groups = re.search(r'class="rep-groups">(.*?)</p>', self.text, re.S)
        assert groups is not None, self.text
        return "".join(re.findall(r"<span>(\w{4})</span>", groups[1]))

    def header(self, name: str) -> str:
        """One header, or nothing."""
        return {key.lower(): value for key, value in self.headers}.get(name.lower(), "")


@cache
def door() -> Door:
    """The door alone: nothing behind it may be asked."""

    def nobody(environ: Any, start_response: Any) -> list[bytes]:
        raise AssertionError("passed on to the service")

    return Door(nobody)


@dataclass
class Visitor:
    """One browser without cookies; `extra` is what it sends along."""

    extra: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    def get(self, path: str, **extra: str) -> Answer:
        """Go to an address."""
        return self._ask("GET", path, b"", extra)

    def post(self, path: str, told: Mapping[str, str | Sequence[str]], **extra: str) -> Answer:
        """Send a form, as from a page of the service's own."""
        body = urlencode(told, doseq=True).encode()
        known = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        return self._ask("POST", path, body, known | (extra or OWN))

    def send(
        self,
        token: str,
        data: bytes,
        *,
        name: str = "Kanarie Karin.jpg",
        typed: Mapping[str, str] | None = None,
        **extra: str,
    ) -> Answer:
        """Add a file, as the page's form does, with what stands `typed` in its other boxes."""
        line = b"--kanarie"
        boxes = {"t": token, **(typed or {})}
        parts = (
            *(f'; name="{box}"\r\n\r\n{text}'.encode() for box, text in boxes.items()),
            b'; name="file"; filename="' + name.encode() + b'"\r\nContent-Type: image/jpeg\r\n\r\n' + data,
            b'; name="end"\r\n\r\n1',
        )
        body = (
            b"".join(line + b"\r\nContent-Disposition: form-data" + part + b"\r\n" for part in parts)
            + line
            + b"--\r\n"
        )
        known = {"CONTENT_TYPE": "multipart/form-data; boundary=kanarie", "CONTENT_LENGTH": str(len(body))}
        return self._ask("POST", "/anmal/fil/", body, known | OWN | extra)

    def _ask(self, method: str, path: str, body: bytes, extra: Mapping[str, str]) -> Answer:
        path, _mark, query = path.partition("?")
        environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"HTTP_HOST": "testserver", "SERVER_NAME": "testserver", "REMOTE_ADDR": ADDRESS}
        environ |= {"HTTP_USER_AGENT": BROWSER, "wsgi.input": BytesIO(body), **self.extra, **extra}
        setup_testing_defaults(environ)
        told: list[Any] = []
        # As Django's own client: the connection is the test's, in the middle of its transaction.
        request_started.disconnect(close_old_connections)
        try:
            chunks = door()(environ, lambda status, headers: told.extend((status, headers)))
        finally:
            request_started.connect(close_old_connections)
        answer = Answer(int(told[0].split()[0]), told[1], b"".join(chunks))
        # Not closed: that would end the test's own transaction.
        self.answers.append(answer)
        return answer
