"""A conflict of interest has a way forward whoever it concerns, and one that the number tells shuts out by itself."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from tests.administration.delegations import stand_in
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.demands import demands_on
from vetting.access.door import Denied, ask
from vetting.crypto import blind_index
from vetting.oversight.models import StaffNumber
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE, edit_candidacy
from vetting.recruitment.actions.declaration import (
    decide_declaration,
    give_declaration,
    lift_recusal,
    set_recusal,
)
from vetting.recruitment.models import Opinion, Recusal, Vote
from vetting.recruitment.queries.declarations import waiting_for
from vetting.recruitment.queries.opinions import next_for

NUMBER = "19800101-2387"
REASON = "Slutkandidaten är granne, inget mer."


@pytest.fixture
def walk(world: World) -> Walk:
    return Walk(world, "buyer").open()


@pytest.fixture
def looked_at(world: World) -> Walk:
    """A recruitment in which the number is needed: the finalist's companies are to be looked at."""
    return Walk(world, "buyer").open({"company_roles_decided": True})


def of(walk: Walk, name: str) -> Recusal:
    found = walk.case().recusal_of(walk.world.person_id(name))
    assert found is not None
    return found


def decided(walk: Walk, name: str, by: str, participates: bool = False) -> None:
    case = walk.case()
    recusal = case.recusal_of(walk.world.person_id(name))
    assert recusal is not None
    decide_declaration(
        case, by=walk.world.actor(by), recusal=recusal, participates=participates, reason=REASON
    )


def numbered(walk: Walk) -> Any:
    """A finalist whose number a check needs, entered."""
    finalist = walk.finalist()
    case = walk.case()
    edit_candidacy(case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk), number=NUMBER)
    return finalist


def works_here(world: World, name: str) -> None:
    digest = blind_index.digest(INDEX_PURPOSE, NUMBER.replace("-", ""))
    StaffNumber.objects.create(person=world.person(name), digest=digest)


def test_a_finalist_who_works_here_is_shut_out_when_the_number_is_entered(
    world: World, looked_at: Walk
) -> None:
    works_here(world, "other_hr")
    world.hire("other_hr", "hr_officer", unit=world.units["procurement"])
    client = client_of(world, "other_hr")
    assert client.get(f"/rekryteringar/{looked_at.pk}/").status_code == 200
    numbered(looked_at)
    own = of(looked_at, "other_hr")
    assert (own.state, own.by_match, own.decided_by_id) == ("excluded", True, None)
    assert client.get(f"/rekryteringar/{looked_at.pk}/").status_code == 404
    assert client.get(f"/rekryteringar/{looked_at.pk}/deltar-inte/").status_code == 404
    entry = Entry.objects.get(action="recusal.set")
    assert (entry.actor_person, entry.actor_role, entry.subject) == (None, "system", looked_at.pk)
    assert looked_at.case().candidacies[0].number is not None


def test_neither_timeline_nor_declarations_tell_those_who_may_not_list(world: World, looked_at: Walk) -> None:
    works_here(world, "other_hr")
    numbered(looked_at)
    for page in ("handelser/", "jav/", "atkomst/", ""):
        told = client_of(world, "hr").get(f"/rekryteringar/{looked_at.pk}/{page}").content.decode()
        assert "Other Hr" not in told, page
        assert "satte jäv" not in told, page
    assert client_of(world, "hr").get(f"/rekryteringar/{looked_at.pk}/deltar-inte/").status_code == 404
    for name in ("hr_head", "security_head", "auditor", "manager"):
        told = client_of(world, name).get(f"/rekryteringar/{looked_at.pk}/deltar-inte/").content.decode()
        assert "Other Hr" in told, name


def test_a_list_taken_in_later_shuts_out_too_and_a_lift_holds(
    world: World, looked_at: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    finalist = numbered(looked_at)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"other_hr;{NUMBER}\n"))
    call_command("staff_numbers", stdout=io.StringIO())
    case = looked_at.case()
    recusal = case.recusal_of(world.person_id("other_hr"))
    assert recusal is not None
    assert recusal.state == "excluded"
    lift_recusal(case, by=world.actor("hr_head"), recusal=recusal, reason=REASON)
    case = looked_at.case()
    edit_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), number=NUMBER)
    assert of(looked_at, "other_hr").state == "participates"


def test_only_a_match_is_without_a_person_who_decided(world: World, looked_at: Walk) -> None:
    works_here(world, "other_hr")
    numbered(looked_at)
    key = of(looked_at, "other_hr").pk
    for change, value in (("by_match = %s", False), ("state = %s", "participates")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            statement = "UPDATE recruitment_recusal SET {}, entry_id = entry_id + 1 WHERE id = %s"
            cursor.execute(
                statement.format(change), [value, key.hex if connection.vendor == "sqlite" else key]
            )


def test_the_managers_manager_decides_where_the_manager_stands_aside(world: World, walk: Walk) -> None:
    world.hire("director", "hiring_manager", unit=world.units["executive"])
    world.hire("director", "hiring_manager", unit=world.units["procurement"])
    head = world.person("head")
    head.line_manager = world.person("director")
    put(head)
    give_declaration(walk.case(), by=world.actor("manager"), interest="Är släkt med en slutkandidat.")
    assert len(waiting_for(world.actor("head"))) == 1
    assert waiting_for(world.actor("director")) == []
    with pytest.raises(Denied):
        decided(walk, "manager", "director")
    set_recusal(
        walk.case(), by=world.actor("security_head"), person_id=world.person_id("head"), reason=REASON
    )
    assert waiting_for(world.actor("head")) == []
    assert len(waiting_for(world.actor("director"))) == 1
    with pytest.raises(Denied):
        decided(walk, "manager", "head")
    decided(walk, "manager", "director", participates=True)
    assert of(walk, "manager").state == "participates"


def test_without_a_manager_the_head_of_hr_decides_and_of_her_own_the_head_of_security(
    world: World, walk: Walk
) -> None:
    person = world.person("hr")
    person.line_manager = None
    put(person)
    give_declaration(walk.case(), by=world.actor("hr"), interest="Är granne med en slutkandidat.")
    assert len(waiting_for(world.actor("hr_head"))) == 1
    decided(walk, "hr", "hr_head")
    assert of(walk, "hr").state == "excluded"
    set_recusal(
        walk.case(), by=world.actor("security_head"), person_id=world.person_id("hr_head"), reason=REASON
    )
    assert of(walk, "hr_head").state == "excluded"


def test_the_place_of_an_approver_who_is_shut_out_is_free_again(world: World) -> None:
    walk = Walk(world, "buyer_lead").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one")
    set_recusal(
        walk.case(), by=world.actor("security_head"), person_id=world.person_id("security_one"), reason=REASON
    )
    assert Opinion.objects.get(pk=opinion).state == "requested"
    assert Vote.objects.get().state == "withdrawn"
    assert client_of(world, "security_one").get(f"/godkannanden/{walk.pk}/{opinion}/").status_code == 404
    found = next_for(world.actor("security_three"))
    assert found is not None
    assert found.pk == opinion
    walk.vote(opinion, "security_two")
    walk.vote(opinion, "security_three")
    assert Opinion.objects.get(pk=opinion).state == "approved"


def test_a_substitute_declares_and_is_shut_out_until_decided(world: World, walk: Walk) -> None:
    world.hire("stranger", None, manager="head")
    stand_in(world, "manager", "stranger")
    client = client_of(world, "stranger")
    assert client.get(f"/rekryteringar/{walk.pk}/javsforklaring/").status_code == 200
    answer = client.post(
        f"/rekryteringar/{walk.pk}/javsforklaring/", filled(interest="Är granne med en av dem.")
    )
    assert answer.status_code == 302
    assert of(walk, "stranger").state == "declared"
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 404
    actor = world.actor("stranger")
    assert not ask(actor, "recruitment.hold", walk.case().facts_for(actor)).allowed


def test_who_stands_in_for_a_role_signs_in_as_strictly_as_the_role(world: World) -> None:
    world.hire("stranger", None)
    assert demands_on(world.accounts["stranger"]).second_factor == "none"
    stand_in(world, "hr", "stranger")
    assert demands_on(world.accounts["stranger"]).second_factor == "required"
