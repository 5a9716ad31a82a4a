"""*Kontrollfunktionen* with its file: accessible and no wider, and the file comes after the password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.person import PASSWORD, Person
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.opinions import ask
from tests.recruitment.world import build_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    ask(world)
    pages = [
        (f"control-{name}", name, reverse("control")) for name in ("auditor", "hr_head", "security_head")
    ]
    assert troubles_in(live, axe, world, pages) == []


def test_the_auditor_confirms_and_has_the_file(live: Live) -> None:
    ask(build_world())
    one = Person(live, "auditor")
    one.page.goto(live.url + reverse("control"))
    one.press("Hämta siffror")
    one.give_password()
    with one.page.expect_download() as coming:
        one.page.get_by_role("button", name="Slutför").click()
    file = coming.value
    assert file.suggested_filename.startswith("siffror-")
    text = Path(file.path()).read_text(encoding="utf-8-sig")
    assert "Lämnade yttranden;färre än 5" in text
    assert PASSWORD not in text
