"""Persons and accounts to sign in with."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from audit.recorder import Who, act
from vetting.accounts.models import Account, Person

PASSWORD = "en lång fras som ingen gissar"


@pytest.fixture
def make_account(db: None) -> Callable[..., Account]:
    """Create an account; of a new person unless one is given."""

    def make(username: str, person: Person | None = None, **fields: object) -> Account:
        if person is None:
            person = Person(display_name=username.title())
            facts = {"role": "system", "method": "test"}
            with act("account.created", Who(None, None, "system"), subject=person.pk, facts=facts) as a:
                a.save(person)
        return Account.objects.create_user(username, PASSWORD, person=person, **fields)

    return make


@pytest.fixture
def anna(make_account: Callable[..., Account]) -> Account:
    """An account to sign in with."""
    return make_account("anna")


@pytest.fixture
def browser() -> Client:
    """A browser that keeps cookies and is held to the CSRF rules."""
    cache.clear()
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def post(browser: Client) -> Callable[..., object]:
    """POST as a page of ours would: with the token of the form and our own origin."""

    def send(path: str, data: dict[str, object] | None = None) -> object:
        if "csrf" not in browser.cookies:
            browser.get("/logga-in/")
        token = browser.cookies["csrf"].value
        return browser.post(
            path, {**(data or {}), "csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"}
        )

    return send


@pytest.fixture
def sign_in(post: Callable[..., object]) -> Callable[..., object]:
    """Sign in through the page."""

    def send(username: str = "anna", password: str = PASSWORD, **fields: object) -> object:
        return post("/logga-in/", {"login": username, "password": password, **fields})

    return send
