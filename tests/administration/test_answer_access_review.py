"""Answering the review: kept or taken away, row by row, never by whoever it concerns."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.clock import at
from audit.models import Entry
from tests.administration.reviews import ANSWER, PAGE, START, later, role_of_person, started
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.administration.actions.access_review import answer_assignment, answer_role
from vetting.administration.queries.under_review import to_answer
from vetting.policy.access_review import ANSWER_DAYS, UNUSED_DAYS
from vetting.recruitment.models import RecruitmentGrant


def test_kept_is_kept_and_not_asked_about_again_at_once(world: World) -> None:
    started(world)
    grant = role_of_person(world, "registrar", "registrar")
    answer_role(grant.pk, by=world.actor("hr_head"), keep=True)
    with at(later(ANSWER_DAYS + 10)):
        assert world.actor("registrar").holds("registrar")
    grant.refresh_from_db()
    assert (grant.answer_by, grant.review_cause, grant.reviewed_by_id) == (
        None,
        "",
        world.person_id("hr_head"),
    )
    started(world)
    grant.refresh_from_db()
    assert grant.answer_by is None
    entry = Entry.objects.filter(action="access_review.answered").last()
    assert entry is not None
    assert entry.facts == {"role": "hr_head", "target_role": "registrar", "result": "kept"}


def test_dropped_ends_at_once(world: World) -> None:
    client = client_of(world, "registrar")
    assert client.get("/rekryteringar/").status_code == 200
    started(world)
    answer_role(role_of_person(world, "registrar", "registrar").pk, by=world.actor("hr_head"), keep=False)
    assert client.get("/rekryteringar/").status_code == 404
    assert role_of_person(world, "registrar", "registrar").state == "revoked"


def test_nobody_answers_for_herself_whatever_account_she_uses(world: World) -> None:
    world.accounts["second"] = Account.objects.create_user("second", None, person=world.person("hr_head"))
    started(world)
    own = role_of_person(world, "hr_head", "hr_head")
    for name in ("hr_head", "second"):
        with pytest.raises(Denied):
            answer_role(own.pk, by=world.actor(name), keep=True)
        assert own.pk not in [grant.pk for grant in to_answer(world.actor(name)).roles]
    answer_role(own.pk, by=world.actor("security_head"), keep=True)


def test_a_manager_answers_for_her_unit_and_no_further(world: World, old_walk: Walk) -> None:
    """She is told which unit, not which recruitment, where that recruitment is not hers to see."""
    with at(later(UNUSED_DAYS + 1)):
        started(world)
        mine = to_answer(world.actor("head"))
        assert all(
            grant.unit is not None and grant.unit.path.startswith(("0001.", "0002.")) for grant in mine.roles
        )
        page = client_of(world, "head").get(ANSWER).content.decode()
        assert "en rekrytering i Björkskolan" in page
        assert old_walk.case().recruitment.reference not in page
        outside = role_of_person(world, "registrar", "registrar")
        with pytest.raises(Denied):
            answer_role(outside.pk, by=world.actor("other_manager"), keep=True)


def test_whoever_stands_aside_neither_answers_nor_reads_of_it(world: World, old_walk: Walk) -> None:
    from vetting.recruitment.actions.declaration import set_recusal

    set_recusal(
        old_walk.case(),
        by=world.actor("security_head"),
        person_id=world.person_id("hr_head"),
        reason="Är nära en sökande.",
    )
    with at(later(UNUSED_DAYS + 1)):
        started(world)
        row = RecruitmentGrant.objects.get(user=world.accounts["hr"])
        assert row.pk not in [each.pk for each in to_answer(world.actor("hr_head")).assignments]
        with pytest.raises(Denied):
            answer_assignment(row.pk, by=world.actor("hr_head"), keep=True)
        answer_assignment(row.pk, by=world.actor("security_head"), keep=True)


def test_a_dropped_assignment_leaves_the_recruitment_to_be_handed_out(world: World, old_walk: Walk) -> None:
    with at(later(UNUSED_DAYS + 1)):
        started(world)
        row = RecruitmentGrant.objects.get(user=world.accounts["hr"])
        answer_assignment(row.pk, by=world.actor("security_head"), keep=False)
        case = old_walk.case()
        assert (case.grants, case.recruitment.responsible_id) == ([], None)


def test_the_pages_do_it_row_by_row(world: World) -> None:
    auditor = client_of(world, "auditor")
    assert auditor.post(START, {"once": str(uuid4())}).status_code == 302
    page = auditor.get(PAGE).text
    assert "Inte använd på 60 dagar" in page
    assert "Upphör om ingen svarar" in page
    registrar, archivist = (role_of_person(world, name, name) for name in ("registrar", "archivist"))
    sent = {f"roll-{registrar.pk}": "behall", f"roll-{archivist.pk}": "ta-bort"}
    head = client_of(world, "hr_head")
    assert head.post(ANSWER, filled(**sent)).status_code == 302
    registrar.refresh_from_db()
    archivist.refresh_from_db()
    assert (registrar.state, registrar.answer_by, archivist.state) == ("active", None, "revoked")
    assert Entry.objects.filter(action="access_review.answered").count() == 2


def test_a_row_that_is_not_ones_own_to_answer_is_not_taken_from_the_form(world: World) -> None:
    started(world)
    own = role_of_person(world, "hr_head", "hr_head")
    client_of(world, "hr_head").post(ANSWER, filled(**{f"roll-{own.pk}": "behall"}))
    own.refresh_from_db()
    assert own.answer_by is not None
