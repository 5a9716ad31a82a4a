"""A waiver and the security function's opinion: it adds the second approver, and no vote counts unread."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.models import Entry
from tests.recruitment.opinions import ballot
from tests.recruitment.waivers import almost, confirm, go_on, propose, waive
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.errors import NotComplete, WrongState
from vetting.recruitment.actions.opinion import changed_since_last_round, renew_opinion
from vetting.recruitment.actions.support import support_each
from vetting.recruitment.actions.waiver import end_waiver
from vetting.recruitment.engine.progress import missing_before_signing, missing_for_opinion


def round_of(walk: Walk) -> Any:
    case = walk.case()
    return case.current_opinion(case.candidacies[0])


def asked(world: World) -> tuple[Walk, Any, UUID, UUID]:
    """An opinion asked for on a check that has been waived; the round, and the waiver."""
    walk, finalist = almost(world)
    first = waive(walk, finalist)
    go_on(walk, finalist)
    return walk, finalist, walk.ask_opinion(finalist), first


def test_asked_for_with_a_waiver_two_give_an_opinion_and_the_round_says_why(world: World) -> None:
    walk, _finalist, opinion, _waiver = asked(world)
    now = walk.case().opinion(opinion)
    assert (now.approvers, now.second_because) == (2, ["waiver"])
    walk.vote(opinion, "security_one")
    assert round_of(walk).state == "half_given"
    walk.vote(opinion, "security_two")
    assert round_of(walk).state == "approved"


def test_without_one_the_profile_asks_for_one_only(world: World) -> None:
    walk, finalist = almost(world, left="")
    go_on(walk, finalist)
    walk.ask_opinion(finalist)
    assert round_of(walk).approvers == 1


def test_the_waived_check_stops_neither_the_opinion_nor_the_decision_until_it_lapses(world: World) -> None:
    walk, _finalist, opinion, waiver = asked(world)
    walk.vote(opinion, "security_one")
    walk.vote(opinion, "security_two")
    case = walk.case()
    assert not [m for m in missing_before_signing(case, case.candidacies[0]) if m.code == "references"]
    end_waiver(case, by=world.actor("manager"), waiver=case.waiver(waiver))
    case = walk.case()
    assert [m.code for m in missing_for_opinion(case, case.candidacies[0])] == ["references"]
    assert "references" in [m.code for m in missing_before_signing(case, case.candidacies[0])]


def signed_again(walk: Walk, finalist: Any, waiver: UUID) -> UUID:
    """The waiver is ended and another one proposed and signed, while the round is under way or given."""
    case = walk.case()
    end_waiver(case, by=walk.world.actor("manager"), waiver=case.waiver(waiver))
    again = propose(walk, finalist, until=walk.on + timedelta(days=60))
    confirm(walk, again, "security_head")
    return again


def test_signed_before_anybody_has_voted_it_is_taken_into_the_round(world: World) -> None:
    walk, finalist, opinion, first = asked(world)
    before = walk.case().opinion(opinion).basis
    signed_again(walk, finalist, first)
    now = walk.case().opinion(opinion)
    assert (now.state, now.approvers, now.second_because) == ("requested", 2, ["waiver"])
    case = walk.case()
    references = case.check_named("references", case.candidacies[0])
    assert references is not None
    assert now.basis[str(references.pk)] > before[str(references.pk)]


@pytest.mark.parametrize("votes", [1, 2])
def test_signed_after_a_vote_the_round_is_void_and_a_new_one_marks_what_changed(
    world: World, votes: int
) -> None:
    walk, finalist, opinion, first = asked(world)
    for name in ("security_one", "security_two")[:votes]:
        walk.vote(opinion, name)
    signed_again(walk, finalist, first)
    case = walk.case()
    assert (case.opinion(opinion).state, case.candidacies[0].state) == ("invalidated", "checking")
    entry = Entry.objects.filter(action="waiver.confirmed").latest("pk")
    assert entry.actor_role == "security_head"
    renew_opinion(case, by=world.actor("hr"), candidacy=case.candidacies[0])
    again = round_of(walk)
    case = walk.case()
    references = case.check_named("references", case.candidacies[0])
    assert references is not None
    assert (again.round, again.approvers) == (2, 2)
    assert str(references.pk) in changed_since_last_round(case, again)


def test_with_a_condition_as_well_the_round_goes_on_as_usual(world: World) -> None:
    walk, _finalist, opinion, _first = asked(world)
    walk.vote(opinion, "security_one", ballot("supported_conditions"))
    walk.vote(opinion, "security_two")
    assert round_of(walk).state == "approved_with_conditions"


def test_it_is_never_supported_in_a_heap(world: World) -> None:
    walk, _finalist, opinion, _first = asked(world)
    outcome = support_each(world.actor("security_one"), [walk.case().opinion(opinion)], uuid4())
    assert isinstance(outcome[0][1], WrongState)
    assert outcome[0][1].state == "waived"


def test_while_the_security_function_advises_against_nothing_is_waived(world: World) -> None:
    walk, finalist, opinion, first = asked(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    walk.vote(opinion, "security_two")
    case = walk.case()
    end_waiver(case, by=world.actor("manager"), waiver=case.waiver(first))
    with pytest.raises(WrongState, match="waiver_refused"):
        propose(walk, finalist)


def test_an_opinion_cannot_be_asked_for_on_a_proposal_alone(world: World) -> None:
    walk, finalist = almost(world)
    propose(walk, finalist)
    case = walk.case()
    assert "references" in [m.code for m in missing_for_opinion(case, case.candidacies[0])]
    with pytest.raises(NotComplete):
        go_on(walk, finalist)
