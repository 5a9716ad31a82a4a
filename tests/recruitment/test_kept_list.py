"""The list one came from is there when one has saved: over the links of the recruitment, its forms, and back."""

from __future__ import annotations

import html
import re

import pytest

from tests.recruitment.pages import signed_in, url
from tests.recruitment.test_in_list import beside, rows
from tests.recruitment.test_record_group import REFERENCES, shown
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.kept_list import LONGEST, with_list, with_query

LINK = re.compile(r'(?:href|action)="(/rekryteringar/[0-9a-f-]{36}/[^"]*)"')


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/", "/a/?lista=visa%3Dalla"),
        ("/a/?k=K1", "/a/?k=K1&lista=visa%3Dalla"),
        ("/a/?k=K1#x", "/a/?k=K1&lista=visa%3Dalla#x"),
    ],
)
def test_an_address_with_a_list(address: str, expected: str) -> None:
    assert with_list(address, "?visa=alla") == expected


def test_saving_leads_back_into_the_list(world: World) -> None:
    walks = [Walk(world, "assistant").open() for _each in range(2)]
    walks[0].finalist()
    client = signed_in(world, "hr")
    first = next(row for row in rows(client, "/rekryteringar/?visa=enhet") if str(walks[0].pk) in row)
    around = beside(client, first)
    assert around
    page = client.get(first).text
    forms = [html.unescape(found) for found in LINK.findall(page) if "/grupp/finalist/" in found]
    assert forms
    assert all("lista=visa%3Denhet" in address for address in forms)
    answer = client.post(forms[0], shown(client, forms[0]) | REFERENCES)
    assert answer.status_code == 302
    assert beside(client, answer["Location"]) == around


def test_every_step_leads_back_into_the_list(world: World) -> None:
    """A button of the recruitment's own that does its step at once and leads to an address of its own."""
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    here = with_list(url("recruitment_view", walk), "visa=enhet")
    hold = next(html.unescape(one) for one in LINK.findall(client.get(here).text) if "/pausa/" in one)
    form = client.get(hold).context["form"]
    answer = client.post(hold, {"reason": "holidays", "once": str(form.once_value)})
    assert answer["Location"].endswith("?lista=visa%3Denhet")


def test_nothing_is_carried_by_whoever_came_another_way_or_too_far(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    for address in (
        url("recruitment_view", walk),
        with_list(url("recruitment_view", walk), "q=" + "a" * LONGEST),
    ):
        assert not [one for one in LINK.findall(client.get(address).text) if "lista=" in one]


def test_older_events_keep_what_was_asked_for(world: World) -> None:
    assert with_query("/a/?lista=x", "visa=beslut&efter=4") == "/a/?lista=x&visa=beslut&efter=4"
