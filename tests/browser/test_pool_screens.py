"""The pool in a browser: a question on a phone in one page without scripts, every screen accessible and no wider.

With SHOTS=folder every page is also kept as a picture, in both widths and colours.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser.person import Person
from tests.browser.test_decision_screens import LOOKS
from tests.harness.browser import Live
from tests.recruitment.clicks import client_of
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
    shots = os.environ.get("SHOTS")
    troubles: list[str] = []
    for name, who, address, asked in screens(world):
        session = client_of(world, who).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}
        page = live.open(address, cookies=[cookie])
        if asked:
            page.get_by_label("Namn eller referens").fill(asked)
            page.get_by_role("button", name="Fråga", exact=True).click()
        assert page.locator("h1").count() == 1, f"{name}: {page.title()}"
        for width, scheme in LOOKS if shots else LOOKS[:2]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            troubles += [f"{name} {width} {scheme}: {found}" for found in axe(page)]
            if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                troubles.append(f"{name} is wider than {width}")
            if shots:
                page.screenshot(path=str(Path(shots) / f"{name}-{width}-{scheme}.png"), full_page=True)
        page.context.close()
    assert troubles == []


def test_one_page_and_one_click_on_a_phone(live: Live) -> None:
    world = build_world()
    cleared(world)
    booker(world)
    one = Person(live, "booker")
    one.page.set_viewport_size({"width": 390, "height": 844})
    one.go(reverse("may_i_book"))
    address = one.page.url
    began = time.monotonic()
    one.type("Namn eller referens", NAME)
    one.press("Fråga")
    assert "Ja" in one.text
    assert "Till och med" in one.text
    assert time.monotonic() - began < SECONDS
    assert one.page.url == address
    # The answer stands in sight, above the fold, without scrolling.
    box = one.page.locator(".app-answer").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
