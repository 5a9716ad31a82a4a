"""What the tests of the review share."""

from __future__ import annotations

from datetime import datetime, timedelta

from audit.clock import now
from tests.recruitment.world import World
from vetting.access.models import RoleGrant
from vetting.administration.actions.access_review import start_review

PAGE, START, ANSWER = (
    "/behorigheter/genomgang/",
    "/behorigheter/genomgang/starta/",
    "/behorigheter/genomgang/svara/",
)


def later(days: int) -> datetime:
    return now() + timedelta(days=days)


def role_of_person(world: World, name: str, role: str) -> RoleGrant:
    return RoleGrant.objects.get(person=world.person(name), role=role)


def started(world: World, by: str = "auditor") -> int:
    return start_review(by=world.actor(by))
