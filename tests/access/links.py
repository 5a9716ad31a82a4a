"""Following the links of pages: from the first page of whoever has signed in, along everything she is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse

from tests.access.seeded import Visitor

CHANNEL = "/anmal/"
ELSEWHERE = (reverse("account_logout"), "/static/", CHANNEL)
"""Not followed: the way out, files, and the reporting channel, where whoever walks has not signed in."""
TOLD_APART = {"visa", "sida", "k"}
"""Questions whose every answer is another page: which tab, page or finalist; and, unfiltered, how far back."""
LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"#]*)", re.DOTALL)


@dataclass
class Walked:
    """What one account was shown: the addresses it could follow, and what was wrong on the way."""

    shown: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


Look = Callable[[str, str], object]
Kind = tuple[str, ...]


def walk(
    visitor: Visitor,
    look: Look = lambda address, page: None,
    *,
    starts: Iterable[str] = (),
    most: int | None = None,
) -> Walked:
    """From the first page along every link, each once, with open keys; of lists sorted and filtered each way once.

    `look` is shown each page with its address. `starts`: where to begin besides. `most`: of how many addresses of one
    route the links are followed, where not of all.
    """
    visitor.open_vault()
    found, waiting, kinds = Walked(), [(start, "") for start in (*starts, reverse("work"))], set[Kind]()
    met: Counter[str] = Counter()
    while waiting:
        address, source = waiting.pop()
        kind, path = kind_of(address), urlsplit(address).path
        if kind in kinds or (most is not None and met[route_of(path)] >= most):
            continue
        kinds.add(kind)
        answer = visitor.client.get(address)
        if answer.status_code >= 400:
            found.wrong.append(f"{address} on {source}: {answer.status_code}")
            continue
        found.shown.add(path)
        met[route_of(path)] += 1
        if answer.status_code in (301, 302):
            waiting += [(each, address) for each in inside(answer.headers["Location"], address)]
        elif answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            look(address, page)
            for link in LINK.findall(page):
                waiting += [(each, address) for each in inside(unescape(link), address)]
    return found


def route_of(path: str) -> str:
    """The name of the route that answers at a path; empty where none does."""
    try:
        return str(resolve(path).url_name)
    except Resolver404:
        return ""


def kind_of(address: str) -> Kind:
    """Which addresses say the same: one path with the same questions, whatever is answered to some of them."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query)
    told = TOLD_APART | ({"fore"} if len(given) == 1 else set())
    asked = sorted(f"{name}={value}" if name in told else name for name, value in given)
    return (parts.path, *asked)


def inside(link: str, page: str) -> Iterator[str]:
    """The address that a link of the page leads to, where it is one of the service's own pages."""
    address = urljoin(page, link)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not link:
        return
    if not parts.path.startswith(ELSEWHERE):
        yield address
