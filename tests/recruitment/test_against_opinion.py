"""After *avstyrks*: where the opinion binds nobody but the lift decides; where it is consultation the delegate may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.opinions import REASONS, ask, ballot
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, put
from vetting.crypto.sealed import Opening, unseal
from vetting.organisation.models import DelegationPoint
from vetting.recruitment.actions.decision import Terms, sign_decision
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.opinion import escalate_opinion, prepare_opinion
from vetting.recruitment.models import Decision

WHY = "Kompetensen saknas i dag, och två personer beslutar tillsammans under ett år."
Refused = tuple[Walk, Any, UUID]


def refused_in(world: World, *, binds: bool) -> Refused:
    """A buyer whom the security function advises against, with everything else ready for the decision."""
    world.other_authority.opinion_binds = binds
    put(world.other_authority)
    for unit in world.units.values():
        unit.authority.refresh_from_db()
    walk, finalist, opinion = ask(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    return walk, finalist, opinion


@pytest.fixture
def consulted(world: World) -> Refused:
    """Where the authority has the opinion as consultation."""
    return refused_in(world, binds=False)


@pytest.fixture
def bound(world: World) -> Refused:
    """Where the authority has decided that the opinion binds."""
    return refused_in(world, binds=True)


def page_of(walk: Walk, finalist: Any, name: str = "manager") -> str:
    """The decision's page as a person sees it."""
    address = f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/"
    return str(client_of(walk.world, name).get(address).content.decode())


def press(walk: Walk, finalist: Any, **typed: str) -> Any:
    """*Besluta om anställning* by the manager."""
    fields = filled(planned_start=walk.on.isoformat(), trial_period="0", **typed)
    return client_of(walk.world, "manager").post(
        f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/besluta/", fields
    )


def sign(walk: Walk, finalist: Any, against: str = WHY, by: str = "manager") -> None:
    case = walk.case()
    sign_decision(
        case, by=walk.world.actor(by), candidacy=case.candidacy(finalist.pk), terms=Terms(walk.on),
        answers={"trial_period": False}, against=against,
    )  # fmt: skip


def test_where_it_binds_the_delegate_cannot_decide(bound: Refused) -> None:
    walk, finalist, opinion = bound
    with pytest.raises(WrongState):
        sign(walk, finalist)
    shown = page_of(walk, finalist)
    assert "Säkerhetsyttrandet är bindande" in shown
    assert "Vägar framåt" in shown
    assert 'name="against"' not in shown
    answer = press(walk, finalist, against=WHY)
    assert answer.status_code == 409
    assert "Säkerhetsyttrandet är bindande här" in answer.content.decode()
    assert Entry.objects.filter(action="action.refused").exists()
    assert not Decision.objects.exists()
    ways = client_of(walk.world, "manager").get(f"/godkannanden/{walk.pk}/{opinion}/lyft/").content.decode()
    assert "Bindande" in ways
    assert "Besluta mot yttrandet" not in ways
    assert (
        "Bindande"
        in client_of(walk.world, "security_one").get(f"/godkannanden/{walk.pk}/{opinion}/").content.decode()
    )
    case = walk.case()
    escalate_opinion(case, by=walk.world.actor("manager"), opinion=case.opinion(opinion), reason=WHY)
    assert walk.case().candidacy(finalist.pk).state == "escalated"


def test_where_it_is_consultation_the_delegate_decides_with_a_sealed_reason(consulted: Refused) -> None:
    walk, finalist, opinion = consulted
    ways = client_of(walk.world, "manager").get(f"/godkannanden/{walk.pk}/{opinion}/lyft/").content.decode()
    assert "Besluta mot yttrandet" in ways
    assert "Samråd" in ways
    shown = page_of(walk, finalist)
    assert "yttrandet samråd: du får besluta mot det" in shown
    assert "Varför beslutar du mot säkerhetsyttrandet?" in shown
    for too_little in ("", "För kort"):
        answer = press(walk, finalist, against=too_little)
        assert answer.status_code == 200
        assert not Decision.objects.exists()
        assert walk.case().opinion(opinion).state == "refused"
    assert press(walk, finalist, against=WHY).status_code == 302
    case = walk.case()
    given = case.opinion(opinion)
    assert (given.state, case.candidacy(finalist.pk).state) == ("set_aside", "selected")
    assert given.set_aside_by_id == walk.world.person_id("manager")
    assert unseal(given, "set_aside_reason", Opening(entry_id=0)) == WHY
    assert case.decisions[0].opinion_id == opinion
    entry = Entry.objects.get(action="opinion.set_aside")
    assert set(entry.facts) == {"role", "reference", "candidacy", "round"}
    assert Entry.objects.filter(action="decision.signed").count() == 1
    assert not list(findings())


def test_the_reason_is_read_by_the_security_function_after_an_entry_and_by_nobody_in_passing(
    consulted: Refused,
) -> None:
    walk, finalist, opinion = consulted
    sign(walk, finalist)
    for name in ("hr", "manager", "security_one", "registrar"):
        client = client_of(walk.world, name)
        for address in (f"/rekryteringar/{walk.pk}/", f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/"):
            assert WHY not in client.get(address).content.decode()
    one = client_of(walk.world, "security_one")
    page = f"/godkannanden/{walk.pk}/{opinion}/"
    assert WHY not in one.get(page).content.decode()
    one.post(f"{page}visa-skal/")
    shown = one.get(page).content.decode()
    assert WHY in shown
    assert REASONS in shown
    assert "Beslutat mot yttrandet" in shown


def test_it_is_counted(consulted: Refused) -> None:
    walk, finalist, _opinion = consulted
    head = client_of(walk.world, "security_head")
    assert "0 lyfta och 0 beslutade mot yttrandet" in head.get("/godkannanden/").content.decode()
    sign(walk, finalist)
    assert "0 lyfta och 1 beslutade mot yttrandet" in head.get("/godkannanden/").content.decode()


def test_a_number_in_the_reason_is_asked_about_and_nothing_is_lost(consulted: Refused) -> None:
    walk, finalist, _opinion = consulted
    text = f"{WHY} Gäller 19811228-9874."
    answer = press(walk, finalist, against=text)
    assert answer.status_code == 200
    assert "personnummer" in answer.content.decode()
    assert text in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("reason", ["", "kort"])
def test_without_a_reason_the_action_refuses(consulted: Refused, reason: str) -> None:
    walk, finalist, opinion = consulted
    with pytest.raises(BadInput) as error:
        sign(walk, finalist, against=reason)
    assert error.value.errors == {"against": "too_short"}
    assert walk.case().opinion(opinion).state == "refused"


def test_what_else_is_missing_still_stops_it_and_nothing_is_written(world: World) -> None:
    from vetting.recruitment.actions.errors import NotComplete

    walk, finalist, opinion = ask(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    with pytest.raises(NotComplete):
        sign(walk, finalist)
    assert walk.case().opinion(opinion).state == "refused"
    assert not Entry.objects.filter(action="opinion.set_aside").exists()


def test_a_policy_that_has_become_binding_since_binds(consulted: Refused) -> None:
    walk, finalist, _opinion = consulted
    walk.world.other_authority.opinion_binds = True
    put(walk.world.other_authority)
    with pytest.raises(WrongState):
        sign(walk, finalist)


def test_a_round_that_bound_when_it_was_asked_for_binds_still(bound: Refused) -> None:
    walk, finalist, opinion = bound
    walk.world.other_authority.opinion_binds = False
    put(walk.world.other_authority)
    with pytest.raises(WrongState):
        sign(walk, finalist)
    given = walk.case().opinion(opinion)
    given.state, given.set_aside_by, given.set_aside_on = "set_aside", walk.world.person("head"), walk.on
    given.set_aside_reason = given.recommendation
    with pytest.raises(IntegrityError), transaction.atomic():
        put(given)


def test_neither_the_preparer_nor_whoever_opined_signs_against_it(consulted: Refused) -> None:
    walk, finalist, opinion = consulted
    world = walk.world
    for name in ("hr", "security_one"):
        put(
            DelegationPoint(
                unit=world.units["procurement"], code="4.3", forms=EVERY_FORM, delegate=world.person(name),
                is_substitute=True, valid_from=world.today - timedelta(days=1),
            )
        )  # fmt: skip
        world.hire(name, "hiring_manager", unit=world.units["procurement"])
        with pytest.raises(SamePerson):
            sign(walk, finalist, by=name)
    given = walk.case().opinion(opinion)
    given.set_aside_by = world.person("hr")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(given)


def test_after_a_refusal_no_new_round_is_prepared_over_it(consulted: Refused) -> None:
    walk, finalist, _opinion = consulted
    case = walk.case()
    with pytest.raises(WrongState):
        prepare_opinion(case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk))
