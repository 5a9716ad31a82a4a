"""*Ge uppdrag att boka*: dated, for one's own units, never to oneself, and it shows nothing but the question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.models import Entry
from tests.recruitment.pool import NAME, answer_to, cleared
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.recruitment.actions.booker import appoint_booker
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.models import PoolBooker

URL = "/far-jag-boka/uppdrag/"


def appoint(
    world: World, person: str, by: str = "manager", unit: str = "school", days: int = 90
) -> PoolBooker:
    until = world.today + timedelta(days=days)
    return appoint_booker(
        by=world.actor(by), person=world.person(person), unit=world.units[unit], until=until
    )


def test_whoever_gets_it_can_ask_and_the_log_tells_who_gave_it(world: World) -> None:
    cleared(world)
    appoint(world, "employee")
    assert answer_to(world, "employee", NAME).startswith("Ja")
    entry = Entry.objects.get(action="pool_booker.appointed")
    assert entry.facts["unit"] == "Björkskolan"
    assert entry.actor_person == world.person_id("manager")


def test_only_for_ones_own_units_and_never_to_oneself(world: World) -> None:
    for person, by, unit in (
        ("employee", "manager", "school_two"),
        ("employee", "employee", "school"),
        ("employee", "hr_head", "school"),
        ("employee", "administrator", "school"),
        ("manager", "manager", "school"),
    ):
        with pytest.raises(Denied):
            appoint(world, person, by, unit)
    assert not PoolBooker.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_through_a_day_within_a_year(world: World, days: int) -> None:
    with pytest.raises(BadInput, match="booker_days"):
        appoint(world, "employee", days=days)


def test_a_new_day_takes_the_place_of_the_old(world: World) -> None:
    old = appoint(world, "employee", days=10)
    new = appoint(world, "employee", days=20)
    old.refresh_from_db()
    assert old.ended_on == world.today
    assert new.holds_on(world.today)


def test_through_the_page(world: World) -> None:
    client = client_of(world, "manager")
    unit, until = str(world.units["school"].pk), (world.today + timedelta(days=30)).isoformat()
    assert client.post(URL, filled(username="employee", unit=unit, until=until)).status_code == 302
    page = client.get(URL).content.decode()
    assert "Employee" in page
    refused = client.post(URL, filled(username="manager", unit=unit, until=until)).content.decode()
    assert "ditt eget" in refused
    assert client.post(URL, filled(username="ingen", unit=unit, until=until)).status_code == 422
    other = str(world.units["school_two"].pk)
    assert client.post(URL, filled(username="employee", unit=other, until=until)).status_code == 422
    assert PoolBooker.objects.count() == 1


def test_it_stands_on_her_own_first_page(world: World) -> None:
    assert "Får jag boka?" not in client_of(world, "employee").get("/arbete/").content.decode()
    appoint(world, "employee")
    assert "Får jag boka?" in client_of(world, "employee").get("/arbete/").content.decode()
