"""The pages that tests are answered with, kept to be looked at afterwards: `PAGES_INTO=folder` on any run of tests.

A demonstration stands in one state, and of most forms nobody has sent a wrong one. The tests put the product in every
state they can think of and send what is wrong on purpose; what they are answered is what a person would see there.
Of the pages of one route, method and status those are kept that are made of something the others are not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404

HEADERS = ("Content-Type", "Content-Language", "Content-Security-Policy", "Referrer-Policy")
"""What of an answer's head a browser reads the page by."""


ALIKE = {HTTPStatus.NOT_FOUND: "nowhere", HTTPStatus.UNAUTHORIZED: "who one is"}
"""Answers that are the same everywhere: to who may not see what there is, and to who is first to say who one is."""
METHODS = {"GET", "POST"}
"""How people ask."""
MOVED = range(300, 400)
LONGEST = 4094
"""Bytes of the longest question in an address that the web server takes (gunicorn's limit_request_line)."""
Part = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was answered: by which route, to what, and the whole of it."""

    route: str
    method: str
    status: int
    address: str
    templates: list[str]
    headers: dict[str, str]
    html: str
    test: str

    @property
    def parts(self) -> frozenset[Part]:
        """What it shows: each template, in the answer of this route to this method with this status."""
        return frozenset((self.route, self.method, self.status, each) for each in self.templates)

    @property
    def name(self) -> str:
        """What it is called where something is wrong with it."""
        return f"{self.method} {self.route} {self.status} ({self.test})"


def kept(folder: Path) -> list[Answer]:
    """Of the pages in a folder as many as it takes to see every template of each route once more, in the routes' order.

    Every process of a run has kept its own, many of them alike.
    """
    found = [Answer(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]
    seen, chosen = set[Part](), list[Answer]()
    for page in sorted(found, key=lambda each: len(each.html), reverse=True):
        if not page.parts <= seen:
            seen |= page.parts
            chosen.append(page)
    return sorted(chosen, key=lambda each: (each.route, each.method, each.status, each.html))


class Gathering:
    """Keeps what clients are answered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[Part] = set()
        self._largest: dict[tuple[str, str, int], int] = {}

    def look(self, answer: Any) -> None:
        """Keep it when it is a page that shows something new of its route, or more than any before in this process."""
        if not isinstance(answer, HttpResponse) or not answer.headers["Content-Type"].startswith("text/html"):
            return
        page, size = _told(answer), len(answer.content)
        asked: Any = answer
        if (
            page.method not in METHODS
            or answer.status_code in MOVED
            or len(asked.request["QUERY_STRING"]) > LONGEST
        ):
            return
        kind = (page.route, page.method, page.status)
        if page.parts <= self._seen and size <= self._largest.get(kind, 0):
            return
        self._seen |= page.parts
        self._largest[kind] = max(size, self._largest.get(kind, 0))
        name = sha256(page.html.encode()).hexdigest()[:24]
        told = json.dumps(asdict(page), ensure_ascii=False)
        (self._folder / f"{name}.json").write_text(told, encoding="utf-8")


def _told(answer: HttpResponse) -> Answer:
    more: Any = answer
    return Answer(
        ALIKE.get(answer.status_code) or _route(more),
        str(more.request.get("REQUEST_METHOD", "GET")),
        answer.status_code,
        str(more.request.get("PATH_INFO", "/")),
        sorted({str(each.name) for each in more.templates if each.name}),
        {each: answer.headers[each] for each in HEADERS if each in answer.headers},
        answer.content.decode(),
        os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0],
    )


def _route(answer: Any) -> str:
    try:
        match = answer.resolver_match
        return str(match.url_name or match.route)
    except (AttributeError, Resolver404):
        return "nowhere"  # a door of its own answered


@pytest.fixture(scope="session", autouse=True)
def _gather() -> Iterator[None]:
    """Look at what every client is answered, where a folder is named."""
    folder = os.environ.get("PAGES_INTO")
    if not folder:
        yield
        return
    into, asked = Gathering(Path(folder)), Client.request

    def request(self: Client, **more: Any) -> Any:
        answer = asked(self, **more)
        into.look(answer)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield
