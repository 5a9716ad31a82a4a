"""Four eyes follow persons through substitutes, both ways, in the door, in the action and in the database."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.administration.delegations import ended, stand_in, stood_in
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.recruitment.actions.errors import SamePerson
from vetting.recruitment.actions.escalation import decide_escalation
from vetting.recruitment.actions.opinion import escalate_opinion, prepare_opinion, take_opinion
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.models import Decision, Opinion, Vote
from vetting.recruitment.queries.opinions import open_to, queue

REASONS = "Behöver prövas av någon annan."


def asked(world: World, position: str = "buyer") -> tuple[Walk, object]:
    walk = Walk(world, position).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, walk.ask_opinion(finalist)


def votes(world: World, walk: Walk, opinion: object, name: str) -> None:
    case = walk.case()
    decide_opinion(case, by=world.actor(name), opinion=case.opinion(opinion), ballot=Ballot("supported"))


def taken(world: World, walk: Walk, opinion: object, name: str) -> None:
    case = walk.case()
    take_opinion(case, by=world.actor(name), opinion=case.opinion(opinion))


def may_not_opine(world: World, walk: Walk, opinion: object, name: str) -> None:
    """Neither by the action nor by the page, and the queue does not offer it."""
    with pytest.raises((Denied, SamePerson)):
        votes(world, walk, opinion, name)
    answer = client_of(world, name, fresh=True).post(
        f"/godkannanden/{walk.pk}/{opinion}/yttrande/", {"outcome": "supported"}
    )
    assert answer.status_code == 404
    assert not Vote.objects.filter(person=world.person(name)).exists()
    assert not open_to(world.actor(name), queue(world.actor(name))).filter(pk=opinion).exists()


@pytest.mark.parametrize(("absent", "substitute"), [("manager", "security_one"), ("security_one", "manager")])
def test_the_managers_substitute_and_whom_she_stands_in_for_do_not_opine(
    world: World, absent: str, substitute: str
) -> None:
    walk, opinion = asked(world)
    taken(world, walk, opinion, "security_one")
    stand_in(world, absent, substitute)
    may_not_opine(world, walk, opinion, "security_one")


def test_nor_after_it_has_ended_early_or_by_itself(world: World) -> None:
    walk = Walk(world, "buyer").open()
    row = stand_in(world, "manager", "security_one")
    ended(world, row, "manager")
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    taken(world, walk, opinion, "security_one")
    may_not_opine(world, walk, opinion, "security_one")
    stood_in(world, "manager", "security_two", ended=400)
    taken(world, walk, opinion, "security_two")
    votes(world, walk, opinion, "security_two")


def test_the_substitute_of_one_who_has_voted_does_not_give_the_second_vote(world: World) -> None:
    walk, opinion = asked(world, "buyer_lead")
    taken(world, walk, opinion, "security_one")
    taken(world, walk, opinion, "security_two")
    stand_in(world, "security_one", "security_two")
    votes(world, walk, opinion, "security_one")
    may_not_opine(world, walk, opinion, "security_two")
    walk.vote(opinion, "security_three")


def test_a_substitute_opines_in_the_place_of_one_who_has_not(world: World) -> None:
    walk, opinion = asked(world)
    world.hire("stranger", None)
    stand_in(world, "security_one", "stranger")
    taken(world, walk, opinion, "security_one")
    votes(world, walk, opinion, "stranger")
    assert Vote.objects.get().person_id == world.person_id("stranger")


def test_two_accounts_do_not_make_the_managers_substitute_another(world: World) -> None:
    walk, opinion = asked(world)
    person = world.person("security_one")
    world.accounts["second"] = Account.objects.create_user("second", None, person=person)
    stand_in(world, "manager", "second")
    taken(world, walk, opinion, "second")
    may_not_opine(world, walk, opinion, "security_one")
    may_not_opine(world, walk, opinion, "second")


def test_the_managers_substitute_does_not_prepare(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    stand_in(world, "manager", "hr")
    case = walk.case()
    with pytest.raises(SamePerson):
        prepare_opinion(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))


def test_whoever_has_opined_does_not_drive_in_anothers_place(world: World) -> None:
    walk, opinion = asked(world, "buyer_lead")
    walk.vote(opinion, "security_one")
    stand_in(world, "manager", "security_one")
    client = client_of(world, "security_one")
    assert client.post(f"/rekryteringar/{walk.pk}/pausa/").status_code == 404
    assert client.post(f"/rekryteringar/{walk.pk}/slutkandidat/ny/").status_code == 404


def test_the_database_refuses_a_vote_of_one_who_is_kept_apart(world: World) -> None:
    walk, opinion = asked(world)
    stand_in(world, "manager", "security_one")
    walk.vote(opinion, "security_two")
    vote = Vote.objects.get()
    barred = world.person_id("security_one")
    assert barred.hex in vote.barred
    assert world.person_id("hr").hex in vote.barred
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE recruitment_vote SET person_id = %s, entry_id = entry_id + 1 WHERE id = %s",
            [each.hex if connection.vendor == "sqlite" else each for each in (barred, vote.pk)],
        )


def lifted(world: World) -> tuple[Walk, object]:
    """An opinion that advised against, lifted to the head."""
    walk, opinion = asked(world)
    walk.vote(opinion, "security_one", Ballot("advised_against", reasons=REASONS))
    case = walk.case()
    if case.opinion(opinion).approvers == 2 and case.opinion(opinion).state == "half_given":
        walk.vote(opinion, "security_two")
        case = walk.case()
    escalate_opinion(case, by=world.actor("manager"), opinion=case.opinion(opinion), reason=REASONS)
    return walk, opinion


def settles(world: World, walk: Walk, opinion: object) -> None:
    case = walk.case()
    decide_escalation(
        case, by=world.actor("head"), opinion=case.opinion(opinion), overrule=True, reason=REASONS
    )


@pytest.mark.parametrize("tied", ["manager", "security_one", "hr"])
def test_whoever_is_tied_to_one_kept_apart_does_not_decide_after_the_lift(world: World, tied: str) -> None:
    walk, opinion = lifted(world)
    stand_in(world, tied, "head")
    with pytest.raises((Denied, SamePerson)):
        settles(world, walk, opinion)


def test_the_database_refuses_a_decision_after_a_lift_of_one_who_is_kept_apart(world: World) -> None:
    walk, opinion = lifted(world)
    stand_in(world, "hr", "other_hr")
    settles(world, walk, opinion)
    row = Opinion.objects.get(pk=opinion)
    assert row.state == "overruled"
    for name in ("hr", "other_hr", "manager", "security_one"):
        barred = world.person_id(name)
        assert barred.hex in row.escalation_barred, name
        with pytest.raises(IntegrityError):
            written("recruitment_opinion", "escalation_by_id", barred, row.pk)


def test_the_database_refuses_a_decision_of_one_who_has_opined(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.vote(walk.ask_opinion(finalist), "security_one")
    walk.sign(finalist)
    with pytest.raises(IntegrityError):
        written(
            "recruitment_decision",
            "decided_by_id",
            world.person_id("security_one"),
            Decision.objects.get().pk,
        )


def written(table: str, column: str, person: UUID, pk: UUID) -> None:
    """What an administrator with the database would write; only the rule can refuse it."""
    values = [each.hex if connection.vendor == "sqlite" else each for each in (person, pk)]
    statement = "UPDATE {} SET {} = %s, entry_id = entry_id + 1 WHERE id = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column), values)
