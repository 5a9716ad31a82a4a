"""A round in a browser: every screen accessible and no wider than its window, from the list to the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import follow
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.pages import url
from tests.recruitment.rounds import entered, in_homes, opened
from tests.recruitment.world import World, build_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
LIST = (
    "namn\ttelefon\tskola\nAnna Ek\t070-1000001\tNorra\nBo Al\t070-1000002\tNorra\n"
    "\t070-1000003\tSödra\n=A1\t070-1000004\tSödra"
)


def screens(world: World) -> list[tuple[str, str, str]]:
    """(name, who, address) of every page of a round."""
    walk = opened(world, in_homes(world), places=99)
    made = entered(walk, 30)
    walk.declare("hr", "manager")
    first, second = walk.case().candidacies[:2]
    walk.ready(first)
    walk.answer_decision(first)
    walk.ready(second)
    return [
        ("round-enter", "hr", url("enter_round", walk)),
        ("round-read", "hr", url("enter_round", walk)),
        ("round-grid", "hr", url("round_view", walk) + "?visa=alla"),
        ("round-together", "hr", url("note_together", walk, code="population_register") + "?alla=1"),
        ("round-each", "hr", url("note_each", walk)),
        ("round-decide", "manager", url("decide_together", walk) + "?k=K1&k=K2"),
        ("round-undo", "hr", url("undo_round", walk, round=made.pk)),
        ("round-case", "hr", url("recruitment_view", walk)),
    ]


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()

    def paste(page: Page, name: str) -> None:
        if name == "round-read":
            page.get_by_label("Klistra in rader").fill(LIST)
            follow(page, page.get_by_role("button", name="Läs listan"))
            assert "2 personer kan läggas in" in page.inner_text("main")

    assert troubles_in(live, axe, world, screens(world), paste) == []
