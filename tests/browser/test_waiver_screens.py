"""Waivers in a browser: proposed and signed without scripts, every screen accessible and no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.person import Person
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.waivers import WORDS, almost, go_on, propose, waive
from tests.recruitment.world import World, build_world
from vetting.recruitment.models import Waiver

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def screens(world: World) -> list[tuple[str, str, str]]:
    """(name, who, address) of every page that a waiver stands on."""
    empty, _nobody = almost(world)
    statute = empty.case().check_named("id_check", empty.case().candidacies[0])
    own = empty.case().check_named("references", empty.case().candidacies[0])
    waiting, first = almost(world)
    proposed = propose(waiting, first)
    held, second = almost(world, "assistant")
    signed = waive(held, second, until=held.on + timedelta(days=12))
    go_on(held, second)
    held.answer_decision(second)
    held.finish({"decision"})
    queued, third = almost(world)
    waive(queued, third)
    go_on(queued, third)
    opinion = queued.ask_opinion(third)
    assert statute is not None
    assert own is not None

    def of(walk: object, name: str, **more: object) -> str:
        return reverse(name, kwargs={"pk": walk.pk, **more})  # type: ignore[attr-defined]

    return [
        ("waiver-offered", "manager", of(empty, "check_view", check=own.pk)),
        ("waiver-none", "manager", of(empty, "check_view", check=statute.pk)),
        ("waiver-to-sign", "hr_head", of(waiting, "waiver_view", waiver=proposed)),
        ("waiver-in-force", "manager", of(held, "waiver_view", waiver=signed)),
        ("waiver-list", "security_head", f"{reverse('waiver_list')}?visa=galler"),
        ("waiver-work", "hr_head", reverse("work")),
        ("waiver-case", "manager", of(held, "recruitment_view")),
        ("waiver-decision", "manager", of(held, "sign_decision", candidacy=second.pk)),
        ("waiver-queue", "security_one", reverse("opinion_list")),
        ("waiver-opinion", "security_one", of(queued, "opinion_view", opinion=opinion)),
    ]


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    pages = screens(world)
    assert troubles_in(live, axe, world, pages, _unfold) == []


def _unfold(page: Page, name: str) -> None:
    for fold in page.locator("main details > summary").all():
        fold.click()


def test_proposed_by_one_and_signed_by_another_without_scripts(live: Live) -> None:
    world = build_world()
    walk, _finalist = almost(world)
    check = walk.case().check_named("references", walk.case().candidacies[0])
    assert check is not None
    manager = Person(live, "manager")
    manager.go(reverse("check_view", kwargs={"pk": walk.pk, "check": check.pk}))
    manager.unfold("Föreslå undantag")
    manager.type("Undantaget gäller till och med", (walk.on + timedelta(days=20)).isoformat())
    manager.choose("Den som ska svara går inte att nå", of="Skäl")
    manager.type("Motivering", WORDS)
    manager.press("Föreslå undantag", last=True)
    assert "väntar på den andra underskriften" in manager.text
    head = Person(live, "hr_head")
    head.press("Skriv under undantag")
    head.press("Läs motiveringen")
    assert WORDS in head.text
    head.press("Skriv under")
    head.confirm()
    assert Waiver.objects.get().state == "in_force"
