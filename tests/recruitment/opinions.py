"""An opinion that has been asked for, and how tests vote and look at its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.vote import Ballot

REASONS = "Skälen är utförligt skrivna här."
SECRET = "Kanariefågel i skälen"


def ask(world: World, position: str = "buyer", **more: Any) -> tuple[Walk, Any, UUID]:
    walk = Walk(world, position, **more).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist, walk.ask_opinion(finalist)


def ballot(outcome: str, *conditions: str) -> Ballot:
    wanted = conditions or (("follow_up",) if outcome == "supported_conditions" else ())
    return Ballot(outcome, wanted, "" if outcome == "supported" else REASONS)


def page(client: Any, walk: Walk, opinion: UUID, name: str = "opinion_view") -> Any:
    return client.get(reverse(name, kwargs={"pk": walk.pk, "opinion": opinion}))
