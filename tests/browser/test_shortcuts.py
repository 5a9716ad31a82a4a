"""Keys for whoever likes them: what each does, never while one types, and off for whoever has said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.screens import shown_to
from tests.harness.browser import NARROW, Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.recruitment.views.about import SHORTCUTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]
FOCUSED = "document.activeElement.textContent.trim()"


def test_the_keys_do_what_their_page_says_and_can_be_switched_off(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    walks = [Walk(build_world(), "assistant")]
    walks.append(Walk(walks[0].world, "clerk"))
    page = shown_to(live, walks[0].world, "hr", "/arbete/")
    did = set()

    def press(keys: str, address: str) -> None:
        for key in keys.split():
            page.keyboard.press(key)
        page.wait_for_url(f"**{address}")
        did.add(keys)

    press("?", "/om/kortkommandon/")
    assert axe(page) == []
    press("g r", "/rekryteringar/")
    page.keyboard.press("j")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("j")
    second = page.evaluate(FOCUSED)
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == first != second
    did |= {"j", "k"}
    page.keyboard.press("/")
    did.add("/")
    assert page.evaluate("document.activeElement.id") == "filter-q"
    page.keyboard.type("g m?/j")
    assert page.input_value("#filter-q") == "g m?/j", "a key that is typed is a letter"
    page.locator("h1").click()
    page.keyboard.press("Control+/")
    assert page.evaluate("document.activeElement.id") != "filter-q"
    press("g m", "/arbete/")
    assert did == set(SHORTCUTS)

    page.goto(f"{live.url}/om/kortkommandon/")
    box = page.get_by_label("Använd kortkommandon i den här webbläsaren")
    assert box.is_checked()
    box.uncheck()
    page.goto(f"{live.url}/rekryteringar/")
    page.keyboard.press("/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.goto(f"{live.url}/om/kortkommandon/")
    assert not box.is_checked()
    box.check()
    press("g m", "/arbete/")


def test_the_page_is_there_without_scripts_and_without_signing_in(live: Live) -> None:
    page = live.open(f"{live.url}/om/kortkommandon/", javascript=False, width=NARROW)
    assert page.get_by_role("row").count() == len(SHORTCUTS) + 1
    assert page.locator("#shortcuts-choice").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
