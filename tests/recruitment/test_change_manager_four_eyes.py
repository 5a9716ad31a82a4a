"""Four eyes follow persons through a change of manager: what was said before is not turned into somebody else's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from audit.clock import now
from audit.integrity import findings
from tests.recruitment.managers import LIFT, address, change, with_deputies
from tests.recruitment.opinions import ask, ballot
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.access.grants import permission_for
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.escalation import decide_escalation
from vetting.recruitment.actions.opinion import escalate_opinion, prepare_opinion, request_opinion
from vetting.recruitment.actions.vote import decide_opinion
from vetting.recruitment.models import Recruitment, RecruitmentGrant
from vetting.recruitment.queries.opinions import open_to, queue


@pytest.fixture
def town(world: World) -> World:
    """The small municipality with one more manager of each unit."""
    return with_deputies(world)


@pytest.fixture
def supported(town: World) -> tuple[Walk, Any, UUID]:
    """A buyer whom security_one has supported."""
    walk, finalist, opinion = ask(town)
    walk.vote(opinion, "security_one")
    return walk, finalist, opinion


def test_whoever_has_opined_does_not_become_manager(supported: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = supported
    page = client_of(walk.world, "hr").get(address(walk)).content.decode()
    assert str(walk.world.person_id("security_one")) not in page
    with pytest.raises(BadInput) as refused:
        change(walk, to="security_one")
    assert refused.value.errors == {"manager": "has_opined"}
    form = filled(manager=str(walk.world.person_id("security_one")), reason="left")
    assert client_of(walk.world, "hr").post(address(walk), form).status_code == 422
    assert walk.case().opinion(opinion).state == "approved"


def test_an_opinion_of_others_stands_and_keeps_its_copies(supported: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = supported
    change(walk)
    given = walk.case().opinion(opinion)
    assert given.state == "approved"
    assert given.manager_id == walk.world.person_id("manager")
    assert [vote.manager_id for vote in walk.case().votes] == [walk.world.person_id("manager")]


def test_an_opinion_that_the_new_manager_prepared_falls(supported: tuple[Walk, Any, UUID]) -> None:
    walk, finalist, opinion = supported
    change(walk, to="hr", by="hr_head")
    case = walk.case()
    assert case.opinion(opinion).state == "invalidated"
    assert case.candidacy(finalist.pk).state == "checking"
    assert not list(findings())


@pytest.mark.parametrize("state", ["draft", "requested"])
def test_a_round_under_way_that_she_prepared_falls(town: World, state: str) -> None:
    walk = Walk(town, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    case = walk.case()
    opinion = prepare_opinion(case, by=town.actor("hr"), candidacy=case.candidacy(finalist.pk))
    if state == "requested":
        request_opinion(case, by=town.actor("hr"), opinion=opinion)
    change(walk, to="hr", by="hr_head")
    assert walk.case().opinion(opinion.pk).state == "invalidated"
    assert walk.case().candidacy(finalist.pk).state == "checking"


def test_whoever_has_been_manager_opines_nowhere_here(town: World) -> None:
    """A head of security who recruited herself, and let somebody else be named, cannot give the opinion."""
    walk = Walk(town, "buyer").open()
    change(walk, to="security_head", by="hr")
    change(walk, to="deputy", by="hr", reason="workload")
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    actor = town.actor("security_head")
    assert opinion not in {row.pk for row in open_to(actor, queue(actor))}
    page = client_of(town, "security_head").get(f"/godkannanden/{walk.pk}/{opinion}/").content.decode()
    assert "du har varit ansvarig chef" in page
    assign_security(walk, "security_head")
    with pytest.raises(Denied):
        case = walk.case()
        decide_opinion(case, by=actor, opinion=case.opinion(opinion), ballot=ballot("supported"))
    # Nor does a colleague of hers alone: a post that the head of security recruited to waits for a guest.
    with pytest.raises(WrongState, match="guest_needed"):
        walk.vote(opinion, "security_two")


def assign_security(walk: Walk, name: str) -> None:
    """As if she had taken a round before."""
    put(
        RecruitmentGrant(
            permission=permission_for(Recruitment, name),
            user=walk.world.accounts[name],
            content_object=walk.case().recruitment,
            granted_by=walk.world.person(name),
            since=now(),
            reason="opinion",
        )
    )


def test_a_vote_after_the_change_copies_the_manager_of_its_day(town: World) -> None:
    walk, _finalist, opinion = ask(town)
    change(walk)
    walk.vote(opinion, "security_one")
    vote = walk.case().votes[0]
    assert vote.manager_id == town.person_id("deputy")
    assert walk.case().opinion(opinion).manager_id == town.person_id("manager")
    with pytest.raises(IntegrityError), transaction.atomic():
        vote.person = town.person("deputy")
        put(vote)


def test_a_lift_that_waits_for_the_new_manager_goes_on_to_another(town: World) -> None:
    town.hire("head", "hiring_manager", unit=town.units["procurement"])
    walk, _finalist, opinion = ask(town)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    case = walk.case()
    escalate_opinion(case, by=town.actor("manager"), opinion=case.opinion(opinion), reason=LIFT)
    change(walk, to="head")
    case = walk.case()
    lifted = case.opinion(opinion)
    assert lifted.state == "escalated"
    assert lifted.escalated_to_id is None  # the committee: nobody else is named in the delegation order
    assert not any(grant.reason == "escalation" for grant in case.grants)
    with pytest.raises(Denied):
        decide_escalation(case, by=town.actor("head"), opinion=lifted, overrule=True, reason=LIFT)
    assert not list(findings())


def test_what_the_new_manager_let_pass_after_a_lift_falls(town: World) -> None:
    walk, finalist, opinion = ask(town)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    case = walk.case()
    escalate_opinion(case, by=town.actor("manager"), opinion=case.opinion(opinion), reason=LIFT)
    case = walk.case()
    decide_escalation(case, by=town.actor("head"), opinion=case.opinion(opinion), overrule=True, reason=LIFT)
    change(walk, to="head")
    case = walk.case()
    assert case.opinion(opinion).state == "invalidated"
    assert case.candidacy(finalist.pk).state == "checking"


def test_an_earlier_manager_decides_after_no_lift(town: World) -> None:
    """The head was manager, somebody else took over: the lift passes her by and goes to the committee."""
    town.hire("head", "hiring_manager", unit=town.units["procurement"])
    walk = Walk(town, "buyer").open()
    change(walk, to="head")
    change(walk, to="deputy", reason="workload")
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    case = walk.case()
    escalate_opinion(case, by=town.actor("deputy"), opinion=case.opinion(opinion), reason=LIFT)
    assert walk.case().opinion(opinion).escalated_to_id is None


def test_an_earlier_manager_of_the_round_is_the_same_person_still(town: World) -> None:
    walk, _finalist, opinion = ask(town)
    change(walk)
    case = walk.case()
    with pytest.raises((SamePerson, Denied)):
        decide_opinion(
            case, by=town.actor("manager"), opinion=case.opinion(opinion), ballot=ballot("supported")
        )
