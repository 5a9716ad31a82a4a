"""*Ta bort klarmarkering*: a neutral reason from the list, told in the events and never to whoever books."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.recruitment.pool import cleared, grant, revoke
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.reasons import POOL_REVOKED
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.models import PoolClearance, PoolHolder


def test_it_is_over_at_once_and_whose_it_was_is_forgotten(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    revoke(walk, finalist)
    clearance.refresh_from_db()
    assert (clearance.state, clearance.revoke_code) == ("revoked", "left_pool")
    assert not PoolHolder.objects.exists()
    entry = Entry.objects.get(action="pool_clearance.revoked")
    assert entry.facts == {"role": "hr_officer", "clearance": clearance.reference, "reason_code": "left_pool"}


def test_only_with_a_reason_from_the_list(world: World) -> None:
    walk, finalist, _clearance = cleared(world)
    for reason in ("", "brott", "replaced"):
        with pytest.raises(BadInput):
            revoke(walk, finalist, reason=reason)
    assert all(word not in label.lower() for label in POOL_REVOKED.values() for word in ("kontroll", "brott"))


@pytest.mark.parametrize("name", ["other_manager", "hr_head", "security_one", "administrator", "employee"])
def test_by_nobody_but_manager_and_hr_of_the_unit(world: World, name: str) -> None:
    walk, finalist, _clearance = cleared(world)
    with pytest.raises(Denied):
        revoke(walk, finalist, by=name)


def test_a_new_one_may_be_given_afterwards_and_is_another(world: World) -> None:
    walk, finalist, first = cleared(world)
    revoke(walk, finalist, reason="to_be_renewed")
    second = grant(walk, finalist)
    assert second.reference != first.reference
    assert PoolClearance.objects.filter(state="valid").count() == 1


def test_through_the_page(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/klar-for-pool/ta-bort/"
    client = client_of(world, "hr")
    assert "Står inte längre i poolen" in client.get(url).content.decode()
    assert client.post(url, filled(reason="pool_ended")).status_code == 302
    clearance.refresh_from_db()
    assert clearance.state == "revoked"
    assert client.get(url).status_code == 409
