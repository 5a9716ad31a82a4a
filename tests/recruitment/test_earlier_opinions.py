"""*Tidigare yttranden*: what an approver has given is found again, and nothing outside her reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

PAGE = "/godkannanden/tidigare/"


def test_a_given_opinion_is_there_and_a_waiting_one_is_not(
    world: World, asked: tuple[Walk, Any, UUID]
) -> None:
    walk, _finalist, opinion = asked
    world.hire("far_away", "security_officer", authority=world.authority)
    address = f"/godkannanden/{walk.pk}/{opinion}/"
    client = client_of(world, "security_one")
    assert address not in client.get(PAGE).content.decode()
    walk.vote(opinion, "security_one")
    assert f'href="{PAGE}"' in client.get("/godkannanden/").content.decode()
    for name in ("security_one", "security_three", "security_head"):
        visitor = client_of(world, name)
        assert f'href="{address}"' in visitor.get(PAGE).content.decode(), name
        assert visitor.get(address).status_code == 200, name
    assert f'href="{address}"' not in client_of(world, "far_away").get(PAGE).content.decode()
    for name in ("manager", "hr", "employee"):
        assert (
            client_of(world, name).get(PAGE).status_code
            == client_of(world, name).get("/godkannanden/").status_code
        ), name
