"""A number typed to be rid of an approver gains nothing: she is told of, a head answers, and put right it lapses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.crypto import blind_index
from vetting.oversight.models import Alert, StaffNumber
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE, edit_candidacy
from vetting.recruitment.actions.declaration import confirm_match, lift_recusal, set_recusal
from vetting.recruitment.models import Opinion, Recusal, Vote

HERS, RIGHT, CORRECTED = "19800101-2387", "19800301-2385", "19800302-2384"
REASON = "Frågade henne själv, hon har inte sökt."


@pytest.fixture
def half(world: World) -> tuple[Walk, Any, UUID]:
    """A post on which two opine, one of them has, and the number of the finalist is needed."""
    walk = Walk(world, "buyer_lead").open({"company_roles_decided": True})
    finalist = walk.finalist()
    entered(walk, finalist, RIGHT)
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one")
    digest = blind_index.digest(INDEX_PURPOSE, HERS.replace("-", ""))
    StaffNumber.objects.create(person=world.person("security_one"), digest=digest)
    return walk, finalist, opinion


def entered(walk: Walk, finalist: Any, number: str, by: str = "hr") -> None:
    case = walk.case()
    edit_candidacy(case, by=walk.world.actor(by), candidacy=case.candidacy(finalist.pk), number=number)


def hers(walk: Walk, name: str = "security_one") -> Recusal:
    found = walk.case().recusal_of(walk.world.person_id(name))
    assert found is not None
    return found


def another(walk: Walk) -> Any:
    """One more finalist, whose number does not touch the opinion that is under way about the first."""
    return walk.finalist()


def test_she_is_out_an_auditor_is_told_and_a_head_is_asked(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    entered(walk, another(walk), HERS)
    assert hers(walk).state == "excluded"
    assert Opinion.objects.get(pk=opinion).state == "requested"
    assert Alert.objects.filter(rule="colleague_match").count() == 1
    assert len(hers(walk).match) == 64
    assert "2387" not in hers(walk).match
    head = client_of(walk.world, "security_head", fresh=True)
    listed = head.get("/jav/traffar/").content.decode()
    assert walk.case().recruitment.reference in listed
    assert "Security One" in listed
    assert "Avstängda genom personnummer att svara på" in head.get("/arbete/").content.decode()
    assert client_of(walk.world, "hr").get("/jav/traffar/").status_code == 404
    assert client_of(walk.world, "security_one").get(f"/rekryteringar/{walk.pk}/").status_code == 404


def test_put_right_it_lapses_the_vote_comes_back_and_the_alert_stays(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    other = another(walk)
    entered(walk, other, HERS)
    entered(walk, other, CORRECTED)
    own = hers(walk)
    assert (own.state, own.by_match) == ("participates", False)
    vote = Vote.objects.get(opinion=opinion)
    assert vote.state == "given"
    assert vote.ballot is not None
    assert Opinion.objects.get(pk=opinion).state == "half_given"
    assert Alert.objects.filter(rule="colleague_match", state="open").count() == 1
    walk.vote(opinion, "security_two")
    assert Opinion.objects.get(pk=opinion).state == "approved"


def test_a_head_says_that_it_is_wrong(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    entered(walk, another(walk), HERS)
    address = f"/rekryteringar/{walk.pk}/jav/{hers(walk).pk}/traff/"
    sent = filled(decision="participates", reason=REASON)
    assert client_of(walk.world, "security_head", fresh=True).post(address, sent).status_code == 302
    assert hers(walk).state == "participates"
    assert Vote.objects.get(opinion=opinion).state == "given"


def test_a_head_says_that_it_is_right_and_what_she_opined_is_gone(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    other = another(walk)
    entered(walk, other, HERS)
    address = f"/rekryteringar/{walk.pk}/jav/{hers(walk).pk}/traff/"
    sent = filled(decision="excluded", reason="Hon har sökt tjänsten, säger hon själv.")
    assert client_of(walk.world, "security_head", fresh=True).post(address, sent).status_code == 302
    assert Vote.objects.get(opinion=opinion).ballot is None
    entered(walk, other, CORRECTED)
    assert hers(walk).state == "excluded", "what a head has said is not undone by another number"


def test_whoever_typed_it_answers_nothing_nor_whoever_opines_here(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    world = walk.world
    entered(walk, another(walk), HERS)
    own = hers(walk)
    own.matched_by = world.person("hr_head")
    put(own, "recusal.set")
    for act in (lift_recusal, confirm_match):
        case = walk.case()
        again = case.recusal_of(world.person_id("security_one"))
        assert again is not None
        with pytest.raises(Denied):
            act(case, by=world.actor("hr_head"), recusal=again, reason=REASON)
    again = hers(walk)
    again.decided_by = world.person("hr_head")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(again, "recusal.set")
    walk.vote(opinion, "security_head")
    assert (
        client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/jav/{own.pk}/traff/").status_code
        == 404
    )


def test_the_name_of_somebody_without_a_part_is_not_shown(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, _opinion = half
    world = walk.world
    StaffNumber.objects.all().delete()
    digest = blind_index.digest(INDEX_PURPOSE, HERS.replace("-", ""))
    StaffNumber.objects.create(person=world.person("employee"), digest=digest)
    entered(walk, another(walk), HERS)
    assert hers(walk, "employee").state == "excluded"
    page = client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/deltar-inte/").content.decode()
    assert "En medarbetare utan del i rekryteringen" in page
    assert "Employee" not in page
    assert not Alert.objects.filter(rule="colleague_match").exists()
    for name in ("atkomst/", "jav/"):
        told = client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/{name}").content.decode()
        assert "Employee" not in told, name


def test_no_party_shuts_out_another_and_a_vote_that_falls_is_told_of(half: tuple[Walk, Any, UUID]) -> None:
    walk, _finalist, opinion = half
    world = walk.world
    target, page = world.person_id("security_two"), f"/rekryteringar/{walk.pk}/jav/satt/"
    assert client_of(world, "hr_head").get(page).status_code == 200
    world.hire("security_one", "security_head", authority=world.other_authority)
    with pytest.raises(Denied):
        set_recusal(walk.case(), by=world.actor("security_one"), person_id=target, reason=REASON)
    assert client_of(world, "security_one").get(page).status_code == 404
    assert not Alert.objects.filter(rule="vote_fell").exists()
    set_recusal(
        walk.case(), by=world.actor("hr_head"), person_id=world.person_id("security_one"), reason=REASON
    )
    assert Alert.objects.filter(rule="vote_fell").count() == 1
    assert Vote.objects.get(opinion=opinion).state == "withdrawn"
    row = hers(walk)
    row.decided_by = world.person("manager")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(row, "recusal.set")
