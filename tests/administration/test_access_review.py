"""The quarterly review: what is taken up, who answers, and that what nobody answers lapses by itself, everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from audit.clock import at, now
from audit.models import Entry
from tests.administration.proposals import confirmed, proposed
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied, ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.administration.actions.access_review import answer_assignment, answer_role, start_review
from vetting.administration.queries.under_review import to_answer
from vetting.administration.queries.unused import first_entry_since, taken_up
from vetting.policy.access_review import ANSWER_DAYS, UNUSED_DAYS
from vetting.recruitment.actions.assign import assign
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries.readers import access_to
from vetting.recruitment.queries.visible import reach_of, recruitments_visible_to

PAGE, START, ANSWER = (
    "/behorigheter/genomgang/",
    "/behorigheter/genomgang/starta/",
    "/behorigheter/genomgang/svara/",
)


def later(days: int) -> datetime:
    return now() + timedelta(days=days)


def role_of_person(world: World, name: str, role: str) -> RoleGrant:
    return RoleGrant.objects.get(person=world.person(name), role=role)


def started(world: World, by: str = "auditor") -> int:
    return start_review(by=world.actor(by))


@pytest.fixture
def old_walk(world: World) -> Walk:
    """A recruitment in which nobody has done anything for more than sixty days, seen from `at(later(70))`."""
    return Walk(world, "assistant").open()


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


def test_unanswered_lapses_by_itself_for_pages_lists_acts_and_open_sessions(
    world: World, old_walk: Walk
) -> None:
    """No job runs: the day after the last day the door, the list and a signed-in browser all say no."""
    started(world)
    client = client_of(world, "registrar")
    address = f"/rekryteringar/{old_walk.pk}/"
    with at(later(ANSWER_DAYS)):
        assert recruitments_visible_to(world.actor("registrar")).filter(pk=old_walk.pk).exists()
    with at(later(ANSWER_DAYS + 1)):
        actor = world.actor("registrar")
        assert not actor.holds("registrar")
        assert not recruitments_visible_to(actor).exists()
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
    assert (
        "Inte använd på 60 dagar. Åtkomsten upphör av sig själv efter" in auditor.get(PAGE).content.decode()
    )
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
