"""The list one came from goes along through the recruitment: over its forms and back from them by a redirect.

Each address within the recruitment carries it (`links`, and the tags for buttons and forms), as the page's own does; so
do those of its opinion and of its employment. Nothing is kept anywhere else: two windows may stand in two lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_plus, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from vetting.policy.numbers import find_numbers
from vetting.web.along import carry

LIST: Final = "lista"
"""The parameter of the address that holds the list's own query string."""
LONGEST: Final = 300
"""Characters of a list's query string that go along; a longer one is no filter of ours."""
ROOMS: Final = ("recruitment_list", "opinion_list", "engagement_list")
"""Lists whose addresses go on with a recruitment's own: /rekryteringar/…, /godkannanden/… and /anstallningar/…"""


def with_query(url: str, query: str) -> str:
    """`url` with `query` (name=value) added to what it asks for already, before any fragment."""
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{query}{mark}{fragment}"


def with_list(url: str, query: str) -> str:
    """The address of a row with the list that it stands in (`query`: the list's query string, with or without ?)."""
    return with_query(url, urlencode({LIST: query.removeprefix("?")}))


class KeepsList:
    """Lets the pages of a recruitment know the list, and sends whoever has saved something back with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.GET.get(LIST, "")
        here = _addresses_of(request.path) if _goes_along(query) else ()
        if not here:
            return self.get_response(request)

        def with_it(url: str) -> str:
            where = urlsplit(url)
            is_here = not where.netloc and where.path.startswith(here)
            return with_list(url, query) if is_here and LIST not in QueryDict(where.query) else url

        token = carry.set(with_it)
        try:
            response = self.get_response(request)
        finally:
            carry.reset(token)
        if "Location" in response.headers:
            response.headers["Location"] = with_it(response.headers["Location"])
        return response


def _goes_along(query: str) -> bool:
    """Whether it is a list's query string; a personal number typed into the address is not spread over more of them."""
    return 0 < len(query) <= LONGEST and not find_numbers(unquote_plus(query))


def _addresses_of(path: str) -> tuple[str, ...]:
    """What every address of the recruitment begins with that `path` is within; nothing for any other path."""
    rooms = [reverse(name) for name in ROOMS]
    ours = next((path.removeprefix(room).partition("/")[0] for room in rooms if path.startswith(room)), "")
    return tuple(f"{room}{ours}/" for room in rooms) if ours else ()
