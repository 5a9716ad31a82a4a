"""Whoever decides on a post by the delegation order finds its recruitments in the lists, and begins none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, put
from vetting.organisation.models import DelegationPoint

LISTS = ("/rekryteringar/", "/anstallningar/", "/undantag/")


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world, "buyer").open()


def decides(world: World, name: str, *, ended: bool = False) -> None:
    put(
        DelegationPoint(
            unit=world.units["procurement"],
            code="4.2",
            forms=EVERY_FORM,
            delegate=world.person(name),
            is_substitute=True,
            valid_from=world.today - timedelta(days=20),
            valid_to=world.today - timedelta(days=1) if ended else None,
        )
    )


@pytest.mark.parametrize("role", [None, "registrar"])
def test_a_delegate_without_a_role_of_the_lists_finds_what_she_may_open(
    world: World, walk: Walk, role: str | None
) -> None:
    world.hire("deputy", role, authority=world.authority)
    decides(world, "deputy")
    client = client_of(world, "deputy")
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 200
    for address in LISTS:
        assert client.get(address).status_code == 200, address
    assert walk.case().recruitment.reference in client.get(LISTS[0] + "?visa=alla").content.decode()
    assert 'href="/rekryteringar/"' in client.get("/arbete/").content.decode()
    assert client.get("/rekryteringar/ny/").status_code == 404


@pytest.mark.parametrize("name", ["employee", "deputy"])
def test_without_a_point_that_holds_today_there_are_no_lists(world: World, walk: Walk, name: str) -> None:
    world.hire("deputy", None)
    decides(world, "deputy", ended=True)
    client = client_of(world, name)
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 404
    for address in LISTS:
        assert client.get(address).status_code == 404, address
