"""Somebody vetted once for a pool, and cleared for it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.pool import grant_clearance, revoke_clearance
from vetting.recruitment.models import Candidacy, Check, PoolBooker, PoolClearance

ASK = "/far-jag-boka/"
NAME = "Vilma Vikariesson"


def vetted(
    world: World, name: str = NAME, position: str = "assistant", **more: Any
) -> tuple[Walk, Candidacy]:
    """A substitute whose vetting is done and who has begun: everything but the clearance."""
    walk = Walk(world, position, form="hourly_pool", **more).open()
    finalist = walk.finalist(name)
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    return walk, finalist


def grant(walk: Walk, finalist: Candidacy, by: str = "manager", **more: Any) -> PoolClearance:
    """Klar för pool, by the manager who decides."""
    case = walk.case()
    return grant_clearance(case, by=walk.world.actor(by), candidacy=case.candidacy(finalist.pk), **more)


def cleared(world: World, name: str = NAME, **more: Any) -> tuple[Walk, Candidacy, PoolClearance]:
    """A substitute who may be booked."""
    walk, finalist = vetted(world, name, **more)
    return walk, finalist, grant(walk, finalist)


def revoke(walk: Walk, finalist: Candidacy, by: str = "hr", reason: str = "left_pool") -> None:
    """Take the finalist's clearance away."""
    case = walk.case()
    clearance = case.clearance_of(case.candidacy(finalist.pk))
    assert clearance is not None
    revoke_clearance(case, by=walk.world.actor(by), clearance=clearance, reason=reason)


def check_of(walk: Walk, finalist: Candidacy, code: str) -> Check:
    """The finalist's check with that code, as it stands."""
    case = walk.case()
    check = case.check_named(code, case.candidacy(finalist.pk))
    assert check is not None
    return check


def answer_to(world: World, name: str, who: str) -> str:
    """What the person is answered: the part of the page that tells it, in one line."""
    page = client_of(world, name).post(ASK, filled(who=who)).content.decode()
    return told(page)


def told(page: str) -> str:
    """The answer of a page of *Får jag boka?*, tags left out; empty where there is none."""
    if 'class="app-answers"' not in page:
        return ""
    part = page.split('<div class="app-answers"', 1)[1].split(">", 1)[1].split("app-card", 1)[0]
    return " ".join(re.sub(r"<[^>]*>?", " ", part).split())


def booker(world: World, name: str = "booker", unit: str = "school", **more: Any) -> UUID:
    """An employee with a dated assignment to book from the unit's pool."""
    world.hire(name)
    days = {"valid_from": world.today, "valid_to": world.today + timedelta(days=90), **more}
    row = PoolBooker(
        person=world.person(name), unit=world.units[unit], given_by=world.person("manager"), **days
    )
    put(row)
    return row.pk
