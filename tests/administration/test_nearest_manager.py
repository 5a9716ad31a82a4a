"""Who is somebody's nearest manager, and so decides on her conflicts of interest, is changed by two persons."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.access.models import AccountProposal
from vetting.accounts.models import Person
from vetting.administration.actions.nearest_manager import confirm_manager, propose_manager, reject_manager
from vetting.administration.actions.proposals import locked_proposal
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.models import Recusal


def manager_of(world: World, name: str) -> Any:
    return Person.objects.get(pk=world.person_id(name)).line_manager_id


def propose(world: World, name: str = "hr", manager: str | None = "chief") -> AccountProposal:
    wanted = world.person(manager) if manager else None
    return propose_manager(world.accounts[name], wanted, by=world.actor("administrator"))


def answer(world: World, proposal: AccountProposal, by: str, act: Any = confirm_manager) -> None:
    with locked_proposal(proposal.pk) as fresh:
        act(fresh, by=world.actor(by))


def test_one_administrator_proposes_and_a_head_confirms_through_the_pages(world: World) -> None:
    one = f"/behorigheter/konton/{world.accounts['hr'].pk}/"
    admin = client_of(world, "administrator", fresh=True)
    assert f"{one}chef/" in admin.get(one).text
    for wrong in ("hr", "nobody.at.all", "head"):
        assert admin.post(f"{one}chef/", filled(manager=wrong)).status_code == 422, wrong
    assert admin.post(f"{one}chef/", filled(manager="chief")).status_code == 302
    assert manager_of(world, "hr") == world.person_id("head"), "nothing is changed by one"
    assert "Närmaste chef" in admin.get(one).text
    assert f"{one}chef/" not in admin.get(one).text, "one at a time"
    proposal = AccountProposal.objects.get(kind="manager")
    there = f"/behorigheter/narmaste-chef/{proposal.pk}/"
    assert admin.get(there).status_code == 404
    head: Client = client_of(world, "security_head", fresh=True)
    assert there in head.get("/behorigheter/").text
    assert "Förslag om konton att svara på" in head.get("/arbete/").text
    assert "Chief" in head.get(there).text
    assert head.post(there, filled()).status_code == 302
    assert manager_of(world, "hr") == world.person_id("chief")
    assert "redan besvarat" in head.get(there).text
    told = Entry.objects.filter(action__startswith="setting.").order_by("id")
    assert [(e.action, e.facts["setting"]) for e in told] == [
        ("setting.proposed", "line_manager"),
        ("setting.confirmed", "line_manager"),
    ]
    assert set(told[1].facts) == {"role", "setting", "result"}
    assert not list(findings())


def test_the_decision_moves_with_the_yes_and_not_before(world: World) -> None:
    walk = Walk(world, "assistant").open()
    row = Recusal.objects.get(recruitment=walk.pk, person=world.person_id("manager"))
    row.state = "declared"
    put(row)

    def decides(name: str) -> bool:
        own = Recusal.objects.get(pk=row.pk)
        return "line_manager" in walk.case().facts_for(world.actor(name), recusal=own).relations

    proposal = propose(world, "manager", "other_manager")
    assert (decides("head"), decides("other_manager")) == (True, False)
    answer(world, proposal, "hr_head")
    assert (decides("head"), decides("other_manager")) == (False, True)


def test_neither_proposer_nor_anybody_it_is_about_answers(world: World) -> None:
    world.hire("security_head", None, manager="head")
    cases = [
        (propose(world, "hr_head", "manager"), "hr_head"),
        (propose(world, "hr", "security_head"), "security_head"),
        (propose(world, "other_hr"), "administrator"),
    ]
    for proposal, name in cases:
        for act in (confirm_manager, reject_manager):
            with pytest.raises(Denied):
                answer(world, proposal, name, act)
    for name in ("administrator", "hr_head"):
        with pytest.raises(IntegrityError), transaction.atomic():
            row = cases[0][0]
            row.refresh_from_db()
            row.answered_by, row.answered_on, row.state = world.person(name), world.today, "confirmed"
            put(row)


def test_nobody_proposes_herself_nor_for_herself(world: World) -> None:
    with pytest.raises(BadInput):
        propose(world, "hr", "administrator")
    with pytest.raises(BadInput):
        propose(world, "administrator", "chief")
    with pytest.raises(BadInput):
        propose(world, "hr", "head")


def test_it_is_rejected_or_made_empty_and_answered_once(world: World) -> None:
    first = propose(world)
    with pytest.raises(WrongState):
        propose(world, "hr", "manager")
    answer(world, first, "hr_head", reject_manager)
    assert manager_of(world, "hr") == world.person_id("head")
    with pytest.raises(WrongState):
        answer(world, first, "security_head")
    second = propose(world, "hr", None)
    answer(world, second, "hr_head")
    assert manager_of(world, "hr") is None
    assert not list(findings())


def test_it_is_found_from_behorigheter_and_ones_own_is_taken_back(world: World) -> None:
    admin = client_of(world, "administrator", fresh=True)
    there = "/behorigheter/konton/?gor=chef"
    assert there in admin.get("/behorigheter/").text
    one = f"/behorigheter/konton/{world.accounts['hr'].pk}/"
    assert f'href="{one}chef/"' in admin.get(there).text
    assert admin.post(f"{one}chef/", filled(manager="chief")).status_code == 302
    proposal = AccountProposal.objects.get(kind="manager")
    back = f"/behorigheter/narmaste-chef/{proposal.pk}/ta-tillbaka/"
    for page in (one, "/behorigheter/"):
        assert back in admin.get(page).text, page
    for name in ("hr_head", "security_head", "hr"):
        client = client_of(world, name, fresh=True)
        assert back not in client.get("/behorigheter/").text
        assert client.post(back, filled()).status_code == 404, name
    sent = filled()
    for _click in range(2):
        assert "tillbakataget" in admin.post(back, sent, follow=True).text
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_by_id) == ("withdrawn", proposal.proposed_by_id)
    assert manager_of(world, "hr") == world.person_id("head")
    assert f"{one}chef/" in admin.get(one).text, "another may be proposed"
    with pytest.raises(WrongState):
        answer(world, proposal, "hr_head")
    for name in ("hr_head", "chief"):
        with pytest.raises(IntegrityError), transaction.atomic():
            row = AccountProposal.objects.get(pk=proposal.pk)
            row.answered_by = world.person(name)
            put(row)
    assert not list(findings())


def test_two_are_not_made_each_others_between_proposal_and_answer(world: World) -> None:
    proposal = propose(world, "hr", "chief")
    answer(world, propose(world, "chief", "hr"), "hr_head")
    with pytest.raises(BadInput):
        answer(world, proposal, "hr_head")
