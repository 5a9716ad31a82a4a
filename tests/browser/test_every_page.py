"""Every page of every role, measured in a browser: the long campaign `SOAK=pages make soak`.

One address for each route and role, of a demonstration. `PAGES_ROLES=hr_officer,reporter` takes those alone,
`PAGES_NAMES=own_log` opens those in the browser and reads the words of all, `PAGES_TO=file` keeps each page's figures.
In the suite the pages of each test's own are watched in the same way (`Live`), and their HTML and words by the crawl.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.access.links import CHANNEL, route_of, walk
from tests.access.routes import every_route
from tests.access.seeded import Demonstration, Visitor, demonstrated
from tests.benchmarks.people import one_of_each_role
from tests.browser.installed import installed
from tests.browser.measured import Eyes, Measured
from tests.browser.reporter import walk as report
from tests.browser.tour import NOT_PAGES, pages_of
from tests.harness.browser import Axe
from tests.harness.languages import ENGLISH, SWEDISH, foreign_words
from vetting.recruitment.demo.accounts import candidate_pages
from vetting.recruitment.demo.plots import CHOSEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RECRUITMENTS = int(os.environ.get("PAGES_RECRUITMENTS") or len(CHOSEN))
"""Each way that a recruitment may go."""
REPORTS, FOLLOWED = 10, 3
"""How many reports there are, and of how many pages of one route the links are followed."""
NOBODY, CANDIDATE, REPORTER = "nobody", "candidate", "reporter"
NAMES = [name for name in os.environ.get("PAGES_NAMES", "").split(",") if name]
WANTED = [role for role in os.environ.get("PAGES_ROLES", "").split(",") if role]
NOT_THERE = "/finns-inte/"

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.deadline(4 * 3600)]


@pytest.fixture(scope="module")
def seeded(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[Demonstration]:
    """The demonstration whose pages these are."""
    with demonstrated(request.getfixturevalue, RECRUITMENTS, REPORTS) as whole:
        yield whole


@pytest.fixture(scope="module")
def url(seeded: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service as it is installed, with every chapter of the demonstration."""
    for chapter in settings.DEMO_CHAPTERS:
        import_string(chapter)()
    with installed(tmp_path_factory.mktemp("static")) as address:
        yield address


def test_every_page_is_accessible_light_still_and_without_errors(
    seeded: Demonstration, url: str, chromium: Browser, axe: Axe
) -> None:
    kept: list[dict[str, Any]] = []

    def keep(role: str, name: str, found: Measured) -> None:
        kept.append({"role": role, "page": name, **asdict(found)})
        if to := os.environ.get("PAGES_TO"):
            Path(to).write_text(json.dumps(kept, indent=1, ensure_ascii=False))

    for role, client, addresses in _everybody():
        eyes = Eyes(chromium, url, _cookies(client, url), axe)
        for name, address in addresses:
            found = Measured() if NAMES and name not in NAMES else eyes.judge(address)
            found.troubles += _words(client, address)
            keep(role, name, found)
        if role == NOBODY:
            eyes.page.goto(NOT_THERE)
            keep(role, "404", eyes.look())
        if role == REPORTER:
            report(eyes.page, lambda name, eyes=eyes: keep(REPORTER, name, eyes.look()))
        eyes.close()
    wrong = [f"{each['role']} {each['page']}: {said}" for each in kept for said in each["troubles"]]
    assert not wrong, f"{len(wrong)} on {len(kept)} pages\n" + "\n".join(wrong)
    assert WANTED or len(kept) > 400


def _everybody() -> Iterator[tuple[str, Client, list[tuple[str, str]]]]:
    """Each role, somebody who has it with a browser, and one address for each of her pages."""
    yield from (
        (role, *found) for role, find in _ways().items() if not WANTED or role in WANTED for found in [find()]
    )


def _ways() -> dict[str, Callable[[], tuple[Client, list[tuple[str, str]]]]]:
    ways: dict[str, Any] = {
        role: (lambda account=account: _pages(Visitor.of(account))) for role, account in one_of_each_role()
    }
    return {
        **ways,
        NOBODY: lambda: (Client(), _open_to(Client())),
        CANDIDATE: _candidate,
        REPORTER: lambda: (Client(), [("first", CHANNEL)]),
    }


def _open_to(client: Client) -> list[tuple[str, str]]:
    """The pages that need no account, where they answer this browser."""
    declared = [route for route in every_route() if route.declaration is not None and not route.places]
    pages = [route for route in declared if route.declaration.public and "GET" in route.declaration.methods]
    named = [(route.name, reverse(route.name)) for route in pages if route.name not in NOT_PAGES]
    return [(name, address) for name, address in named if client.get(address).status_code == 200]


def _pages(visitor: Visitor) -> tuple[Client, list[tuple[str, str]]]:
    """One address for each route of what the person is shown: the one with most on it."""
    largest: dict[str, tuple[int, str]] = {}

    def look(address: str, page: str) -> None:
        name = route_of(urlsplit(address).path)
        largest[name] = max(largest.get(name, (0, "")), (len(page), address))

    visitor.open_vault()
    starts = [address for _name, address in pages_of(visitor.client, visitor.actor)]
    walk(visitor, look, starts=starts, most=FOLLOWED)
    return visitor.client, [(name, address) for name, (_size, address) in sorted(largest.items())]


def _candidate() -> tuple[Client, list[tuple[str, str]]]:
    """A finalist who has come in with her code."""
    client = Client()
    client.post(reverse("candidate_page"), {"code": candidate_pages()[0]["code"]})
    return client, [(name, address) for name, address in _open_to(client) if name.startswith(CANDIDATE)]


def _words(client: Client, address: str) -> list[str]:
    """What stands in another language than the page's, in each of the two; in the channel the crawl reads both."""
    found = []
    for language in () if address.startswith(CHANNEL) else (ENGLISH, SWEDISH):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(address).content.decode()
        found += [f"in {language}: {said}" for said in foreign_words(page, language)]
    return found


def _cookies(client: Client, url: str) -> list[dict[str, Any]]:
    return [{"name": each.key, "value": each.value, "url": url} for each in client.cookies.values()]
