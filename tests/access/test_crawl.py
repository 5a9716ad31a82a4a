"""Every account of a demonstration follows every link it is shown, and then tries what only others were shown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from random import Random, SystemRandom
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import pytest_django
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.seeded import Demonstration, Visitor, demonstration
from tests.harness.databases import Templates
from vetting.accounts.models import Account

IN_FULL = bool(os.environ.get("SOAK"))
RECRUITMENTS, REPORTS = (8, 6) if IN_FULL else (2, 2)
DRAWN = int(os.environ.get("CRAWL_DRAWN") or 3)
"""How many accounts walk, each with other roles than the rest, drawn anew each time: in `make soak` all of them do."""
TRIED = 1 if IN_FULL else 3
"""Of what only others were shown, each account tries one in so many: all of it in `make soak`."""
SEED = int(os.environ.get("CRAWL_SEED") or SystemRandom().randrange(10**6))
CHANNEL = "/anmal/"
ELSEWHERE = (reverse("account_logout"), "/static/", CHANNEL)
"""Not followed: the way out, files, and the reporting channel, where whoever walks has not signed in."""
TOLD_APART = {"visa", "sida", "k"}
"""Questions whose every answer is another page: which tab, page or finalist; and, unfiltered, how far back."""
LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"#]*)", re.DOTALL)

pytestmark = pytest.mark.deadline(4 * 3600 if IN_FULL else 120 * DRAWN)


@dataclass
class Walked:
    """What one account was shown: the addresses it could follow, and what was wrong on the way."""

    shown: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seeded(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    templates: Templates,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demonstration]:
    """The demonstration that all of them walk through, with reports and recipients who can open them."""
    folder = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock(), demonstration(templates, RECRUITMENTS, REPORTS, folder) as whole:
        yield whole


def walkers(seeded: Demonstration) -> list[Account]:
    """Who walks: everybody in `make soak`, else a few of different roles."""
    accounts = list(seeded.accounts)
    if IN_FULL:
        return accounts
    Random(SEED).shuffle(accounts)
    by_roles = {seeded.roles_of(account): account for account in accounts}
    return list(by_roles.values())[:DRAWN]


def test_nobody_meets_a_dead_link_and_no_address_opens_that_one_was_not_shown(seeded: Demonstration) -> None:
    accounts = walkers(seeded)
    walks = {account.username: _walk(Visitor.of(account)) for account in accounts}
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
    waiting, met = [(CHANNEL, "")], set[str]()
    while waiting:
        address, source = waiting.pop()
        if address in met:
            continue
        met.add(address)
        answer = client.get(address)
        assert answer.status_code < 400, f"{address} on {source}: {answer.status_code}"
        if address.startswith(CHANNEL) and answer.headers.get("Content-Type", "").startswith("text/html"):
            for link in LINK.findall(answer.content.decode()):
                place = urlsplit(urljoin(address, unescape(link)))
                if link and not place.scheme and not place.path.startswith("/static/"):
                    waiting.append((place.path, address))
    assert len([address for address in met if address.startswith(CHANNEL)]) > 10


def _walk(visitor: Visitor) -> Walked:
    """From the first page along every link, each once, with open keys; of lists sorted and filtered each way once."""
    visitor.open_vault()
    found, waiting, kinds = Walked(), [(reverse("work"), "")], set[tuple[str, ...]]()
    while waiting:
        address, source = waiting.pop()
        kind = _kind(address)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = visitor.client.get(address)
        path = urlsplit(address).path
        if answer.status_code >= 400:
            found.wrong.append(f"{address} on {source}: {answer.status_code}")
            continue
        found.shown.add(path)
        if answer.status_code in (301, 302):
            waiting += [(each, address) for each in _inside(answer.headers["Location"], address)]
        elif answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            for link in LINK.findall(answer.content.decode()):
                waiting += [(each, address) for each in _inside(unescape(link), address)]
    return found


def _leads_back(answer: HttpResponse, walk: Walked) -> bool:
    """Whether nothing was opened: whoever asks is sent on, with nothing said, to a page that she was shown."""
    return (
        answer.status_code == 302
        and not answer.content
        and urlsplit(answer.headers["Location"]).path in walk.shown
    )


def _kind(address: str) -> tuple[str, ...]:
    """Which addresses say the same: one path with the same questions, whatever is answered to some of them."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query)
    told = TOLD_APART | ({"fore"} if len(given) == 1 else set())
    asked = sorted(f"{name}={value}" if name in told else name for name, value in given)
    return (parts.path, *asked)


def _inside(link: str, page: str) -> Iterator[str]:
    """The address that a link of the page leads to, where it is one of the service's own pages."""
    address = urljoin(page, link)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not link:
        return
    if not parts.path.startswith(ELSEWHERE):
        yield address
