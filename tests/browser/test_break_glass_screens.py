"""*Nödåtkomst* in the browser without scripts: taken, read with its banner, ended, reviewed; every page looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.browser.person import Person
from tests.browser.screens import troubles_of
from tests.harness.browser import Live
from tests.recruitment.clicks import client_of
from tests.recruitment.emergencies import WHY, begun, reference
from tests.recruitment.world import build_world
from vetting.recruitment.models import BreakGlass

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def test_taken_ended_and_reviewed_without_scripts(live: Live, axe: Callable[[Page], list[str]]) -> None:
    walk = begun(build_world())
    officer = Person(live, "security_one")
    officer.page.goto(reverse("open_break_glass"))
    officer.type("Rekryteringens beteckning", reference(walk))
    officer.type("Varför behövs nödåtkomst?", WHY)
    officer.press("Öppna för läsning")
    officer.confirm()  # the password, before anything is opened
    assert "Du läser utan uppdrag, 60 minuter till." in officer.text
    glass = BreakGlass.objects.get()
    _look(live, axe, walk, glass, "open", officer)
    officer.press("Avsluta nödåtkomst", within="body")
    assert "Nödåtkomsten är avslutad." in officer.text
    _look(live, axe, walk, glass, "ended", officer)


def _look(
    live: Live, axe: Callable[[Page], list[str]], walk: Any, glass: BreakGlass, when: str, officer: Person
) -> None:
    """What each of them sees then."""
    review = reverse("review_break_glass", kwargs={"glass": glass.pk})
    seen = {
        "security_one": [reverse("open_break_glass")],
        "auditor": [reverse("break_glass_list"), review, reverse("oversight")],
        "hr_head": [reverse("work"), reverse("break_glass_list")],
    }
    if when == "open":
        seen["security_one"].append(reverse("recruitment_view", kwargs={"pk": walk.pk}))
    for name, addresses in seen.items():
        # A second sign-in would end the officer's own: the security function has one at a time.
        own = {each["name"]: each["value"] for each in officer.page.context.cookies()}
        others = {} if name == "security_one" else client_of(walk.world, name).cookies
        cookies = {key: morsel.value for key, morsel in others.items()} or own
        page = live.open(
            cookies=[{"name": key, "value": value, "url": live.url} for key, value in cookies.items()]
        )
        for number, address in enumerate(addresses):
            page.goto(address)
            assert troubles_of(page, axe, f"{when}-{name}-{number}") == []
        page.context.close()
