"""*Får jag boka?* asked about name after name is pointed out; a large unit's ordinary morning is not."""

from __future__ import annotations

import pytest

from tests.oversight.acts import Days, findings
from tests.recruitment.world import World
from vetting.policy.alerts import RULES


@pytest.fixture
def days(world: World) -> Days:
    return Days(world)


def test_whoever_asks_about_name_after_name_is_pointed_out(days: Days) -> None:
    ask = {"role": "employee", "unit": "Björkskolan"}
    for number in range(RULES["many_lookups"].threshold + 5):
        days.do("pool_clearance.looked_up", "employee", number / 100, None, **ask)
    days.watch(3)
    (found,) = findings("many_lookups")
    assert found["person"] == str(days.world.person_id("employee"))
    assert found["count"] == RULES["many_lookups"].threshold


def test_a_large_units_morning_every_day_of_a_week_is_left_alone(days: Days) -> None:
    ask = {"role": "employee", "unit": "Björkskolan"}
    for day in range(4):
        for number in range(20):
            days.do("pool_clearance.looked_up", "employee", 24 * day + number / 100, None, **ask)
    days.watch(100)
    assert findings("many_lookups") == []
