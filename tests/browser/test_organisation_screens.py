"""The pages of units, of work for others and of the delegation order, on every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.screens import shown_to, troubles_of
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world, put
from vetting.administration.actions.agreements import NewAgreement, propose_agreement
from vetting.administration.actions.delegation_order import NewPoint, propose_point
from vetting.organisation.models import Authority, DelegationPoint, ServiceAgreement

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]


def pages_of(world: World) -> dict[str, list[str]]:
    """Every page for whom it is made, each with something on it."""
    Walk(world, "assistant").open()
    company = Authority(
        organisation=world.authority.organisation,
        name="Nordviks Hamn AB",
        entity="company",
        diary_prefix="NH",
    )
    put(company)
    admin = world.actor("administrator")
    work = propose_agreement(
        NewAgreement("hr", world.authority, world.other_authority, world.today), by=admin
    )
    propose_agreement(NewAgreement("hr", world.other_authority, company, world.today), by=admin)
    wanted = NewPoint(
        unit=world.units["school"],
        code="4.2",
        forms=("permanent", "fixed_term"),
        leading_posts=True,
        delegate=world.person("other_manager"),
        is_substitute=True,
        escalates_to=world.person("head"),
        valid_from=world.today,
    )
    point = propose_point(wanted, by=world.actor("hr"))
    held, agreement = DelegationPoint.objects.first(), ServiceAgreement.objects.first()
    assert held is not None
    assert agreement is not None
    room, school = "/behorigheter/", world.units["school"].pk
    units, order, others = f"{room}enheter/", f"{room}delegationsordning/", f"{room}uppdrag/"
    empty = world.units["school_office"].pk
    return {
        "administrator": [
            units,
            f"{units}ny/",
            f"{units}ny-myndighet/",
            f"{units}las-in/",
            f"{units}{school}/",
            f"{units}{school}/andra/",
            f"{units}{school}/flytta/",
            f"{units}{school}/ersatt/",
            f"{units}{school}/avsluta/",
            f"{units}{empty}/",
            order,
            others,
            f"{others}nytt/",
            f"{others}{agreement.pk}/upphor/",
        ],
        "hr": [
            order,
            f"{order}ny/",
            f"{order}{held.pk}/upphor/",
            f"/befattningar/{world.positions['buyer'].pk}/",
            f"/befattningar/{world.positions['buyer'].pk}/andra/",
        ],
        "hr_head": [order, f"{order}forslag/{point.pk}/", others, f"{others}forslag/{work.pk}/"],
    }


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    world = build_world()
    pages = pages_of(world)
    for name, addresses in pages.items():
        page = shown_to(live, world, name, "/")
        for number, address in enumerate(addresses):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert troubles_of(page, axe, f"organisation-{name}-{number:02}") == [], address
