"""What every address answers, whoever asks and however: the headers, no foreign form, no method but its own.

The middleware and the resolver answer here, which know nothing of what a route is about: each address is asked in every
way, and by everybody in some way. `make soak` (SOAK=answers) has everybody ask in every way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.access.routes import Route, every_route, share
from tests.recruitment.world import World, build_world
from vetting.web.middleware import content_security_policy

IN_FULL = bool(os.environ.get("SOAK"))
pytestmark = [pytest.mark.django_db, pytest.mark.deadline(600 if IN_FULL else 120)]
WHO = ["nobody", "hr", "auditor"]
ROUTES = [route for route in every_route() if route.declaration is not None]
HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ODD = {
    "page": ["1e9", "-1", "9" * 400],
    "_connector": ["OR"],
    "__class": ["x"],
    "q": ["\x00", "\u202e", "a" * 50_000, "'; DROP TABLE x --"],
    "next": ["https://evil.example/", "//evil.example", "javascript:alert(1)"],
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture(params=WHO)
def client(request: pytest.FixtureRequest, world: World) -> Client:
    """A browser held to the CSRF rules, of nobody, of an HR officer and of somebody without any case."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if request.param == "auditor":
        world.hire("auditor", "auditor")
    if request.param != "nobody":
        browser.force_login(world.accounts[request.param])
    return browser


@pytest.fixture
def person(request: pytest.FixtureRequest, client: Client) -> str:
    """Whose browser `client` is."""
    return str(request.node.callspec.params["client"])


def tried(ways: list[str], place: int, person: str, persons: list[str]) -> list[str]:
    """By which of the methods the person asks the address at `place`."""
    return ways if IN_FULL else share(ways, place, persons.index(person), len(persons))


def test_a_share_each_is_all_of_it() -> None:
    for ways in (["PUT"], ["GET", "PUT"], list(METHODS)):
        for persons in (2, 3):
            shares = [share(ways, 7, person, persons) for person in range(persons)]
            assert {way for each in shares for way in each} == set(ways)
            assert all(shares)


def addresses() -> Iterator[tuple[Route, str]]:
    for route in ROUTES:
        places = {
            place: 2026
            if place == "year"
            else "finalist"
            if place in {"group", "stage", "code", "what"}
            else uuid4()
            for place in route.places
        }
        yield route, reverse(route.name, kwargs=places)


@pytest.mark.one_engine
def test_every_answer_has_the_headers_and_sends_no_cookie_that_a_script_could_read(
    client: Client, person: str
) -> None:
    wrong = []
    for place, (route, url) in enumerate(addresses()):
        for method in tried(sorted({*route.declaration.methods, "PUT"}), place, person, WHO):
            answer = client.generic(method, url)
            for name, value in HEADERS.items():
                if answer.headers.get(name) != value:
                    wrong.append(f"{method} {route}: {name} is {answer.headers.get(name)}")
            told = answer.headers.get("Content-Type", "")
            if answer.content and not told.endswith("; charset=utf-8"):
                wrong.append(f"{method} {route}: its type is told as {told!r}")
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong.append(f"{method} {route}: may be kept")
            for cookie in answer.cookies.values():
                if cookie.key != settings.LANGUAGE_COOKIE_NAME and not cookie["httponly"]:
                    wrong.append(f"{method} {route}: {cookie.key} is open to scripts")
                if cookie["samesite"] not in {"Lax", "Strict"}:
                    wrong.append(f"{method} {route}: {cookie.key} goes along from other sites")
            if answer.status_code >= 500:
                wrong.append(f"{method} {route}: {answer.status_code}")
    assert wrong == []


def undeclared(route: Route) -> list[str]:
    """The methods that the route does not say it takes."""
    return [method for method in METHODS if method not in route.declaration.methods]


@pytest.mark.one_engine
@pytest.mark.parametrize("client", WHO[:2], indirect=True)
def test_a_method_that_is_not_declared_is_refused(client: Client, person: str) -> None:
    wrong = [
        f"{method} {route}: {status}"
        for place, (route, url) in enumerate(addresses())
        for method in tried(undeclared(route), place, person, WHO[:2])
        if (status := client.generic(method, url).status_code) not in {302, 401, 403, 404, 405}
    ]
    assert wrong == []


@pytest.mark.one_engine
@pytest.mark.parametrize("client", WHO[:2], indirect=True)
def test_a_form_without_our_token_does_nothing_anywhere(client: Client) -> None:
    """Also where its fields are right; a signed-in person's cookie alone is no consent."""
    wrong = [
        f"{route}: {status}"
        for route, url in addresses()
        if "POST" in route.declaration.methods
        and (
            status := client.post(
                url, {"reason": "x"}, headers={"origin": "https://evil.example"}
            ).status_code
        )
        != 403
    ]
    assert wrong == []


def test_no_question_in_the_address_breaks_a_page_or_leads_away(client: Client) -> None:
    wrong = []
    for route, url in addresses():
        if "GET" not in route.declaration.methods:
            continue
        answer = client.get(url, ODD)
        if answer.status_code not in {200, 302, 400, 404}:
            wrong.append(f"{route}: {answer.status_code}")
        if answer.status_code == 302 and not answer["Location"].startswith("/"):
            wrong.append(f"{route}: leads to {answer['Location'][:60]}")
    assert wrong == []


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "[::1"]
)
def test_another_host_is_refused_and_stands_in_no_link(world: World, host: str) -> None:
    for url in ("/", "/logga-in/", "/arbete/", "/rekryteringar/"):
        answer = Client(raise_request_exception=False).get(url, headers={"host": host})
        assert answer.status_code == 400
        assert b"evil" not in answer.content
    forged = Client().get("/logga-in/", headers={"x-forwarded-host": "evil.example"})
    assert b"evil" not in forged.content
