"""Who takes no part, and who has declared, in the browser: accessible, and as wide as the screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.harness.browser import NARROW, WIDE, Live
from tests.recruitment.clicks import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.recruitment.actions.declaration import give_declaration, set_recusal

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]
WHY = "Har arbetat nära en av slutkandidaterna."


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    """RECUSAL_SHOTS=folder keeps the pictures."""
    world = build_world()
    empty, walk = Walk(world, "buyer").open(), Walk(world, "buyer").open()
    give_declaration(walk.case(), by=world.actor("hr"), interest=WHY)
    set_recusal(
        walk.case(), by=world.actor("security_head"), person_id=world.person_id("security_one"), reason=WHY
    )
    pages = {
        "list": ("manager", "recusal_list", walk),
        "none": ("manager", "recusal_list", empty),
        "declarations": ("hr_head", "declaration_list", walk),
        "access": ("hr_head", "recruitment_access", walk),
        "untold": ("data_protection_officer", "recruitment_access", walk),
    }
    for shot, (name, address, shown) in pages.items():
        kept = [
            {"name": c.key, "value": c.value, "url": live.url}
            for c in client_of(world, name).cookies.values()
        ]
        for width, dark in ((WIDE, False), (NARROW, True), (WIDE, True), (NARROW, False)):
            page = live.open(width=width, dark=dark, cookies=kept)
            page.goto(reverse(address, kwargs={"pk": shown.pk}))
            assert axe(page) == [], f"{address} {width} {dark}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address}: {wide} pixels of {width}"
            if folder := os.environ.get("RECUSAL_SHOTS"):
                look = "dark" if dark else "light"
                page.screenshot(path=Path(folder) / f"{shot}-{width}-{look}.png", full_page=True)
            page.context.close()
