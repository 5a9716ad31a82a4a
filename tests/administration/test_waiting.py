"""*Mitt arbete* tells of every proposal that waits for one's answer, and of none that one may not answer."""

from __future__ import annotations

from tests.administration.proposals import proposed
from tests.administration.test_delegation_order import new
from tests.administration.tree import another
from tests.recruitment.visit import client_of
from tests.recruitment.world import World
from vetting.administration.actions.agreements import NewAgreement, propose_agreement
from vetting.administration.actions.delegation_order import propose_point
from vetting.administration.actions.proposals import propose_reset
from vetting.administration.actions.settings import locked_setting, propose_setting, reject_setting
from vetting.administration.actions.tree_proposals import propose_move
from vetting.administration.queries.to_confirm import KINDS
from vetting.administration.waiting import waits

ROOM = "/behorigheter/"
ORDER, WORK, SETTINGS, UNITS = (
    f"{ROOM}{part}/" for part in ("delegationsordning", "uppdrag", "installningar", "enheter")
)


def told(world: World, name: str) -> list[tuple[str, int | None]]:
    """(address, how many) for what the room has waiting for the person; reviews and the first days' guide left out."""
    found = [(link.url, link.count) for link in waits(world.actor(name))]
    return [each for each in found if not {"genomgang", "kom-igang"} & set(each[0].split("/"))]


def test_everybody_is_told_of_what_she_may_answer_and_nobody_of_anything_else(world: World) -> None:
    administrator = world.actor("administrator")
    proposed(world)
    propose_reset(world.accounts["employee"], by=administrator)
    propose_point(new(world), by=world.actor("hr"))
    wanted = NewAgreement("hr", world.authority, world.other_authority, world.today)
    propose_agreement(wanted, by=administrator)
    setting = propose_setting(
        world.authority, "sample_percent", 30, "Kommunstyrelsen 2026 § 214.", by=administrator
    )
    propose_move(world.units["school_two"], by=administrator, parent=world.units["school"], on=world.today)
    heads = [(ROOM, 1), (ROOM, 1), (ORDER, 1), (WORK, 1), (SETTINGS, 1)]
    assert told(world, "hr_head") == heads
    assert told(world, "security_head") == [(ROOM, 1), (ROOM, 1), (SETTINGS, 1)]
    assert told(world, "registrar") == [(ORDER, 1), (WORK, 1)]
    assert told(world, another(world)) == [(UNITS, 1)]
    for name in ("administrator", "auditor", "hr", "manager", "security_one", "chief", "employee"):
        assert not told(world, name), name
    page = client_of(world, "hr_head").get("/arbete/").text
    for kind in KINDS.values():
        assert (kind.words in page) is (kind.page != "unit_list"), kind.words
    assert "Ändringar av enheter att svara på" in client_of(world, another(world)).get("/arbete/").text
    with locked_setting(setting.pk) as held:
        reject_setting(held, by=world.actor("security_head"))
    assert (SETTINGS, 1) not in told(world, "hr_head")


def test_a_proposal_about_oneself_is_no_task(world: World) -> None:
    propose_reset(world.accounts["hr_head"], by=world.actor("administrator"))
    assert not told(world, "hr_head")
    assert told(world, "security_head") == [(ROOM, 1)]
