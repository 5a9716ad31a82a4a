"""Accounts: made without roles for a new person, with a first password shown once; closed at once."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from audit.clock import at, now
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.actor import load_actor
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.administration.actions.roles import Wanted, propose_role

NEW = "/behorigheter/konton/nytt/"


def made(world: World, **more: str) -> tuple[Account, str, str]:
    """A new account by the administrator: the account, its first password, and the page that shows it."""
    sent = filled(**{"name": "Sara Lind", "username": "sara.lind", "email": "sara@example.se", **more})
    answer = client_of(world, "administrator", fresh=True).post(NEW, sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    found = re.search(r"<code>([a-z2-9-]{24})</code>", page)
    assert found is not None
    return Account.objects.get(username=sent["username"]), found[1], page


def test_a_new_account_has_no_role_and_a_password_shown_once(world: World) -> None:
    sent = filled(name="Sara Lind", username="sara.lind", email="", manager="head")
    client = client_of(world, "administrator", fresh=True)
    first = client.post(NEW, sent).content.decode()
    account = Account.objects.get(username="sara.lind")
    secret = re.search(r"<code>([a-z2-9-]{24})</code>", first)
    assert secret is not None
    assert account.check_password(secret[1])
    assert account.must_change_password
    assert account.person.line_manager_id == world.person_id("head")
    assert [held.role for held in load_actor(account).roles] == ["employee"]
    again = client.post(NEW, sent, follow=True).content.decode()
    assert secret[1] not in again
    assert "visas inte igen" in again
    assert Account.objects.filter(username__startswith="sara").count() == 1
    assert not any(secret[1] in str(row) for row in Entry.objects.values_list())


def test_the_answer_that_shows_the_password_is_kept_nowhere(world: World) -> None:
    sent = filled(name="Sara Lind", username="sara.lind")
    answer = client_of(world, "administrator", fresh=True).post(NEW, sent)
    assert "no-store" in answer.headers["Cache-Control"]


def test_nothing_of_an_account_follows_from_what_is_posted_besides(world: World) -> None:
    """Above all not the person: an account made for somebody who is here already would be a way in as her."""
    account, _secret, _page = made(
        world,
        person=str(world.person_id("hr_head")),
        is_superuser="on",
        is_active="",
        must_change_password="",
        role="hr_head",
        password="sommar-2026-sommar",
    )
    assert account.person_id not in {each.person_id for each in world.accounts.values()}
    assert (account.is_superuser, account.is_active, account.must_change_password) == (False, True, True)
    assert not account.check_password("sommar-2026-sommar")


def test_the_first_password_opens_only_the_page_where_it_is_replaced(world: World) -> None:
    account, secret, _page = made(world)
    client = Client()
    assert client.post("/logga-in/", {"login": account.username, "password": secret}).status_code == 302
    assert client.get("/arbete/").headers["Location"] == reverse("account_change_password")


def test_whoever_confirms_a_role_is_told_while_others_may_know_the_password(world: World) -> None:
    account, _secret, _page = made(world)
    wanted = Wanted(account.person, "hr_officer", world.units["school"], world.today)
    grant = propose_role(wanted, by=world.actor("administrator"))
    address, told = f"/behorigheter/roller/{grant.pk}/", "Det första lösenordet är inte bytt"
    head = client_of(world, "hr_head")
    assert told in head.get(address).content.decode()
    account.must_change_password = False
    account.save()
    assert told not in head.get(address).content.decode()


def test_a_user_name_is_one_persons_whatever_its_case_open_or_closed(world: World) -> None:
    world.accounts["employee"].is_active = False
    world.accounts["employee"].save()
    for username in ("EMPLOYEE", "hr_head", "med mellanslag", ""):
        sent = filled(name="Sara Lind", username=username)
        before = Person.objects.count()
        assert client_of(world, "administrator", fresh=True).post(NEW, sent).status_code == 422, username
        assert Person.objects.count() == before


def test_who_sees_accounts_and_who_makes_them(world: World) -> None:
    for name in world.accounts:
        may_see = name in {"administrator", "auditor"}
        may_make = name == "administrator"
        client = client_of(world, name, fresh=True)
        assert client.get("/behorigheter/konton/").status_code == (200 if may_see else 404), name
        assert client.get(NEW).status_code == (200 if may_make else 404), name
        assert client.post(NEW, filled(name="A B", username=f"a.{name}")).status_code == (
            200 if may_make else 404
        )
        one = f"/behorigheter/konton/{world.accounts['hr'].pk}/"
        assert client.get(one).status_code == (200 if may_see else 404), name
        assert client.get(f"{one}uppgifter/").status_code == (200 if may_make else 404), name


def test_a_closed_account_is_out_at_once_and_for_good(world: World) -> None:
    account = world.accounts["hr"]
    signed_in, elsewhere = client_of(world, "hr"), client_of(world, "hr")
    assert signed_in.get("/arbete/").status_code == elsewhere.get("/arbete/").status_code == 200
    address = f"/behorigheter/konton/{account.pk}/stang/"
    admin = client_of(world, "administrator", fresh=True)
    assert admin.post(address, filled(reason="because")).status_code == 422
    assert admin.post(address, filled(reason="lost")).status_code == 302
    account.refresh_from_db()
    assert not account.is_active
    for client in (signed_in, elsewhere):
        assert client.get("/arbete/").status_code == 302
    answer = Client().post("/logga-in/", {"login": "hr", "password": "hemligt-lösenord-7"})
    assert "stämmer inte" in answer.content.decode()
    Account.objects.filter(pk=account.pk).update(is_active=True)
    assert client_of(world, "hr").get("/arbete/").status_code == 302, "opened by hand in the table"
    Account.objects.filter(pk=account.pk).update(is_active=False)
    entry = Entry.objects.get(action="account.disabled")
    assert entry.subject == account.pk
    assert admin.post(address, filled(reason="lost")).status_code == 409


def test_a_head_closes_accounts_only_of_those_who_work_where_she_reaches(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    head = client_of(world, "school_head", fresh=True)
    for name, status in (("other_hr", 302), ("security_one", 404), ("employee", 404), ("auditor", 404)):
        address = f"/behorigheter/konton/{world.accounts[name].pk}/stang/"
        assert head.post(address, filled(reason="left")).status_code == status, name


def test_a_head_finds_every_account_she_may_close_and_no_other(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    for name in ("school_head", "security_head"):
        client = client_of(world, name)
        page = client.get("/behorigheter/konton/stang/").content.decode()
        for other in world.accounts.values():
            address = f"/behorigheter/konton/{other.pk}/stang/"
            assert (f'href="{address}"' in page) == (client.get(address).status_code == 200), (
                name,
                other.username,
            )
    assert client_of(world, "hr").get("/behorigheter/konton/stang/").status_code == 404


def test_closing_asks_for_the_password_first(world: World) -> None:
    address = f"/behorigheter/konton/{world.accounts['hr'].pk}/stang/"
    page = client_of(world, "administrator").post(address, filled(reason="left")).content.decode()
    assert "Lösenord" in page
    assert Account.objects.get(username="hr").is_active


def test_a_persons_name_is_changed_with_an_entry_that_does_not_hold_it(world: World) -> None:
    address = f"/behorigheter/konton/{world.accounts['hr'].pk}/uppgifter/"
    admin = client_of(world, "administrator", fresh=True)
    seen = admin.get(address).context["form"].seen_value
    sent = filled(name="Hanna Rask", email="", manager="chief", line_manager=str(world.person_id("manager")))
    assert admin.post(address, {**sent, "seen": seen}).status_code == 302
    person = Person.objects.get(pk=world.person_id("hr"))
    assert person.display_name == "Hanna Rask"
    assert person.line_manager_id == world.person_id("head"), "not by one person, whatever is sent"
    stale = admin.post(address, {**filled(name="Någon Annan", email=""), "seen": seen})
    assert stale.status_code == 422
    assert "Hanna" not in str(list(Entry.objects.values_list()))


def test_accounts_are_found_by_name_and_a_protected_person_only_by_user_name(world: World) -> None:
    person = world.person("hr")
    person.is_protected = True
    put(person)
    admin = client_of(world, "administrator")
    for search, found in (("Other Hr", "other_hr"), ("other_h", "other_hr")):
        assert f">{found}<" in admin.get("/behorigheter/konton/", {"namn": search}).content.decode()
    page = admin.get("/behorigheter/konton/").content.decode()
    assert ">hr<" in page
    assert ">Hr<" not in page
    account = admin.get(f"/behorigheter/konton/{world.accounts['hr'].pk}/").content.decode()
    assert "Skyddade personuppgifter" in account


def tried(account: Account, secret: str, hours: int) -> int:
    """The answer to a sign-in so many hours from now."""
    with at(now() + timedelta(hours=hours)):
        sent = {"login": account.username, "password": secret}
        return int(Client().post("/logga-in/", sent).status_code)


def test_a_first_password_opens_once(world: World) -> None:
    """Whoever comes second is told nothing but that it is wrong, and the account's page says what to do."""
    account, secret, _page = made(world)
    assert tried(account, secret, 0) == 302
    assert tried(account, secret, 1) == 200
    one = f"/behorigheter/konton/{account.pk}/"
    assert "har gått ut" in client_of(world, "administrator").get(one).content.decode()


def test_a_first_password_opens_nothing_after_a_day(world: World) -> None:
    account, secret, _page = made(world)
    assert tried(account, secret, 25) == 200
    assert tried(account, secret, 23) == 302
    with at(now() + timedelta(hours=25)):
        one = f"/behorigheter/konton/{account.pk}/"
        assert "har gått ut" in client_of(world, "administrator").get(one).content.decode()


def test_whoever_may_close_an_account_is_led_there_from_its_persons_role(world: World) -> None:
    """The head of HR has no list of accounts; whoever may see the role and not close the account gets no link."""
    grant = RoleGrant.objects.filter(person=world.person("hr"), unit=world.units["executive"]).get()
    page = reverse("role_view", kwargs={"role_grant": grant.pk})
    close = reverse("disable_account", kwargs={"account": world.accounts["hr"].pk})
    client = client_of(world, "hr_head")
    assert close in client.get(page).content.decode()
    assert client.get(close).status_code == 200
    seen = client_of(world, "auditor")
    assert close not in seen.get(page).content.decode()
    assert seen.get(close).status_code == 404
