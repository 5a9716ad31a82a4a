"""The two searches in a browser: accessible and no wider, and the way back from what was found tells nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from tests.browser.person import Person, follow
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]
NAME = "Elin Svalört"
FIELD, WHY = "För- och efternamn", "Varför söker du?"


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    for post in ("assistant", "clerk"):
        Walk(world, post).open().finalist(NAME)
    asked = {"search-found": NAME, "search-none": "Elin Okänd", "search-wrong": "19811228-9874"}
    pages = [(name, "hr", reverse("search_name")) for name in ("search-name", *asked)]
    pages += [
        ("search-number", "hr", reverse("search_number")),
        ("search-own", "manager", reverse("search_name")),
    ]

    def ask(page: Page, name: str) -> None:
        if name in asked:
            page.get_by_label(FIELD).fill(asked[name])
            page.get_by_label(WHY).select_option("contact_candidate")
            follow(page, page.get_by_role("button", name="Sök", exact=True))

    assert troubles_in(live, axe, world, pages, ask) == []


def test_on_the_telephone_from_the_menu_to_her_recruitment_and_back(live: Live) -> None:
    world = build_world()
    walk = Walk(world, "assistant").open()
    walk.finalist(NAME)
    one = Person(live, "hr")
    one.page.goto(live.url + reverse("search_name"))
    one.type(FIELD, "svalört, elin")
    one.page.get_by_label(WHY).select_option("contact_candidate")
    one.press("Sök")
    assert one.page.url.endswith(reverse("search_name"))
    assert one.page.title().startswith("Sök på namn")
    reference = walk.case().recruitment.reference
    assert reference in one.text
    assert "svalört" not in one.page.content().lower(), "the name stands nowhere in what was found"
    follow(one.page, one.page.get_by_role("link", name=reference, exact=True))
    assert "svalört" not in one.page.content().lower()
    with pytest.raises(Error, match="CACHE_MISS"):
        one.page.go_back()  # the browser has kept neither what was asked nor the answer
