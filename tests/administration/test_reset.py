"""A lost sign-in begins anew: proposed by one, confirmed by another who has seen the person, and told to her alone."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.models import AccountProposal
from vetting.accounts.models import Account, SubjectBinding


def propose(world: World, name: str, by: str = "administrator") -> int:
    address = f"/behorigheter/konton/{world.accounts[name].pk}/aterstall/"
    return client_of(world, by, fresh=True).post(address, filled()).status_code


def answer(world: World, by: str, what: str = "", **more: str) -> tuple[int, str]:
    proposal = AccountProposal.objects.get()
    address = f"/behorigheter/aterstallning/{proposal.pk}/{what}"
    found = client_of(world, by, fresh=True).post(address, filled(**more))
    return found.status_code, found.content.decode()


def test_the_binding_at_the_municipalitys_sign_in_goes_with_it(world: World) -> None:
    """Bound by mistake, or the provider was changed: the next sign-in there binds the account anew."""
    for name in ("hr", "other_hr"):
        SubjectBinding.objects.create(account=world.accounts[name], issuer="https://idp", subject=name)
    assert propose(world, "hr") == 302
    assert SubjectBinding.objects.count() == 2, "a proposal changes nothing"
    assert answer(world, "hr_head", has_seen="on")[0] == 200
    assert [each.subject for each in SubjectBinding.objects.all()] == ["other_hr"]


def test_whoever_confirms_gets_the_password_and_everybody_is_signed_out(world: World) -> None:
    signed_in = client_of(world, "hr")
    assert propose(world, "hr") == 302
    assert Account.objects.get(username="hr").check_password("hemligt-lösenord-7"), (
        "a proposal changes nothing"
    )
    assert answer(world, "hr_head")[0] == 422, "she has to say that she has seen the person"
    status, page = answer(world, "hr_head", has_seen="on")
    assert status == 200
    secret = re.search(r"<code>([a-z2-9-]{24})</code>", page)
    assert secret is not None
    account = Account.objects.get(username="hr")
    assert account.check_password(secret[1])
    assert account.must_change_password
    assert signed_in.get("/arbete/").status_code == 302
    assert Client().post("/logga-in/", {"login": "hr", "password": "hemligt-lösenord-7"}).status_code == 200
    assert [
        e.action
        for e in Entry.objects.filter(subject=account.pk, action__startswith="account.reset").order_by("id")
    ] == [
        "account.reset_proposed",
        "account.reset_confirmed",
    ]
    assert not any(secret[1] in str(row) for row in Entry.objects.values_list())
    assert answer(world, "hr_head", has_seen="on")[0] == 409


@pytest.mark.parametrize(
    ("about", "by", "status"),
    [
        ("hr", "administrator", 404),
        ("hr", "hr", 404),
        ("hr", "auditor", 404),
        ("hr_head", "hr_head", 404),
        ("hr_head", "security_head", 200),
        ("employee", "hr_head", 200),
        ("auditor", "hr_head", 200),
    ],
)
def test_who_confirms_whose(world: World, about: str, by: str, status: int) -> None:
    assert propose(world, about) == 302
    assert answer(world, by, has_seen="on")[0] == status


def test_a_head_of_one_authority_confirms_nothing_outside_it(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    propose(world, "security_one")
    assert answer(world, "school_head", has_seen="on")[0] == 404


def test_nobody_proposes_her_own_and_none_is_proposed_twice(world: World) -> None:
    world.accounts["second"] = Account.objects.create_user(
        "second", None, person=world.person("administrator")
    )
    assert propose(world, "administrator") == 404
    assert propose(world, "second") == 404
    assert propose(world, "hr", by="hr_head") == 404
    assert propose(world, "hr") == 302
    assert propose(world, "hr") == 409


def test_no_is_an_answer(world: World) -> None:
    propose(world, "hr")
    assert answer(world, "administrator", "avsla/")[0] == 404
    assert answer(world, "hr_head", "avsla/")[0] == 302
    assert AccountProposal.objects.get().state == "rejected"
    assert answer(world, "hr_head", has_seen="on")[0] == 409
    assert Account.objects.get(username="hr").check_password("hemligt-lösenord-7")


@pytest.mark.parametrize(
    "change",
    [
        "state = 'confirmed'",
        "state = 'confirmed', answered_on = proposed_on, answered_by_id = proposed_by_id",
        "state = 'confirmed', answered_on = proposed_on, answered_by_id = person_id",
        "proposed_by_id = person_id",
        "kind = 'link'",
        "other_person_id = proposed_by_id",
    ],
)
def test_the_database_refuses_one_signature(world: World, change: str) -> None:
    propose(world, "hr")
    key = AccountProposal.objects.get().pk
    statement = "update access_accountproposal set {}, entry_id = entry_id + 1 where id = %s"
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused, transaction.atomic():
        cursor.execute(statement.format(change), [key.hex if connection.vendor == "sqlite" else key])
    assert "check" in str(refused.value).lower()
