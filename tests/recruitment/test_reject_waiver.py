"""Rejecting a proposed waiver: by another, with a reason from the list; the check stops as before."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.recruitment.waivers import almost, confirm, propose, row, stored
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.reasons import WAIVER_REJECTED
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.waiver import reject_waiver


def reject(walk: Walk, waiver: object, by: str = "security_head", reason: str = "can_be_done") -> None:
    case = walk.case()
    reject_waiver(case, by=walk.world.actor(by), waiver=case.waiver(waiver), reason_code=reason)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", WAIVER_REJECTED)
def test_the_check_stops_as_before_and_another_may_be_proposed(world: World, reason: str) -> None:
    walk, finalist = almost(world, "assistant")
    waiver = propose(walk, finalist)
    reject(walk, waiver, reason=reason)
    now = stored(waiver)
    assert (now.state, now.rejected_by_id, now.reject_code) == (
        "rejected",
        world.person_id("security_head"),
        reason,
    )
    assert not row(walk, finalist).is_settled
    assert row(walk, finalist).waiver is None
    assert Entry.objects.get(action="waiver.rejected").facts["reason_code"] == reason
    assert stored(propose(walk, finalist)).state == "proposed"


def test_by_another_than_the_proposer_with_a_reason_of_the_list_and_before_it_is_signed(world: World) -> None:
    walk, finalist = almost(world)
    world.hire("hr", "hr_head", authority=world.other_authority)
    waiver = propose(walk, finalist, by="hr")
    with pytest.raises((Denied, SamePerson)):
        reject(walk, waiver, "hr")
    with pytest.raises(BadInput):
        reject(walk, waiver, reason="for_fun")
    with pytest.raises(Denied):
        reject(walk, waiver, "manager")
    confirm(walk, waiver, "hr_head")
    with pytest.raises(WrongState):
        reject(walk, waiver)
