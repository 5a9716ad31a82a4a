"""The demonstration's pools come out of the real acts: what stands is cleared, one is taken away, somebody books."""

from __future__ import annotations

from tests.recruitment.pool import ASK, check_of, vetted
from tests.recruitment.visit import client_of
from tests.recruitment.world import World, put
from vetting.recruitment.demo import pool
from vetting.recruitment.models import PoolBooker, PoolClearance


def test_the_pools_are_filled_from_what_was_vetted(world: World) -> None:
    walks = [vetted(world, name) for name in ("Vilma Vikariesson", "Sixten Senare", "Öppen Ek")]
    walk, finalist = walks[-1]
    check = check_of(walk, finalist, "references")
    check.state = "in_progress"
    put(check, "check.begun")
    pool.fill()
    states = sorted(PoolClearance.objects.values_list("state", flat=True))
    assert states == ["revoked", "valid"]
    booker = PoolBooker.objects.select_related("person").get()
    name = next(n for n, account in world.accounts.items() if account.person_id == booker.person_id)
    assert "Namn eller referens" in client_of(world, name).get(ASK).content.decode()
