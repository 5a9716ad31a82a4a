"""A guest approver: proposed and confirmed by two heads, for one recruitment and fourteen days, then nobody again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import clock
from audit.models import Entry
from tests.recruitment.guests import HOME, WHY, asked, confirmed, invited, proposed, votes, wanted
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied, ask
from vetting.administration.actions.roles import locked_role, revoke_role, withdraw_role
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.errors import BadInput, Refused, WrongState
from vetting.recruitment.models import GuestInvitation, Opinion, RecruitmentGrant, Vote


@contextmanager
def days_later(world: World, days: int) -> Iterator[None]:
    moment = datetime.combine(world.today + timedelta(days=days), time(12), STOCKHOLM)
    with clock.at(moment):
        yield


def page_of(walk: Walk, opinion: Any) -> str:
    return f"/godkannanden/{walk.pk}/{opinion}/"


def test_a_guest_is_let_in_by_two_heads_and_opines(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    client = client_of(world, "guest", fresh=True)
    invitation = proposed(walk)
    assert client.get(page_of(walk, opinion)).status_code == 404
    confirmed(walk, invitation)
    assert client.get(page_of(walk, opinion)).status_code == 200
    answer = client.post(f"{page_of(walk, opinion)}yttrande/", filled(outcome="supported"))
    assert answer.status_code == 302
    assert Opinion.objects.get(pk=opinion).state == "approved"
    vote = Vote.objects.get()
    assert (vote.person_id, vote.is_guest, vote.needs_guest) == (world.person_id("guest"), True, True)
    entry = Entry.objects.get(action="opinion.vote_recorded")
    assert entry.actor_role == "guest_approver"


@pytest.mark.parametrize(
    ("proposer", "confirmer"),
    [("hr_head", "hr_head"), ("hr_head", "guest"), ("hr_head", "administrator"), ("hr_head", "hr")],
)
def test_nobody_lets_a_guest_in_alone_nor_the_guest_herself(
    world: World, proposer: str, confirmer: str
) -> None:
    walk, _finalist, _opinion = asked(world)
    invitation = proposed(walk, by=proposer)
    with pytest.raises(Denied):
        confirmed(walk, invitation, by=confirmer)
    assert not RecruitmentGrant.objects.filter(user=world.accounts["guest"]).exists()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("hr_head", True), ("security_head", True), ("hr", False), ("manager", False), ("security_one", False),
        ("administrator", False), ("auditor", False), ("guest", False), ("employee", False),
    ],
)  # fmt: skip
def test_who_may_propose_follows_the_matrix(world: World, name: str, may: bool) -> None:
    walk, _finalist, _opinion = asked(world)
    assert (client_of(world, name).get(f"/rekryteringar/{walk.pk}/gast/").status_code == 200) is may
    if may:
        proposed(walk, by=name)
    else:
        with pytest.raises(Denied):
            proposed(walk, by=name)


def test_whoever_stands_aside_neither_proposes_nor_confirms(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    invitation = proposed(walk, by="hr_head")
    set_recusal(
        walk.case(),
        by=world.actor("hr_head"),
        person_id=world.person_id("security_head"),
        reason="Är syskon till en.",
    )
    with pytest.raises(Denied):
        confirmed(walk, invitation)
    with pytest.raises(Denied):
        proposed(walk, by="security_head")
    client = client_of(world, "security_head", fresh=True)
    shown = client.get(f"/behorigheter/roller/{invitation.role_grant_id}/").content.decode()
    assert walk.case().recruitment.reference not in shown
    assert WHY not in shown


@pytest.mark.parametrize(
    "name", ["manager", "hr", "security_one", "security_head", "registrar", "auditor", "hr_head"]
)
def test_a_guest_comes_from_outside(world: World, name: str) -> None:
    walk, _finalist, _opinion = asked(world)
    with pytest.raises((BadInput, Denied)):
        proposed(walk, wanted(world, name))
    assert not GuestInvitation.objects.exists()


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (13, True), (14, False), (400, False)])
def test_for_fourteen_days_at_most(world: World, days: int, may: bool) -> None:
    walk, _finalist, _opinion = asked(world)
    last = world.today + timedelta(days=days)
    if may:
        assert invited(walk, wanted(world, last=last)).role_grant.valid_to == last
        return
    with pytest.raises(BadInput) as refused:
        proposed(walk, wanted(world, last=last))
    assert refused.value.errors == {"last_day": "guest_days"}


def test_it_ends_by_itself(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    invited(walk)
    with days_later(world, 13):
        assert client_of(world, "guest").get(page_of(walk, opinion)).status_code == 200
    with days_later(world, 14):
        assert client_of(world, "guest").get(page_of(walk, opinion)).status_code == 404
        assert client_of(world, "guest").get("/godkannanden/").status_code == 404
        assert world.actor("guest").roles[0].role == "employee"
        with pytest.raises(Denied):
            votes(walk, opinion, "guest")


def test_it_ends_at_once_when_the_role_is_revoked(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    invitation = invited(walk)
    with locked_role(invitation.role_grant_id) as grant:
        revoke_role(grant, by=world.actor("administrator"), reason="not_needed")
    assert client_of(world, "guest").get(page_of(walk, opinion)).status_code == 404
    assert not RecruitmentGrant.objects.filter(user=world.accounts["guest"]).exists()


def test_one_recruitment_and_no_other(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    other = Walk(world, "recruiter").open()
    finalist = other.finalist()
    other.ready(finalist)
    theirs = other.ask_opinion(finalist)
    invited(walk)
    client = client_of(world, "guest", fresh=True)
    for address in (
        f"/rekryteringar/{other.pk}/", page_of(other, theirs), f"/rekryteringar/{walk.pk}/atkomst/", "/anstallningar/",
        "/rekryteringar/sok/", "/granskning/", "/behorigheter/", "/befattningar/", "/rekryteringar/ny/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.post(f"{page_of(other, theirs)}yttrande/", filled(outcome="supported")).status_code == 404
    for address in ("/rekryteringar/?visa=alla", "/godkannanden/?visa=alla"):
        shown = client.get(address).content.decode()
        assert walk.case().recruitment.reference in shown, address
        assert other.case().recruitment.reference not in shown, address


def test_a_second_invitation_does_not_lengthen_the_first(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    invited(walk, wanted(world, last=world.today + timedelta(days=2)))
    other = Walk(world, "recruiter").open()
    invited(other)
    with days_later(world, 3):
        assert client_of(world, "guest").get(f"/rekryteringar/{other.pk}/").status_code == 200
        assert client_of(world, "guest").get(page_of(walk, opinion)).status_code == 404
        again = invited(walk, wanted(world, last=world.today + timedelta(days=9)))
        assert again.role_grant.valid_to == world.today + timedelta(days=9)
        assert client_of(world, "guest").get(page_of(walk, opinion)).status_code == 200


@pytest.mark.parametrize("days", [14, 300])
def test_the_database_refuses_a_longer_role(world: World, days: int) -> None:
    walk, _finalist, _opinion = asked(world)
    role = invited(walk).role_grant
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_rolegrant SET valid_to = %s, entry_id = entry_id + 1 WHERE id = %s",
            [world.today + timedelta(days=days), role.pk.hex if connection.vendor == "sqlite" else role.pk],
        )


def test_the_pages_tell_who_is_invited_and_until_when(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    client = client_of(world, "hr_head", fresh=True)
    address = f"/rekryteringar/{walk.pk}/gast/"
    last = world.today + timedelta(days=9)
    data = filled(username="guest", home=HOME, because="hr_function", last_day=last.isoformat(), reason=WHY)
    for _click in range(2):
        assert client.post(address, data).status_code == 302
    invitation = GuestInvitation.objects.get()
    shown = client.get(address).content.decode()
    assert HOME in shown
    assert "Föreslagen" in shown
    second = client_of(world, "security_head", fresh=True)
    role = second.get(f"/behorigheter/roller/{invitation.role_grant_id}/").content.decode()
    assert WHY in role
    assert walk.case().recruitment.reference in role
    assert (
        second.post(f"/behorigheter/roller/{invitation.role_grant_id}/bekrafta/", filled()).status_code == 302
    )
    access = client.get(f"/rekryteringar/{walk.pk}/atkomst/").content.decode()
    assert "Tilldelad som Gästyttrare av Security Head" in access
    assert ", till och med" in access
    own = client_of(world, "guest").get("/min-atkomst/").content.decode()
    assert "Gästyttrare" in own
    assert "Gäller till och med" in own
    timeline = client.get(f"/rekryteringar/{walk.pk}/handelser/").content.decode()
    assert "föreslog gästyttrare" in timeline
    assert "Gästyttrare" in timeline.split("föreslog gästyttrare")[0]


@pytest.mark.parametrize("name", ["nobody-at-all", "security_one", "hr_head"])
def test_the_form_does_not_tell_which_accounts_there_are(world: World, name: str) -> None:
    walk, _finalist, _opinion = asked(world)
    last = (world.today + timedelta(days=3)).isoformat()
    answer = client_of(world, "hr_head").post(
        f"/rekryteringar/{walk.pk}/gast/",
        filled(username=name, home=HOME, because="hr_function", last_day=last, reason=WHY),
    )
    assert "Kontot finns inte, eller är någons" in answer.content.decode()
    assert not GuestInvitation.objects.exists()


def test_once_at_a_time_and_taken_back_by_the_proposer(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    invitation = proposed(walk)
    with pytest.raises(Refused):
        proposed(walk)
    with locked_role(invitation.role_grant_id) as grant:
        withdraw_role(grant, by=world.actor("hr_head"))
    with pytest.raises(WrongState):
        confirmed(walk, invitation)
    invited(walk)


def test_the_guest_reads_what_she_needs_and_drives_nothing(world: World) -> None:
    walk, finalist, opinion = asked(world)
    invited(walk)
    case, actor = walk.case(), world.actor("guest")
    facts = case.facts_for(actor, opinion=case.opinion(opinion), candidacy=case.candidacy(finalist.pk))
    may = {
        "recruitment.view",
        "candidacy.reveal",
        "check.view",
        "check.reveal",
        "opinion.decide",
        "declaration.give",
    }
    never = {
        "opinion.take",
        "opinion.prepare",
        "recruitment.hold",
        "candidacy.edit",
        "recruitment.view_access",
    }
    assert {code for code in may | never if ask(actor, code, facts)} == may
