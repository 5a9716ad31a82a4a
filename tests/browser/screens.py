"""Looking at pages in the browser: accessible, and no wider than the screen, on a desk and on a telephone.

With SHOTS=folder every page is also kept as a picture, in both widths and colours.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tests.harness.browser import NARROW, REFLOW, WIDE, Live
from tests.recruitment.clicks import client_of
from tests.recruitment.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKS: list[tuple[int, Any]] = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
"""The first two meet each width and each colour scheme; the others are for whoever wants the pictures."""
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
Axe = Callable[["Page"], list[str]]


def shown_to(live: Live, world: World, who: str, address: str) -> Page:
    """The page as the person sees it, signed in."""
    session = client_of(world, who).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}
    return live.open(address, cookies=[cookie])


def troubles_of(page: Page, axe: Axe, name: str) -> list[str]:
    """What is wrong with a page in each of the looks: two of them, all four where pictures are kept."""
    shots, found = os.environ.get("SHOTS"), []
    assert page.locator("h1").count() == 1, f"{name}: {page.title()}"
    for width, scheme in LOOKS if shots else LOOKS[:2]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{name} {width} {scheme}: {trouble}" for trouble in axe(page)]
        if not page.evaluate(FITS):
            found.append(f"{name} is wider than {width}")
        if shots:
            page.screenshot(path=str(Path(shots) / f"{name}-{width}-{scheme}.png"), full_page=True)
    page.set_viewport_size({"width": REFLOW, "height": 900})
    return found if page.evaluate(FITS) else [*found, f"{name} is wider than {REFLOW}"]


def troubles_in(
    live: Live,
    axe: Axe,
    world: World,
    screens: Iterable[tuple[str, str, str]],
    before: Callable[[Page, str], None] = lambda page, name: None,
) -> list[str]:
    """What is wrong with each of (name, who, address); `before` does something to the page first, by its name."""
    found: list[str] = []
    opened: dict[str, Page] = {}
    for name, who, address in screens:
        if who in opened:
            opened[who].goto(address)
        else:
            opened[who] = shown_to(live, world, who, address)
        before(opened[who], name)
        found += troubles_of(opened[who], axe, name)
    return found
