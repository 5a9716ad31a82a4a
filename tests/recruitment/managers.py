"""A town with one more manager, and how tests exchange managers."""

from __future__ import annotations

from datetime import timedelta

from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, put
from vetting.organisation.models import DelegationPoint
from vetting.recruitment.actions.declaration import decide_declaration, give_declaration
from vetting.recruitment.actions.manager import change_manager

LIFT = "Befattningen behöver tillsättas före årsskiftet."


def with_deputies(world: World) -> World:
    """One more manager of each unit, who has a point of delegation there, and some who hold two roles."""
    for unit in ("school", "procurement"):
        world.hire("deputy", "hiring_manager", unit=world.units[unit], manager="head")
        put(
            DelegationPoint(
                unit=world.units[unit],
                code="4.2",
                forms=EVERY_FORM,
                delegate=world.person("deputy"),
                valid_from=world.today - timedelta(days=300),
            )
        )
    for name in ("hr_head", "hr", "security_one", "security_head"):
        world.hire(name, "hiring_manager", unit=world.units["procurement"])
    return world


def change(walk: Walk, to: str = "deputy", by: str = "hr", reason: str = "conflict_of_interest") -> None:
    world = walk.world
    change_manager(walk.case(), by=world.actor(by), manager=world.person(to), reason=reason)
    walk.manager = to


def exclude_manager(walk: Walk) -> None:
    """The manager tells of an interest, and her own manager decides that she takes no part."""
    give_declaration(walk.case(), by=walk.world.actor("manager"), interest="Vi är nära släkt med varandra.")
    case = walk.case()
    recusal = case.recusal_of(walk.world.person_id("manager"))
    assert recusal is not None
    decide_declaration(
        case,
        by=walk.world.actor("head"),
        recusal=recusal,
        participates=False,
        reason="Nära släkt, deltar inte.",
    )


def address(walk: Walk) -> str:
    return f"/rekryteringar/{walk.pk}/chef/"
