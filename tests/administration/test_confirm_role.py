"""Confirming, rejecting and withdrawing: another person than who proposed and than who gets it, counted as persons."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tests.administration.proposals import confirmed, proposed
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.administration.actions.roles import confirm_role, locked_role, reject_role, withdraw_role
from vetting.administration.actions.settings import propose_setting
from vetting.recruitment.actions.errors import BadInput, WrongState


def address(grant: RoleGrant, what: str = "") -> str:
    return f"/behorigheter/roller/{grant.pk}/{what}"


def pressed(world: World, name: str, grant: RoleGrant, what: str, **more: object) -> int:
    client = client_of(world, name, fresh=True)
    return client.post(address(grant, what), {"once": str(uuid4()), **more}).status_code


@pytest.mark.parametrize("name", ["administrator", "auditor", "data_protection_officer", "hr", "employee"])
def test_who_may_not_confirm(world: World, name: str) -> None:
    grant = proposed(world)
    assert pressed(world, name, grant, "bekrafta/") == 404
    assert pressed(world, name, grant, "avsla/", **filled(reason="wrong_person")) == 404
    grant.refresh_from_db()
    assert grant.state == "proposed"


def test_whoever_proposed_or_gets_it_never_confirms_whatever_other_role_or_account_she_has(
    world: World,
) -> None:
    """An administrator with a second account that leads a function is still one person."""
    person = world.person("administrator")
    world.accounts["second"] = Account.objects.create_user("second", None, person=person)
    world.hire("second", "hr_head")
    grant = proposed(world)
    own = proposed(world, name="security_head", role="chief", place=world.authority)
    for name, one in (("second", grant), ("administrator", grant), ("security_head", own)):
        assert pressed(world, name, one, "bekrafta/") == 404
        with locked_role(one.pk) as fresh, pytest.raises(Denied):
            confirm_role(fresh, by=world.actor(name))
        with locked_role(one.pk) as fresh, pytest.raises(Denied):
            reject_role(fresh, by=world.actor(name), reason="wrong_person")
    assert confirmed(world, own).state == "active"


def test_a_head_confirms_only_where_she_reaches(world: World) -> None:
    """In her own authority and where an agreement lets her work; for the whole municipality only who reaches all."""
    world.hire("school_head", "hr_head", authority=world.authority)
    elsewhere = proposed(world, place=world.units["procurement"])
    everywhere = proposed(world, name="other_hr", role="hr_head", place=None)
    for grant in (elsewhere, everywhere):
        assert pressed(world, "school_head", grant, "bekrafta/") == 404
        assert client_of(world, "school_head").get(address(grant)).status_code == 404
        assert pressed(world, "hr_head", grant, "bekrafta/") == 302
        grant.refresh_from_db()
        assert grant.state == "active"


def test_what_became_incompatible_meanwhile_is_refused_at_the_signature(world: World) -> None:
    grant = proposed(world)
    world.hire("employee", "security_officer", authority=world.authority)
    with locked_role(grant.pk) as fresh, pytest.raises(BadInput):
        confirm_role(fresh, by=world.actor("hr_head"))
    assert pressed(world, "hr_head", grant, "bekrafta/") == 409
    grant.refresh_from_db()
    assert (grant.state, grant.confirmed_by_id) == ("proposed", None)


def test_a_no_has_a_reason_and_a_person(world: World) -> None:
    grant = proposed(world)
    assert pressed(world, "hr_head", grant, "avsla/", **filled(reason="because")) == 422
    assert pressed(world, "hr_head", grant, "avsla/", **filled(reason="wrong_place")) == 302
    grant.refresh_from_db()
    assert (grant.state, grant.reason, grant.ended_by_id) == (
        "rejected",
        "wrong_place",
        world.person_id("hr_head"),
    )
    assert (
        "Fel enhet eller myndighet" in client_of(world, "administrator").get(address(grant)).content.decode()
    )
    assert pressed(world, "hr_head", grant, "bekrafta/") == 409


def test_only_whoever_proposed_withdraws(world: World) -> None:
    world.hire("administrator_two", "administrator")
    grant = proposed(world)
    for name in ("administrator_two", "hr_head"):
        assert pressed(world, name, grant, "ta-tillbaka/") == 404
    assert pressed(world, "administrator", grant, "ta-tillbaka/") == 302
    with locked_role(grant.pk) as fresh, pytest.raises((WrongState, Denied)):
        withdraw_role(fresh, by=world.actor("administrator"))


def test_the_page_offers_only_what_the_door_allows(world: World) -> None:
    grant = proposed(world)
    offered = {"bekrafta/": "Bekräfta rollen", "avsla/": "Avslå", "ta-tillbaka/": "Ta tillbaka förslaget"}
    for name, words in (
        ("hr_head", {"bekrafta/", "avsla/"}),
        ("administrator", {"ta-tillbaka/"}),
        ("auditor", set()),
    ):
        page = client_of(world, name).get(address(grant)).content.decode()
        assert {what for what in offered if address(grant, what) in page} == words, name


def test_a_signature_needs_the_password_again(world: World) -> None:
    grant = proposed(world)
    page = client_of(world, "hr_head").post(address(grant, "bekrafta/"), {"once": str(uuid4())})
    assert "Lösenord" in page.content.decode()
    grant.refresh_from_db()
    assert grant.state == "proposed"


@pytest.mark.parametrize(
    "change",
    [
        "state = 'active'",
        "state = 'active', confirmed_by_id = proposed_by_id",
        "state = 'active', confirmed_by_id = person_id",
        "proposed_by_id = person_id",
        "proposed_by_id = null",
        "state = 'revoked'",
        "state = 'rejected', ended_by_id = proposed_by_id, ended_on = valid_from, reason = 'wrong_person'",
        "state = 'rejected', ended_by_id = person_id, ended_on = valid_from, reason = 'wrong_person'",
        "state = 'withdrawn', ended_by_id = person_id, ended_on = valid_from",
        "valid_to = '2001-01-01'",
        "role = 'report_recipient'",
        "authority_id = (select authority_id from organisation_unit where id = unit_id)",
    ],
)
def test_the_database_refuses_what_must_never_be(world: World, change: str) -> None:
    """By hand in the database, past the log's triggers: the rules stand in the table itself."""
    grant = proposed(world)
    key = grant.pk.hex if connection.vendor == "sqlite" else grant.pk
    statement = "update access_rolegrant set {}, entry_id = entry_id + 1 where id = %s"
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused, transaction.atomic():
        cursor.execute(statement.format(change), [key])
    said = str(refused.value).lower()
    assert "check" in said or "what a row is about never changes" in said


def test_the_head_sees_which_account_gets_it_and_that_another_has_the_same_name(world: World) -> None:
    """Whoever administers chooses what a new account is called: a name alone says nothing of who is behind it."""
    grant = proposed(world)
    head = client_of(world, "hr_head")
    page = head.get(address(grant)).text
    assert world.accounts["employee"].username in page
    assert "Fler har samma namn" not in page
    put(Person(display_name=world.person("employee").display_name.upper()))
    assert "Fler har samma namn" not in head.get(address(grant)).text, "she can sign in nowhere"
    world.hire("namesake")
    other = world.person("namesake")
    other.display_name = world.person("employee").display_name.upper()
    put(other)
    assert "Fler har samma namn" in head.get(address(grant)).text
    assert "Fler har samma namn" not in client_of(world, "auditor").get(address(grant)).text


def test_the_name_of_a_signer_with_protected_identity_stands_on_no_page(world: World) -> None:
    grant = proposed(world)
    signer = world.person("administrator")
    signer.is_protected = True
    put(signer)
    body = world.authority
    propose_setting(
        body, "sample_percent", 30, "Kommunstyrelsen 2026 § 214.", by=world.actor("administrator")
    )
    head = client_of(world, "hr_head")
    for where in (address(grant), "/behorigheter/", "/behorigheter/installningar/"):
        page = head.get(where).text
        assert "Namnet visas inte" in page, where
        assert signer.display_name not in page, where
