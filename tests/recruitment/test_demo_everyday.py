"""The demonstration's round comes out of the real acts: entered, noted, gone on, and some ready to be decided about."""

from __future__ import annotations

from tests.recruitment.rounds import opened
from tests.recruitment.world import World
from vetting.recruitment.demo import everyday
from vetting.recruitment.rounds.grid import grid_of


def test_a_round_is_half_way(world: World) -> None:
    walk = opened(world, places=20)
    walk.finish({"before_advert"})
    everyday.fill()
    counts = grid_of(walk.case()).counts
    assert counts["alla"] == everyday.PEOPLE
    assert counts["beslut"] == everyday.GONE_ON
    assert counts["kvar"] == everyday.PEOPLE - everyday.GONE_ON
