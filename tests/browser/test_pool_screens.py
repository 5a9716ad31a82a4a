"""The pool in a browser: a question on a phone in one page without scripts, every screen accessible and no wider."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.clicks import BY_NAME, BY_REFERENCE, holds
from tests.browser.person import Person, Tally, follow
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.pool import NAME, booker, cleared, vetted
from tests.recruitment.world import World, build_world
from vetting.recruitment.models import Candidacy

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
SECONDS = 5.0


def screens(world: World) -> list[tuple[str, str, str, str]]:
    """(name, who, address, whom one asks about) of every page of the pool."""
    walk, finalist, _clearance = cleared(world)
    waiting, other = vetted(world, "Sixten Senare")
    booker(world)

    def of(name: str, one: Candidacy, pk: object) -> str:
        return reverse(name, kwargs={"pk": pk, "candidacy": one.pk})

    return [
        ("pool-question", "booker", reverse("may_i_book"), ""),
        ("pool-yes", "booker", reverse("may_i_book"), NAME),
        ("pool-no", "booker", reverse("may_i_book"), "Okänd Person"),
        ("pool-list", "manager", reverse("clearance_list"), ""),
        ("pool-grant", "manager", of("grant_clearance", other, waiting.pk), ""),
        ("pool-renew", "manager", of("grant_clearance", finalist, walk.pk), ""),
        ("pool-engagement", "manager", of("engagement_view", finalist, walk.pk), ""),
        ("pool-bookers", "manager", reverse("bookers"), ""),
        ("pool-work", "booker", reverse("work"), ""),
    ]


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    pages = screens(world)
    asked = {name: whom for name, _who, _address, whom in pages}

    def ask(page: Page, name: str) -> None:
        if asked[name]:
            page.get_by_label("Namn eller referens").fill(asked[name])
            follow(page, page.get_by_role("button", name="Fråga", exact=True))

    assert troubles_in(live, axe, world, [each[:3] for each in pages], ask) == []


def test_one_page_and_one_click_on_a_phone(live: Live) -> None:
    world = build_world()
    _walk, _finalist, clearance = cleared(world)
    booker(world)
    for journey, whom in ((BY_NAME, NAME), (BY_REFERENCE, clearance.reference)):
        tally = Tally()
        one = Person(live, "booker", tally=tally)
        one.page.set_viewport_size({"width": 390, "height": 844})
        one.press("Fråga")
        address = one.page.url
        began = time.monotonic()
        one.type("Namn eller referens", whom)
        one.press("Fråga")
        assert "Ja" in one.text
        assert "Till och med" in one.text
        assert time.monotonic() - began < SECONDS
        assert one.page.url == address
        # The answer stands in sight, above the fold, without scrolling.
        box = one.page.locator(".app-answer").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 844
        holds(journey, tally)
