"""After an act one still stands in the list that one walks: over the recruitment's pages, its opinion and its end."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.test import Client

from tests.recruitment.clicks import client_of
from tests.recruitment.opinions import ask
from tests.recruitment.pages import post, url
from tests.recruitment.rounds import entered, opened
from tests.recruitment.test_in_list import beside, rows
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.kept_list import LIST, with_list

LINK = re.compile(r'(?:href|action|formaction)="([^"#]+)[^"]*"')
NEXT = re.compile(r'href="([^"]+)"><svg[^>]*>(?:(?!</a>).)*?</svg>Nästa som väntar</a>')
PLACES = ("rekryteringar", "godkannanden", "anstallningar")
KEPT = "visa=enhet"


def leads(client: Client, here: str) -> list[str]:
    """Where the page at `here` leads, over its links and its forms, within the same recruitment."""
    found = [html.unescape(one) for one in LINK.findall(client.get(here).text)]
    pk = urlsplit(here).path.split("/")[2]
    within = tuple(f"/{place}/{pk}/" for place in PLACES)
    return [one for one in found if one.startswith(within)]


def shown_from(client: Client, first: str) -> dict[str, list[str]]:
    """Every page of the recruitment that one comes to over links from `first`, with where it leads itself."""
    found: dict[str, list[str]] = {}
    waiting = [first]
    while waiting:
        here = waiting.pop()
        path = urlsplit(here).path
        if path in found or "text/html" not in client.get(here).headers.get("Content-Type", ""):
            continue
        found[path] = leads(client, here)
        waiting += found[path]
    return found


def asked_about(walk: Walk) -> None:
    walk.finalist()


def asked_for(walk: Walk) -> None:
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.ask_opinion(finalist)


def to_be_decided(walk: Walk) -> None:
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.vote(walk.ask_opinion(finalist), "security_one")


@pytest.mark.parametrize("so_far", [asked_about, asked_for, to_be_decided])
@pytest.mark.parametrize("who", ["hr", "manager", "security_head"])
def test_every_address_of_a_recruitment_carries_the_list(
    world: World, so_far: Callable[[Walk], None], who: str
) -> None:
    walk = Walk(world, "buyer").open()
    so_far(walk)
    pages = shown_from(client_of(world, who), with_list(url("recruitment_view", walk), KEPT))
    assert len(pages) > 5
    lost = {
        (path, one)
        for path, found in pages.items()
        for one in found
        if parse_qs(urlsplit(one).query).get(LIST) != [KEPT]
    }
    assert not lost


def test_what_is_ticked_in_a_round_is_done_within_the_list(world: World) -> None:
    """A form that asks replaces what its address asks for: the list is one of its fields."""
    walk = opened(world, places=9)
    entered(walk, 2)
    client = client_of(world, "hr")
    for query, carried in ((KEPT, 1), ("", 0)):
        page = client.get(with_list(url("round_view", walk), query)).text
        assert page.count(f'<input type="hidden" name="{LIST}" value="{KEPT}">') == carried


def leads_to(client: Client, here: str, end: str) -> str:
    """The address of the page at `here` that ends so, before what it asks for."""
    return next(one for one in leads(client, here) if urlsplit(one).path.endswith(end))


def opine(client: Client, here: str) -> Any:
    """Take the opinion of the page at `here` and give it, with the page's own forms."""
    taken = post(client, leads_to(client, here, "/ta/"))["Location"]
    assert beside(client, taken) == beside(client, here)
    return post(client, leads_to(client, taken, "/yttrande/"), outcome="supported")


def test_an_opinion_leads_back_into_the_queue_and_on_to_the_next_that_waits(world: World) -> None:
    asked: list[tuple[Walk, Any, UUID]] = [ask(world) for _each in range(3)]
    client = client_of(world, "security_one")
    queue = rows(client, "/godkannanden/?visa=oppna")
    assert len(queue) == len(asked)
    here = queue[1]
    assert not NEXT.findall(client.get(here).text)  # before the opinion there is one thing to do here
    for following in (queue[2], queue[0], None):
        back = opine(client, here)["Location"]
        assert parse_qs(urlsplit(back).query) == {LIST: ["oppna"]}
        offered = [html.unescape(one) for one in NEXT.findall(client.get(back).text)]
        assert offered == ([following] if following else [])
        here = following or here


def test_the_next_that_waits_is_one_that_oneself_may_opine_in(world: World) -> None:
    """Under *Alla som väntar* one walks past all of them; after an opinion one is led to what waits for oneself."""
    for _each in range(3):
        ask(world)
    client = client_of(world, "security_one")
    first, second, third = rows(client, "/godkannanden/?visa=alla")
    held = Walk.of(world, UUID(urlsplit(second).path.split("/")[2]))
    hold_recruitment(held.case(), by=world.actor("hr"), reason="holidays")
    back = opine(client, first)["Location"]
    assert beside(client, back)["next"] == second
    assert [html.unescape(one) for one in NEXT.findall(client.get(back).text)] == [third]


def test_whoever_came_another_way_is_offered_what_she_may_take(world: World) -> None:
    walk, _finalist, opinion = ask(world)
    ask(world)
    client = client_of(world, "security_one")
    back = opine(client, url("opinion_view", walk, opinion=opinion))["Location"]
    page = client.get(back).text
    assert not NEXT.findall(page)
    assert "Ta nästa" in page


def test_from_the_queue_the_recruitment_leads_back_to_the_queue(world: World) -> None:
    """The list that one came from is no worklist: its neighbours are on the pages of the opinions."""
    walk, _finalist, _opinion = ask(world)
    client = client_of(world, "security_head")
    page = client.get(with_list(url("recruitment_view", walk), "oppna"))
    assert page.status_code == 200
    assert 'href="/godkannanden/?visa=oppna"' in page.text
    assert not beside(client, with_list(url("recruitment_view", walk), "oppna"))
