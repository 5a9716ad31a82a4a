"""Changes of the tree in tests: proposed by one administrator, confirmed by another."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.administration.actions.tree_proposals import (
    confirm_change,
    locked_change,
    propose_edit,
    propose_move,
)
from vetting.administration.unit_tree import locked_unit
from vetting.organisation.models import TreeProposal, Unit

OTHER = "other_administrator"


def another(world: World) -> str:
    """One more administrator, hired when first asked for."""
    if OTHER not in world.accounts:
        world.hire(OTHER, "administrator")
    return OTHER


def confirmed(world: World, proposal: TreeProposal) -> None:
    """Signed by the other administrator."""
    other = world.actor(another(world))
    with locked_change(proposal.pk) as fresh:
        confirm_change(fresh, by=other)


def moved(world: World, unit: Unit, parent: Unit | None, on: date | None = None) -> None:
    """The unit goes under `parent`, by two."""
    with locked_unit(unit.pk) as fresh:
        proposal = propose_move(fresh, by=world.actor("administrator"), parent=parent, on=on or world.today)
    confirmed(world, proposal)


def edited(world: World, unit: Unit, **more: Any) -> None:
    """The unit gets other profiles or another who gives access, by two."""
    wanted = {"name": unit.name, "profiles": unit.profiles, "access_manager": None} | more
    with locked_unit(unit.pk) as fresh:
        proposal = propose_edit(fresh, by=world.actor("administrator"), **wanted)
    assert proposal is not None
    confirmed(world, proposal)


def press_confirm(world: World) -> Any:
    """The other administrator confirms the one that waits, on its page."""
    waiting = TreeProposal.objects.get(state="proposed")
    address = f"/behorigheter/enheter/forslag/{waiting.pk}/"
    return client_of(world, another(world), fresh=True).post(address, filled())
