"""Whoever has the database alone neither signs in with a password put there nor takes over an open sign-in."""

import logging

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from audit.integrity import findings
from tests.accounts.conftest import PASSWORD
from vetting.accounts.session_store import SessionStore, content_of, stored_key

pytestmark = pytest.mark.django_db


def as_owner(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [getattr(v, "hex", v) if connection.vendor == "sqlite" else v for v in values]
        )


def found() -> list[tuple[str, object]]:
    return [(each.kind, each.row) for each in findings()]


def test_a_password_that_was_put_there_does_not_open_the_account(anna, sign_in, browser, caplog) -> None:
    assert found() == []
    as_owner(
        "UPDATE accounts_account SET password = %s WHERE id = %s", make_password("angriparens eget"), anna.pk
    )
    with caplog.at_level(logging.ERROR):
        refused = sign_in("anna", "angriparens eget")
    assert refused.status_code == 200, "the same answer as to a wrong password"
    assert browser.get("/konto/").status_code == 302
    assert f"account {anna.pk} is not as this service wrote it" in caplog.text
    assert found() == [("account-edited", anna.pk)]


@pytest.mark.parametrize("column", ["person_id", "username", "must_change_password", "email"])
def test_no_column_that_counts_is_changed_unseen(anna, make_account, sign_in, browser, column: str) -> None:
    bo = make_account("bo")
    sign_in("anna")
    assert browser.get("/konto/").status_code == 200
    value = {"person_id": bo.person_id, "username": "anna2", "must_change_password": True, "email": "x@x"}[
        column
    ]
    as_owner("UPDATE accounts_account SET name = %s WHERE id = %s".replace("name", column), value, anna.pk)
    assert browser.get("/konto/").status_code == 302, "an open sign-in ends"
    assert found() == [("account-edited", anna.pk)]


def test_a_closed_account_is_not_opened(anna, sign_in) -> None:
    anna.is_active = False
    anna.save()
    as_owner("UPDATE accounts_account SET is_active = %s WHERE id = %s", True, anna.pk)
    assert sign_in("anna").status_code == 200
    assert found() == [("account-edited", anna.pk)]


def test_a_password_that_is_changed_here_opens_it(anna, sign_in) -> None:
    anna.set_password("ett annat lösenord")
    anna.save(update_fields=["password"])
    assert found() == []
    assert sign_in("anna", "ett annat lösenord").status_code == 302


def earlier(account, change) -> None:
    """Whoever owns the database puts the account's whole row back as it was before `change`."""
    columns = [field.column for field in account._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        pk = account.pk.hex if connection.vendor == "sqlite" else account.pk
        cursor.execute("SELECT * FROM accounts_account WHERE id = %s", [pk])
        kept = dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
        change()
        for column in columns:
            statement = "UPDATE accounts_account SET name = %s WHERE id = %s".replace("name", f'"{column}"')
            cursor.execute(statement, [kept[column], pk])


def test_an_earlier_row_with_the_old_password_opens_nothing(anna, sign_in, browser, post) -> None:
    sign_in("anna")

    def change() -> None:
        new = "en helt annan mening"
        answer = post(
            "/konto/losenord/",
            {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
        )
        assert answer.status_code == 302
        assert found() == []
        post("/logga-ut/")

    earlier(anna, change)
    assert sign_in("anna").status_code == 200
    assert found() == [("account-edited", anna.pk)]


def test_a_row_of_the_session_table_is_no_cookie(anna, sign_in, browser) -> None:
    sign_in("anna")
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    row = Session.objects.get()
    assert row.session_key == stored_key(cookie) != cookie
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.get("/konto/").status_code == 302
    assert browser.get("/konto/").status_code == 200


def test_what_one_session_holds_says_nothing_in_another(anna, sign_in, browser) -> None:
    sign_in("anna")
    victim = Session.objects.get()
    thief = Client()
    own = SessionStore()
    own.create()
    thief.cookies[settings.SESSION_COOKIE_NAME] = own.session_key
    row = Session.objects.get(session_key=stored_key(own.session_key))
    row.session_data = victim.session_data
    row.save()
    assert thief.get("/konto/").status_code == 302
    assert content_of(row) == {}
    assert content_of(victim)["_auth_user_id"] == str(anna.pk)
    assert browser.get("/konto/").status_code == 200


def test_signing_out_leaves_nothing_of_the_sign_in(anna, sign_in, post) -> None:
    sign_in("anna")
    assert any("_auth_user_id" in content_of(row) for row in Session.objects.all())
    post("/logga-ut/")
    assert not any("_auth_user_id" in content_of(row) for row in Session.objects.all())
