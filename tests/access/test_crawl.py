"""Every account of a demonstration follows every link it is shown, and then tries what only others were shown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import reverse

from tests.access.seeded import Demonstration, Visitor, demonstration
from tests.harness.databases import Templates

IN_FULL = bool(os.environ.get("SOAK"))
RECRUITMENTS = 30 if IN_FULL else 4
TRIED = 1 if IN_FULL else 12
"""Of what only others were shown, each account tries one in so many: all of it in `make soak`."""
ELSEWHERE = (reverse("account_logout"), "/static/", "/anmal/")
"""Not followed: the way out, files, and the reporting channel, which is a service of its own at that address."""
LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"#]*)", re.DOTALL)

pytestmark = pytest.mark.deadline(7200 if IN_FULL else 600)


@dataclass
class Walked:
    """What one account was shown: the addresses it could follow, and what was wrong on the way."""

    shown: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: object, templates: Templates) -> Iterator[Demonstration]:
    """The demonstration that all of them walk through."""
    with django_db_blocker.unblock(), demonstration(templates, RECRUITMENTS) as whole:
        yield whole


def test_nobody_meets_a_dead_link_and_no_address_opens_that_one_was_not_shown(seeded: Demonstration) -> None:
    visitors = [Visitor.of(account) for account in seeded.accounts]
    walks = {visitor.account.username: _walk(visitor) for visitor in visitors}
    wrong = [f"{name}: {said}" for name, walk in walks.items() for said in walk.wrong]
    everything = sorted(set[str]().union(*(walk.shown for walk in walks.values())))
    tried = 0
    for place, visitor in enumerate(visitors):
        name = visitor.account.username
        others = [address for address in everything if address not in walks[name].shown]
        for address in others[place % TRIED :: TRIED]:
            tried += 1
            status = visitor.client.get(address).status_code
            if status not in (404, 405):
                wrong.append(f"{name} was not shown {address}: {status}")
    assert not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(wrong)
    assert len(everything) > 10 * RECRUITMENTS
    assert tried > len(everything)


def _walk(visitor: Visitor) -> Walked:
    """From the first page along every link, each page once; of lists sorted and filtered each way once."""
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


def _kind(address: str) -> tuple[str, ...]:
    """Which addresses say the same: one path with the same questions, whatever is answered to some of them."""
    parts = urlsplit(address)
    asked = sorted(
        f"{name}={value}" if name in {"visa", "sida"} else name for name, value in parse_qsl(parts.query)
    )
    return (parts.path, *asked)


def _inside(link: str, page: str) -> Iterator[str]:
    """The address that a link of the page leads to, where it is one of the service's own pages."""
    address = urljoin(page, link)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not link:
        return
    if not parts.path.startswith(ELSEWHERE):
        yield address
