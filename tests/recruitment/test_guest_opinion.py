"""Of those who opine on a post in HR or the security function one is a guest; nobody of the house does it alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.recruitment.guests import asked, confirmed, invited, proposed, votes, wanted
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.vote import Ballot
from vetting.recruitment.models import Opinion, Vote
from vetting.recruitment.queries.opinions import next_for


def page_of(walk: Walk, opinion: Any) -> str:
    return f"/godkannanden/{walk.pk}/{opinion}/"


def test_nobody_of_the_house_opines_alone_on_a_post_in_hr(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    assert Opinion.objects.get(pk=opinion).needs_guest
    with pytest.raises(WrongState):
        walk.vote(opinion, "security_one")
    assert next_for(world.actor("security_two")) is None
    page = client_of(world, "security_one").get(page_of(walk, opinion)).content.decode()
    assert "Den plats som är kvar är en gästyttrares" in page
    assert "Lämna yttrandet" not in page
    head = client_of(world, "security_head").get(page_of(walk, opinion)).content.decode()
    assert f"/rekryteringar/{walk.pk}/gast/" in head


@pytest.mark.parametrize("first", ["guest", "security_one"])
def test_of_two_one_is_a_guest_in_whichever_order(world: World, first: str) -> None:
    walk, _finalist, opinion = asked(world, leading=True)
    assert Opinion.objects.get(pk=opinion).approvers == 2
    invited(walk)
    if first == "guest":
        votes(walk, opinion, "guest")
        walk.vote(opinion, "security_one")
    else:
        walk.vote(opinion, "security_one")
        with pytest.raises(WrongState):
            walk.vote(opinion, "security_two")
        votes(walk, opinion, "guest")
    assert Opinion.objects.get(pk=opinion).state == "approved"


def test_a_guest_does_not_vote_twice_nor_a_second_of_the_house_by_the_database(world: World) -> None:
    walk, _finalist, opinion = asked(world, leading=True)
    invited(walk)
    votes(walk, opinion, "guest")
    with pytest.raises((Denied, SamePerson)):
        votes(walk, opinion, "guest")
    walk.vote(opinion, "security_one")
    vote = Vote.objects.get(is_guest=True)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE recruitment_vote SET is_guest = %s, entry_id = entry_id + 1 WHERE id = %s",
            [False, vote.pk.hex if connection.vendor == "sqlite" else vote.pk],
        )


def test_a_guests_condition_adds_one_of_the_house(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    invited(walk)
    votes(
        walk, opinion, "guest", Ballot("supported_conditions", ("follow_up",), "Följ upp efter ett halvår.")
    )
    assert Opinion.objects.get(pk=opinion).state == "half_given"
    walk.vote(opinion, "security_one")
    assert Opinion.objects.get(pk=opinion).state == "approved_with_conditions"


def test_an_ordinary_post_needs_none_and_a_guest_there_because_nobody_else_can(world: World) -> None:
    walk, _finalist, opinion = asked(world, "buyer")
    assert not Opinion.objects.get(pk=opinion).needs_guest
    with pytest.raises(BadInput) as refused:
        proposed(walk, wanted(world, because="nobody_else"))
    assert refused.value.errors == {"because": "others_can"}
    for name in ("security_one", "security_two", "security_three"):
        _aside(walk, name)
    _aside(walk, "security_head", by="hr_head")
    assert walk.case().recruitment.approvers <= 1
    invitation = proposed(walk, wanted(world, because="nobody_else"))
    world.hire("second_head", "hr_head", authority=world.other_authority)
    confirmed(walk, invitation, by="second_head")
    votes(walk, opinion, "guest")
    assert Opinion.objects.get(pk=opinion).state == "approved"


def _aside(walk: Walk, name: str, by: str = "security_head") -> None:
    person: UUID = walk.world.person_id(name)
    set_recusal(walk.case(), by=walk.world.actor(by), person_id=person, reason="Är granne med en av dem.")


def test_a_manager_who_works_in_the_function_and_two_heads_who_say_so(world: World) -> None:
    """A post need not have the profile: who leads it tells, or the invitation that both heads have signed."""
    world.hire("manager", "security_officer", authority=world.other_authority)
    _walk, _finalist, opinion = asked(world, "buyer")
    assert Opinion.objects.get(pk=opinion).needs_guest


def test_rounds_under_way_need_the_guest_once_she_is_invited_for_the_function(world: World) -> None:
    walk, _finalist, opinion = asked(world, "buyer")
    invited(walk, wanted(world, because="security_function"))
    assert Opinion.objects.get(pk=opinion).needs_guest
    with pytest.raises(WrongState):
        walk.vote(opinion, "security_one")


def test_the_heads_are_told_until_a_guest_is_proposed(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    address = f"/rekryteringar/{walk.pk}/gast/"
    for name in ("hr_head", "security_head"):
        assert address in client_of(world, name).get("/arbete/").content.decode(), name
    for name in ("hr", "manager", "security_one"):
        assert address not in client_of(world, name).get("/arbete/").content.decode(), name
    queue = client_of(world, "security_one").get("/godkannanden/?visa=alla").content.decode()
    assert "Väntar på gästyttrare" in queue
    invited(walk)
    assert address not in client_of(world, "hr_head").get("/arbete/").content.decode()


def test_no_guest_is_let_in_while_somebody_else_may_know_her_password(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    invitation = proposed(walk)
    account = world.accounts["guest"]
    account.must_change_password = True
    account.save()
    with pytest.raises(WrongState):
        confirmed(walk, invitation)
    address = f"/behorigheter/roller/{invitation.role_grant_id}/bekrafta/"
    answer = client_of(world, "security_head", fresh=True).post(address, filled())
    assert answer.status_code == 409
    assert "inte bytt sitt första lösenord" in answer.content.decode()
    assert not walk.case().grants or all(each.user_id != account.pk for each in walk.case().grants)
    account.must_change_password = False
    account.save()
    confirmed(walk, invitation)
    votes(walk, opinion, "guest")
