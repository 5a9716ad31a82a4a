"""Roles and accounts in the browser without scripts: proposed by one, signed by another; every page on every screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.administration.proposals import proposed
from tests.browser.person import Person
from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.access.models import AccountProposal, RoleGrant
from vetting.administration.actions.proposals import propose_link, propose_reset

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def test_from_a_new_account_to_a_role_in_force(live: Live) -> None:
    world = build_world()
    admin = Person(live, "administrator")
    admin.press("Behörigheter", within="body")
    admin.press("Konton")
    admin.press("Nytt konto")
    admin.type("Namn", "Sara Lind")
    admin.type("Användarnamn", "sara.lind")
    admin.press("Lägg upp kontot")
    admin.confirm()
    assert "Det visas bara här och bara nu" in admin.text
    assert re.search(r"([a-z2-9]{4}-){4}[a-z2-9]{4}", admin.text)
    admin.press("Klart")
    admin.press("Föreslå roll")
    admin.select("Roll", "HR-handläggare")
    admin.select("Var rollen gäller", "Utbildningsnämnden: Björkskolan")
    admin.press("Lägg förslaget")
    assert "Rollen ger ingen åtkomst förrän en annan person bekräftat den" in admin.text
    assert "Bekräfta rollen" not in admin.text

    head = Person(live, "hr_head")
    head.press("Behörigheter", within="body")
    head.press("Sara Lind")
    head.press("Bekräfta rollen")
    head.confirm()
    assert "Rollen är bekräftad" in head.text
    assert RoleGrant.objects.get(person__display_name="Sara Lind").confirmed_by_id == world.person_id(
        "hr_head"
    )


def pages_of(world: World) -> dict[str, list[str]]:
    """Every page of the room for whom it is made, each with something on it."""
    walk = Walk(world, "buyer_lead").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one")
    walk.vote(opinion, "security_two")
    waits = proposed(world)
    admin = world.actor("administrator")
    reset = propose_reset(world.accounts["hr"], by=admin)
    link = propose_link(world.accounts["security_one"], world.accounts["security_two"], by=admin)
    held = RoleGrant.objects.get(role="security_head")
    manager = RoleGrant.objects.filter(role="hiring_manager", person=world.person_id("manager")).first()
    hr, room = world.accounts["hr"].pk, "/behorigheter/"
    assert manager is not None
    return {
        "administrator": [
            room,
            f"{room}konton/{world.accounts['employee'].pk}/roll/",
            f"{room}roller/{waits.pk}/",
            f"{room}roller/{manager.pk}/ta-bort/",
            f"{room}konton/",
            f"{room}konton/?visa=stangda",
            f"{room}konton/nytt/",
            f"{room}konton/{hr}/",
            f"{room}konton/{hr}/uppgifter/",
            f"{room}konton/{hr}/stang/",
            f"{room}konton/{hr}/aterstall/",
            f"{room}konton/{hr}/samma-person/",
        ],
        "hr_head": [
            room,
            f"{room}roller/{waits.pk}/",
            f"{room}roller/{waits.pk}/avsla/",
            f"{room}roller/{held.pk}/ta-bort/",
            f"{room}aterstallning/{reset.pk}/",
            f"{room}samma-person/{link.pk}/",
        ],
    }


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    world = build_world()
    pages = pages_of(world)
    assert AccountProposal.objects.count() == 2
    screens = [
        (f"{name}-{number:02}", name, address)
        for name, addresses in pages.items()
        for number, address in enumerate(addresses)
    ]
    assert troubles_in(live, axe, world, screens) == []
