"""Notes in a browser: written, read and corrected by keyboard without scripts, every screen accessible and fitting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.keyboard import Keyboard
from tests.browser.person import Person, follow
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.notes import CALL, REMINDER, write
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def screens(world: World) -> list[tuple[str, str, str]]:
    """(name, who, address) of every page that a note stands on."""
    empty = Walk(world, "assistant").open()
    walk = Walk(world, "buyer", places=2).open()
    first, second = walk.finalist(), walk.finalist("Annan Person")
    note = write(walk, first, text=f"{CALL}\n\nAndra stycket, om hur samtalet slutade.")
    write(walk, first, text="Det var på tisdagar.", corrects=note)
    write(walk, second, "comment", REMINDER, by="manager")

    def of(which: Walk, name: str, **more: object) -> str:
        return reverse(name, kwargs={"pk": which.pk, **more})

    return [
        ("notes-none", "hr", of(empty, "note_list")),
        ("notes-list", "manager", of(walk, "note_list")),
        ("notes-one", "manager", of(walk, "note_list") + "?k=K1"),
        ("notes-open", "hr", of(walk, "note_list")),
        ("notes-no-purpose", "hr", of(walk, "note_list")),
        ("notes-write", "hr", of(walk, "add_note", candidacy=first.pk)),
        ("notes-wrong", "hr", of(walk, "add_note", candidacy=first.pk)),
        ("notes-correct", "hr", of(walk, "add_note", candidacy=first.pk) + f"?rattar={note}"),
        ("notes-case", "hr", of(walk, "recruitment_view")),
        ("notes-timeline", "hr", of(walk, "recruitment_timeline") + "?visa=anteckningar"),
    ]


def _before(page: Page, name: str) -> None:
    every = page.get_by_role("button", name="Visa alla på sidan")
    if name == "notes-open":
        page.get_by_label("Varför behöver du uppgifterna?").select_option(
            label="Bereda yttrande eller beslut"
        )
        follow(page, every)
        assert CALL in page.locator("main").inner_text()
    if name == "notes-no-purpose":
        page.get_by_label("Varför behöver du uppgifterna?").select_option(label="Välj ändamål")
        follow(page, every)
        assert "Välj ett ändamål." in page.locator("main").inner_text()
    if name == "notes-wrong":
        page.get_by_label("Anteckning", exact=False).last.fill("Hen är sjukskriven till maj.")
        follow(page, page.get_by_role("button", name="Spara anteckningen"))
        assert "handla om hälsa" in page.locator("main").inner_text()


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    assert troubles_in(live, axe, world, screens(world), _before) == []


def test_written_read_and_corrected_with_the_keyboard_without_scripts(live: Live) -> None:
    world = build_world()
    walk = Walk(world, "assistant").open()
    walk.finalist()
    hr = Person(live, "hr", hands=Keyboard)
    hr.go(reverse("recruitment_view", kwargs={"pk": walk.pk}))
    hr.press("Skriv anteckning")
    kind = hr.page.get_by_role("group", name="Slag av anteckning").get_by_label(
        "Tjänsteanteckning", exact=False
    )
    hr.hands.mark(kind)
    hr.type("Anteckning", CALL)
    hr.press("Spara anteckningen")
    assert "Anteckningen är sparad." in hr.text
    assert CALL not in hr.text
    hr.select("Varför behöver du uppgifterna?", "Kontakta kandidaten")
    hr.press("Visa alla på sidan")
    assert CALL in hr.text
    hr.go(reverse("note_list", kwargs={"pk": walk.pk}))  # from its top, not from the note that was opened
    hr.hands.press(hr.page.get_by_role("link", name="Rätta tjänsteanteckning om K1", exact=False))
    hr.type("Anteckning", "Det var på tisdagar.")
    hr.press("Spara anteckningen")
    # The old one is still open; the new one is not.
    assert CALL in hr.text
    assert "Rättar anteckningen från" in hr.text
    assert "Det var på tisdagar." not in hr.text
