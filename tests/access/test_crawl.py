"""Every account of a demonstration follows every link it is shown, and then tries what only others were shown.

On the way each page is weighed, and read for words in another language than its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import unescape
from random import Random, SystemRandom
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.access.links import CHANNEL, LINK, Walked, walk
from tests.access.seeded import Demonstration, Visitor, demonstrated
from tests.harness.browser import HTML_AT_MOST
from tests.harness.languages import ENGLISH, SWEDISH, foreign_words
from vetting.accounts.models import Account

IN_FULL = bool(os.environ.get("SOAK"))
RECRUITMENTS, REPORTS = (8, 6) if IN_FULL else (2, 2)
DRAWN = int(os.environ.get("CRAWL_DRAWN") or 3)
"""How many accounts walk, each with other roles than the rest, drawn anew each time: in `make soak` all of them do."""
TRIED = 1 if IN_FULL else 3
"""Of what only others were shown, each account tries one in so many: all of it in `make soak`."""
SEED = int(os.environ.get("CRAWL_SEED") or SystemRandom().randrange(10**6))
pytestmark = pytest.mark.deadline(4 * 3600 if IN_FULL else 120 * DRAWN)


@pytest.fixture(scope="module")
def seeded(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[Demonstration]:
    """The demonstration that all of them walk through."""
    with demonstrated(request.getfixturevalue, RECRUITMENTS, REPORTS) as whole:
        yield whole


def walkers(seeded: Demonstration) -> list[Account]:
    """Who walks: everybody in `make soak`, else a few of different roles."""
    accounts = list(seeded.accounts)
    if IN_FULL:
        return accounts
    Random(SEED).shuffle(accounts)
    by_roles = {seeded.roles_of(account): account for account in accounts}
    return list(by_roles.values())[:DRAWN]


def _walked(account: Account, place: int) -> Walked:
    """The account's walk, on which each page is light and in one language: every second in English, in full both."""
    walks = []
    for language in (SWEDISH, ENGLISH) if IN_FULL else ((SWEDISH, ENGLISH)[place % 2],):
        visitor, said = Visitor.of(account), list[str]()
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

        def look(address: str, page: str, said: list[str] = said, language: str = language) -> None:
            said += [f"{address} in {language}: {each}" for each in _read(page, language)]

        walks.append(walk(visitor, look))
        walks[-1].wrong += said
    first, *others = walks
    first.wrong += [said for other in others for said in other.wrong]
    return first


def _read(page: str, language: str) -> list[str]:
    size = len(page.encode())
    heavy = [f"{size} bytes of HTML"] if size > HTML_AT_MOST else []
    return heavy + [f"in another language: {each}" for each in foreign_words(page, language)]


def test_nobody_meets_a_dead_link_and_no_address_opens_that_one_was_not_shown(seeded: Demonstration) -> None:
    accounts = walkers(seeded)
    walks = {account.username: _walked(account, place) for place, account in enumerate(accounts)}
    wrong = [f"{name}: {said}" for name, walk in walks.items() for said in walk.wrong]
    everything = sorted(set[str]().union(*(walk.shown for walk in walks.values())))
    tried = 0
    for place, account in enumerate(accounts):
        visitor = Visitor.of(account)
        others = [address for address in everything if address not in walks[account.username].shown]
        for address in others[place % TRIED :: TRIED]:
            tried += 1
            answer = visitor.client.get(address)
            if answer.status_code not in (404, 405) and not _leads_back(answer, walks[account.username]):
                wrong.append(f"{account.username} was not shown {address}: {answer.status_code}")
    assert not wrong, f"CRAWL_SEED={SEED}: {len(wrong)} of {tried}\n" + "\n".join(wrong)
    assert len(everything) > 10 * RECRUITMENTS
    assert tried > len(everything) // TRIED


def test_nobody_meets_a_dead_link_in_the_reporting_channel(seeded: Demonstration) -> None:
    """Without sign-in, from the first page in both languages; the way back to the service is a page that answers."""
    client = Client(raise_request_exception=False)
    waiting, met, wrong = [(CHANNEL, "")], set[str](), list[str]()
    while waiting:
        address, source = waiting.pop()
        if address in met:
            continue
        met.add(address)
        answer = client.get(address)
        assert answer.status_code < 400, f"{address} on {source}: {answer.status_code}"
        if address.startswith(CHANNEL) and answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            wrong += [
                f"{address}: {each}"
                for each in _read(page, ENGLISH if '<html lang="en"' in page else SWEDISH)
            ]
            for link in LINK.findall(page):
                place = urlsplit(urljoin(address, unescape(link)))
                if link and not place.scheme and not place.path.startswith("/static/"):
                    waiting.append((place.path, address))
    assert len([address for address in met if address.startswith(CHANNEL)]) > 10
    assert not wrong


def _leads_back(answer: HttpResponse, walk: Walked) -> bool:
    """Whether nothing was opened: whoever asks is sent on, with nothing said, to a page that she was shown."""
    return (
        answer.status_code == 302
        and not answer.content
        and urlsplit(answer.headers["Location"]).path in walk.shown
    )
