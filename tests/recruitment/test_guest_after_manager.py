"""A post in HR stays one when it is handed to a manager of another function and taken back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.recruitment.managers import change, with_deputies
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.models import RoleGrant
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.models import Opinion, Vote


@pytest.fixture
def town(world: World) -> World:
    """One more manager of each unit; the ordinary one of procurement works in HR as well."""
    return with_deputies(world)


def works_in_hr(town: World, name: str) -> None:
    town.hire(name, "hr_officer", unit=town.units["executive"])


def asked(town: World, position: str = "buyer") -> tuple[Walk, Opinion]:
    walk = Walk(town, position).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, Opinion.objects.get(pk=walk.ask_opinion(finalist))


def test_a_round_asked_for_under_another_manager_needs_the_guest(town: World) -> None:
    works_in_hr(town, "manager")
    walk = Walk(town, "buyer").open()
    change(walk)
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    assert Opinion.objects.get(pk=opinion).needs_guest
    with pytest.raises(WrongState):
        walk.vote(opinion, "security_one")


def test_the_round_under_way_gets_to_know_when_a_manager_of_hr_takes_over(town: World) -> None:
    works_in_hr(town, "deputy")
    walk, opinion = asked(town, "buyer_lead")
    walk.vote(opinion.pk, "security_one")
    change(walk)
    assert Opinion.objects.get(pk=opinion.pk).needs_guest
    assert Vote.objects.get(opinion=opinion.pk).needs_guest
    with pytest.raises(WrongState):
        walk.vote(opinion.pk, "security_two")
    address = f"/godkannanden/{walk.pk}/{opinion.pk}/"
    page = client_of(town, "security_two").get(address).content.decode()
    assert "Den plats som är kvar är en gästyttrares" in page


def test_a_role_given_back_in_time_still_counts(town: World) -> None:
    works_in_hr(town, "manager")
    walk = Walk(town, "buyer").open()
    grant = RoleGrant.objects.get(person=town.person_id("manager"), role="hr_officer")
    grant.state, grant.reason = RoleGrant.State.REVOKED, "left"
    grant.ended_by, grant.ended_on = town.person("hr_head"), town.today
    put(grant, "role.revoked")
    finalist = walk.finalist()
    walk.ready(finalist)
    assert Opinion.objects.get(pk=walk.ask_opinion(finalist)).needs_guest


def test_the_database_takes_back_no_need_of_a_guest(town: World) -> None:
    works_in_hr(town, "manager")
    _walk, opinion = asked(town)
    assert opinion.needs_guest
    opinion.needs_guest = False
    with pytest.raises(DatabaseError), transaction.atomic():
        put(opinion, "opinion.requested")


def test_where_nobody_works_there_no_guest_is_asked_for(town: World) -> None:
    walk, opinion = asked(town)
    change(walk)
    assert not Opinion.objects.get(pk=opinion.pk).needs_guest
    walk.vote(opinion.pk, "security_one")
