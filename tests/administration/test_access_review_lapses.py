"""What nobody answers for lapses by itself: for the door, for lists, for open sessions, without any job."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from audit.clock import at
from tests.administration.reviews import later, role_of_person, started
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import ask
from vetting.access.models import RoleGrant
from vetting.administration.actions.access_review import answer_role
from vetting.policy.access_review import ANSWER_DAYS, UNUSED_DAYS
from vetting.recruitment.actions.assign import assign
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.queries.readers import access_to
from vetting.recruitment.queries.visible import reach_of


def test_unanswered_lapses_by_itself_for_pages_lists_acts_and_open_sessions(
    world: World, old_walk: Walk
) -> None:
    """No job runs: the day after the last day the door, the list and a signed-in browser all say no."""
    started(world)
    client = client_of(world, "registrar")
    address = f"/rekryteringar/{old_walk.pk}/"
    with at(later(ANSWER_DAYS)):
        assert reach_of(world.actor("registrar")).recruitments.filter(pk=old_walk.pk).exists()
    with at(later(ANSWER_DAYS + 1)):
        actor = world.actor("registrar")
        assert not actor.holds("registrar")
        assert not reach_of(actor).recruitments.exists()
        assert not ask(actor, "recruitment.view", old_walk.case().facts_for(actor)).allowed
        seen = {reader.person.pk for reader in access_to(old_walk.case()).readers}
        assert world.person_id("registrar") not in seen
    assert client.get(address).status_code == 200
    RoleGrant.objects.get(pk=role_of_person(world, "registrar", "registrar").pk)
    with at(later(ANSWER_DAYS + 1)):
        later_client = client_of(world, "registrar")
        assert later_client.get(address).status_code == 404
        assert later_client.get("/rekryteringar/").status_code == 404


def test_an_unanswered_assignment_lapses_the_same_way_and_can_be_given_anew(
    world: World, old_walk: Walk
) -> None:
    day = UNUSED_DAYS + 1
    with at(later(day)):
        started(world)
    with at(later(day + ANSWER_DAYS)):
        actor = world.actor("hr")
        assert "hr_officer" in old_walk.case().facts_for(actor).assigned
        assert reach_of(actor, "recruitment.edit").recruitments.filter(pk=old_walk.pk).exists()
    with at(later(day + ANSWER_DAYS + 1)):
        actor = world.actor("hr")
        assert old_walk.case().facts_for(actor).assigned == frozenset()
        assert not reach_of(actor, "recruitment.edit").recruitments.filter(pk=old_walk.pk).exists()
        hr_head = world.actor("hr_head")
        if hr_head.holds("hr_head"):
            case = old_walk.case()
            assign(case, by=hr_head, account=world.accounts["hr"], role="hr_officer", reason="workload")
            assert "hr_officer" in old_walk.case().facts_for(actor).assigned


def test_it_is_too_late_after_the_last_day(world: World) -> None:
    started(world)
    grant = role_of_person(world, "registrar", "registrar")
    head = world.actor("hr_head")
    answer_role(role_of_person(world, "hr_head", "hr_head").pk, by=world.actor("security_head"), keep=True)
    with at(later(ANSWER_DAYS + 1)), pytest.raises(WrongState):
        answer_role(grant.pk, by=world.actor("hr_head"), keep=True)
    answer_role(grant.pk, by=head, keep=True)


@pytest.mark.parametrize(
    "change",
    [
        "answer_by = '2030-01-01'",
        "answer_by = '2030-01-01', review_cause = 'because'",
        "review_cause = 'unused'",
        "reviewed_by_id = person_id, reviewed_on = '2026-01-01'",
        "reviewed_by_id = proposed_by_id",
        "answer_by = '2030-01-01', review_cause = 'unused', state = 'revoked', ended_by_id = proposed_by_id, "
        "ended_on = valid_from, reason = 'left'",
    ],
)
def test_the_database_refuses_what_must_never_be(world: World, change: str) -> None:
    grant = role_of_person(world, "registrar", "registrar")
    key = grant.pk.hex if connection.vendor == "sqlite" else grant.pk
    statement = "update access_rolegrant set {}, entry_id = entry_id + 1 where id = %s"
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused, transaction.atomic():
        cursor.execute(statement.format(change), [key])
    assert "check" in str(refused.value).lower()
