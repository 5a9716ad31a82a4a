"""What is typed in the worklist's box stands in an address only where it finds a post, a unit or a reference."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.test import Client

from tests.recruitment.pages import signed_in
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

LIST = "/rekryteringar/"
NAME = "Testa Persson"
ADDRESS = re.compile(r'(?:href|action|formaction)="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="q" value="([^"]*)"')


@pytest.fixture
def hr(world: World) -> Client:
    """HR with two recruitments; in one of them somebody is finalist by that name."""
    Walk(world, "assistant").open().finalist(NAME)
    Walk(world, "buyer")
    return signed_in(world, "hr")


def addresses(page: Any) -> list[str]:
    """Every address of the page, and what its forms ask for, as somebody reads them in a log."""
    found = [unquote_plus(html.unescape(one)) for one in ADDRESS.findall(page.text)]
    return found + [html.unescape(one) for one in HIDDEN.findall(page.text)]


def test_what_finds_something_is_an_address_to_share(hr: Client) -> None:
    form = hr.get(LIST).text
    assert re.search(r'<form class="app-filter"[^>]* method="post" action="/rekryteringar/">', form)
    answer = hr.post(LIST, {"visa": "enhet", "q": "elevass", "form": "permanent", "ordning": "start"})
    assert answer.status_code == 302
    assert answer["Location"] == "/rekryteringar/?visa=enhet&q=elevass&form=permanent&ordning=start"
    page = hr.get(answer["Location"])
    assert len(page.context["rows"]) == 1
    assert any("q=elevass" in one for one in addresses(page))
    # Nothing typed is found as well: a filter is a filter.
    assert (
        hr.post(LIST, {"visa": "enhet", "form": "permanent"})["Location"]
        == f"{LIST}?visa=enhet&form=permanent"
    )


def test_a_name_is_in_no_address(hr: Client) -> None:
    page = hr.post(LIST, {"visa": "enhet", "q": NAME, "form": "permanent"})
    assert page.status_code == 200
    assert page.context["rows"] == []
    assert f'name="q" value="{NAME}"' in page.text  # not lost: it stands in its box
    assert next(chip.label for chip in page.context["chips"]) == f"Sökning: {NAME}"
    assert [one for one in addresses(page) if "visa=enhet&form=permanent" in one]
    assert not [one for one in addresses(page) if "Testa" in one or "Persson" in one]


def test_a_name_that_somebody_put_in_an_address_is_spread_no_further(hr: Client) -> None:
    page = hr.get(LIST, {"visa": "enhet", "q": NAME})
    assert page.context["rows"] == []
    assert not [one for one in addresses(page) if "Persson" in one]


def test_what_a_filter_hides_is_still_an_address(hr: Client) -> None:
    """The post is there, and none of its recruitments in this tab: the search stays, to be looked for in another."""
    answer = hr.post(LIST, {"visa": "avslutade", "q": "elevass"})
    assert answer["Location"] == f"{LIST}?visa=avslutade&q=elevass"
    page = hr.get(answer["Location"])
    assert page.context["rows"] == []
    assert any("visa=enhet&q=elevass" in one for one in addresses(page))


def test_a_personal_number_is_not_even_sent_back(hr: Client) -> None:
    assert hr.post(LIST, {"visa": "enhet", "q": "19900101-0017"})["Location"] == f"{LIST}?visa=enhet&nummer=1"


def test_it_finds_nothing_that_one_may_not_see(hr: Client, world: World) -> None:
    """Whether a word becomes an address tells of no recruitment beyond one's own."""
    told = {"visa": "enhet", "q": "elevass"}
    assert hr.post(LIST, told).status_code == 302
    assert signed_in(world, "other_hr").post(LIST, told).status_code == 200
