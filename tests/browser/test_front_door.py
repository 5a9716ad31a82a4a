"""The first page, as anyone meets it: in either width and colour, with and without scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import follow
from tests.harness.browser import NARROW, WIDE, Live

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_accessible(live: Live, axe: Callable[["Page"], list[str]], width: int, dark: bool) -> None:
    page = live.open("/", width=width, dark=dark)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_finds_what_is_wrong(live: Live, axe: Callable[["Page"], list[str]]) -> None:
    page = live.open("/")
    page.evaluate("document.querySelector('main').appendChild(document.createElement('img'))")
    assert any("image-alt" in found for found in axe(page))


def test_its_doors_open_without_scripts(live: Live) -> None:
    page = live.open("/", javascript=False)
    follow(page, page.locator("a[href*='logga-in']").first)
    assert page.locator("input[type=password]").count() == 1
