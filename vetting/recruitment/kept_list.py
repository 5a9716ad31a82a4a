"""The list one came from goes along through the recruitment: over its forms and back from them by a redirect.

Each address within the recruitment carries it (`links`), as the page's own does. Nothing is kept anywhere else: two
windows may stand in two lists.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final
from urllib.parse import unquote_plus, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from vetting.policy.numbers import find_numbers

LIST: Final = "lista"
"""The parameter of the address that holds the list's own query string."""
LONGEST: Final = 300
"""Characters of a list's query string that go along; a longer one is no filter of ours."""
_here: ContextVar[str] = ContextVar("list", default="")


def with_query(url: str, query: str) -> str:
    """`url` with `query` (name=value) added to what it asks for already, before any fragment."""
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{query}{mark}{fragment}"


def with_list(url: str, query: str) -> str:
    """The address of a row with the list that it stands in (`query`: the list's query string, with or without ?)."""
    return with_query(url, urlencode({LIST: query.removeprefix("?")}))


def kept(url: str) -> str:
    """`url`, within a recruitment, with the list that one came to the page being answered from; "" stays ""."""
    here = _here.get()
    return with_list(url, here) if url and here else url


class KeepsList:
    """Lets the pages of a recruitment know the list, and sends whoever has saved something back with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        room = _one(request.path)
        query = request.GET.get(LIST, "") if room else ""
        if not _goes_along(query):
            return self.get_response(request)
        token = _here.set(query)
        try:
            response = self.get_response(request)
        finally:
            _here.reset(token)
        where = response.headers.get("Location", "")
        if _one(where) == room and LIST not in QueryDict(urlsplit(where).query):
            response.headers["Location"] = with_list(where, query)
        return response


def _goes_along(query: str) -> bool:
    """Whether it is a list's query string; a personal number typed into the address is not spread over more of them."""
    return 0 < len(query) <= LONGEST and not find_numbers(unquote_plus(query))


def _one(url: str) -> str:
    """The recruitment of ours that an address is within, "" for any other."""
    where = urlsplit(url)
    room = reverse("recruitment_list")
    ours = not where.netloc and where.path.startswith(room)
    return where.path.removeprefix(room).partition("/")[0] if ours else ""
