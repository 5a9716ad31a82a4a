"""Starting the quarterly review: what is taken up, by whom and within what reach; who is reminded."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.clock import at, now
from audit.models import Entry
from tests.administration.proposals import confirmed, proposed
from tests.administration.reviews import PAGE, START, later, role_of_person, started
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.administration.actions.access_review import answer_role, start_review
from vetting.administration.queries.unused import first_entry_since, taken_up
from vetting.policy.access_review import ANSWER_DAYS, UNUSED_DAYS
from vetting.recruitment.actions.assign import assign
from vetting.recruitment.models import RecruitmentGrant


def test_what_has_not_been_used_is_taken_up(world: World) -> None:
    """In the fresh municipality nobody has acted under any role; all were given long ago."""
    started(world)
    grant = role_of_person(world, "registrar", "registrar")
    assert (grant.state_on(world.today), grant.review_cause) == ("under_review", "unused")
    assert grant.answer_by == world.today + timedelta(days=ANSWER_DAYS)
    assert world.actor("registrar").holds("registrar"), "it still holds until its day"


def test_what_is_used_or_new_is_not(world: World, old_walk: Walk) -> None:
    new = confirmed(world, proposed(world))
    started(world)
    used = RoleGrant.objects.filter(person=world.person("hr"), role="hr_officer")
    assert {grant.answer_by for grant in used} == {None}
    new.refresh_from_db()
    assert new.answer_by is None
    assert RecruitmentGrant.objects.get(user=world.accounts["hr"]).answer_by is None


def test_an_assignment_unused_for_sixty_days_is_taken_up(world: World, old_walk: Walk) -> None:
    with at(later(UNUSED_DAYS + 1)):
        started(world)
        row = RecruitmentGrant.objects.get(user=world.accounts["hr"])
        assert row.review_cause == "unused"


def test_an_assignment_without_its_role_is_outside_the_role(world: World, old_walk: Walk) -> None:
    with at(later(UNUSED_DAYS + 1)):
        case = old_walk.case()
        assign(
            case,
            by=world.actor("hr_head"),
            account=world.accounts["employee"],
            role="hr_officer",
            reason="absence",
        )
    with at(later(2 * UNUSED_DAYS + 5)):
        found = {
            (row.user_id, cause)
            for row, cause in taken_up(world.actor("auditor"))
            if isinstance(row, RecruitmentGrant)
        }
    assert (world.accounts["employee"].pk, "outside") in found


def test_each_starts_within_her_reach(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    start_review(by=world.actor("school_head"))
    touched = RoleGrant.objects.filter(answer_by__isnull=False).select_related("unit")
    places = {grant.authority_id or (grant.unit.authority_id if grant.unit else None) for grant in touched}
    assert places == {world.authority.pk}


@pytest.mark.parametrize("name", ["hr", "manager", "administrator", "data_protection_officer", "employee"])
def test_who_may_not_start(world: World, name: str) -> None:
    with pytest.raises(Denied):
        start_review(by=world.actor(name))
    client = client_of(world, name)
    assert client.get(PAGE).status_code == 404
    assert client.post(START, {"once": str(uuid4())}).status_code == 404


def test_what_only_its_holder_could_answer_for_is_left_alone(world: World) -> None:
    """Otherwise the last head would lapse, and with her everybody who can confirm a role."""
    RoleGrant.objects.get(person=world.person("security_head"))
    started(world)
    assert role_of_person(world, "hr_head", "hr_head").answer_by is not None
    answer_role(
        role_of_person(world, "security_head", "security_head").pk, by=world.actor("hr_head"), keep=False
    )
    answer_role_of = role_of_person(world, "hr_head", "hr_head")
    assert answer_role_of.state == "active"
    with at(later(200)):
        grant = role_of_person(world, "hr_head", "hr_head")
        assert not grant.is_in_force(world.today + timedelta(days=200))


def test_one_start_is_one_entry_with_every_row(world: World) -> None:
    count = started(world)
    entry = Entry.objects.get(action="access_review.started")
    assert entry.facts == {"role": "auditor", "count": count}
    assert entry.rows.count() == count > 10
    assert started(world) == 0, "what is under review already is not taken up again"


def test_mitt_arbete_reminds_whoever_must_answer_and_heads_each_quarter(world: World) -> None:
    work = "/arbete/"
    assert "Dags för kvartalets genomgång" in client_of(world, "hr_head").get(work).content.decode()
    started(world)
    page = client_of(world, "hr_head").get(work).content.decode()
    assert "Åtkomster att gå igenom" in page
    assert "Dags för kvartalets genomgång" not in page
    assert "Åtkomster att gå igenom" not in client_of(world, "hr").get(work).content.decode()


def test_one_reads_beforehand_when_ones_own_access_ends(world: World) -> None:
    started(world)
    assert "upphör av sig själv efter" in client_of(world, "registrar").get("/min-atkomst/").content.decode()


def test_the_first_entry_of_a_period_is_found_by_halving(world: World) -> None:
    ids = list(Entry.objects.order_by("id").values_list("id", "time"))
    for pk, moment in ids[::7]:
        expected = next(one for one, time in ids if time >= moment)
        found = Entry.objects.filter(id__gte=first_entry_since(moment)).order_by("id").first()
        assert found is not None
        assert found.pk == expected, pk
    assert first_entry_since(now() + timedelta(days=1)) == ids[-1][0] + 1
