"""The questions about access in the browser: without scripts, accessible, and as wide as the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import Person, follow
from tests.browser.screens import shown_to, troubles_of
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.administration.actions.access_review import start_review

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def test_a_head_asks_why_an_officer_sees_a_recruitment(live: Live) -> None:
    walk = Walk(build_world(), "assistant").open()
    head = Person(live, "hr_head")
    head.press("Behörigheter", within="body")
    head.press("Förklara åtkomst")
    head.type("Namn eller användarnamn", "hr")
    head.type("Rekryteringens beteckning", walk.case().recruitment.reference)
    head.press("Förklara")
    assert "Tilldelad som HR-handläggare av" in head.text
    head.press("Pröva åtkomst")
    head.page.get_by_role("combobox", name="Roll (frivilligt)").select_option(label="Registrator")
    head.press("Visa")
    assert "Myndigheten (Registrator)" in head.text


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    walk = Walk(build_world(), "assistant").open()
    world = walk.world
    start_review(by=world.actor("auditor"))
    for name, addresses in (
        ("manager", ["/min-atkomst/"]),
        ("hr_head", ["/min-atkomst/", "varfor", "vad-skulle", "genomgang", "genomgang/svara"]),
    ):
        page = shown_to(live, world, name, "/")
        for address in addresses:
            page.goto(address if address.startswith("/") else f"/behorigheter/{address}/")
            if address == "varfor":
                page.get_by_label("Användarnamn").fill("hr")
                page.get_by_label("Rekryteringens beteckning").fill(walk.case().recruitment.reference)
                follow(page, page.get_by_role("button", name="Förklara"))
            if address == "vad-skulle":
                page.get_by_label("Användarnamn").fill("hr")
                follow(page, page.get_by_role("button", name="Visa", exact=True))
            assert troubles_of(page, axe, f"access-{name}-{address.replace('/', '-')}") == []


def test_a_head_answers_for_what_nobody_uses(live: Live) -> None:
    world = build_world()
    head = Person(live, "hr_head")
    head.go("/arbete/")
    follow(head.page, head.page.get_by_role("link", name="Dags för kvartalets genomgång av åtkomst"))
    head.press("Starta genomgång")
    assert "Genomgången är startad" in head.text
    head.press("Besvara")
    registrar = head.page.get_by_role("group", name="Registrar –")
    registrar.get_by_label("Behåll").check()
    head.press("Spara svaren")
    assert "1 åtkomst är besvarad" in head.text
    assert world.actor("registrar").holds("registrar")
