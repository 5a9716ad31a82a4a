"""The worklist sorts by what its rows show: the decided start where there is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.recruitment.pages import signed_in
from tests.recruitment.test_in_list import rows, walked
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.decision import Terms


def planned(world: World, days: int | None) -> Walk:
    """A recruitment with that planned start, counted from today."""
    return Walk(
        world, "assistant", planned_start=None if days is None else world.today + timedelta(days=days)
    )


def decided(world: World, days: int, *, first: int) -> Walk:
    """One that was planned for the day `days`, and decided for the day `first`."""
    walk = planned(world, days).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist, Terms(world.today + timedelta(days=first), None))
    return walk


def test_the_list_sorts_by_the_start_that_it_shows(world: World, django_assert_max_num_queries: Any) -> None:
    client = signed_in(world, "hr")
    made = [planned(world, days) for days in (20, 5, None)]
    late, early = decided(world, 10, first=30), decided(world, 40, first=7)
    expected = [made[1], early, made[0], late, made[2]]
    listed = rows(client, "/rekryteringar/?visa=enhet&ordning=start")
    assert [next(walk for walk in expected if str(walk.pk) in row) for row in listed] == expected
    with django_assert_max_num_queries(12):
        shown = client.get("/rekryteringar/?visa=enhet&ordning=start")
    days = [row["start"] for row in shown.context["rows"] if row["start"] is not None]
    assert days == sorted(days)
    assert walked(client, listed[0]) == listed
    backwards = rows(client, "/rekryteringar/?visa=enhet&ordning=-start")
    assert [row.partition("?")[0] for row in backwards[:-1]] == [
        row.partition("?")[0] for row in listed[-2::-1]
    ]
    assert walked(client, backwards[0]) == backwards
