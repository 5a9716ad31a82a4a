"""A recruitment about which a claim has come in, and the first of the two who lift its hold."""

from __future__ import annotations

from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.hold import propose_lift, set_hold
from vetting.recruitment.models import Recruitment


def held_case(world: World) -> Walk:
    """A recruitment about which a claim has come in."""
    walk = Walk(world, "assistant").open()
    set_hold(walk.case(), by=world.actor("hr"), ground="claim")
    return walk


def propose(walk: Walk, by: str = "hr_head") -> None:
    propose_lift(walk.case(), by=walk.world.actor(by), reason="claim_settled")


def stored(walk: Walk) -> Recruitment:
    return Recruitment.objects.get(pk=walk.pk)
