"""A security key in the browser: added, signed in with, stepped up with, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings

from audit.recorder import Who, act
from tests.browser.person import follow
from tests.browser.screens import troubles_of
from tests.harness.browser import Live
from vetting.access.demands import Demands
from vetting.accounts.models import Account, Person
from vetting.accounts.second_factor import held

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

pytestmark = pytest.mark.browser
PASSWORD = "en lång fras som ingen gissar"
OWN = "/konto/inloggningssatt/"


def required(account: Account) -> Demands:
    return Demands("required", one_session=False)


@pytest.fixture(autouse=True)
def demanded() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_REQUIRED=True, SIGN_IN_DEMANDS=f"{__name__}.required"):
        yield


@pytest.fixture
def anna(live: Live) -> Account:
    person = Person(display_name="Anna")
    facts = {"role": "system", "method": "test"}
    with act("account.created", Who(None, None, "system"), subject=person.pk, facts=facts) as entry:
        entry.save(person)
    return Account.objects.create_user("anna", PASSWORD, person=person)


class Key:
    """The browser's virtual security key, through the debugging protocol."""

    def __init__(self, page: Page, **more: bool) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True, **more}
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found

    def put(self, credential: dict[str, Any]) -> None:
        self.cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})
        self.cdp.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": credential})


def give_password(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("anna")
    page.get_by_label("Lösenord").fill(PASSWORD)
    follow(page, page.locator("main").get_by_role("button", name="Logga in"))


def with_key(live: Live, **how: Any) -> tuple[Page, Key]:
    """Anna's browser after her first sign-in, where she added a key."""
    page = live.open("/logga-in/", **how)
    key = Key(page)
    give_password(page)
    assert page.url.endswith(OWN)
    follow(page, page.get_by_role("link", name="Lägg till säkerhetsnyckel"))
    page.get_by_label("Namn på nyckeln").fill("Nyckelknippan")
    follow(page, page.get_by_role("button", name="Lägg till nyckeln"))
    assert page.locator(".app-codes li").count() == 10
    return page, key


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def use_key(page: Page) -> None:
    follow(page, page.get_by_role("button", name="Använd säkerhetsnyckeln"))


def test_a_key_is_added_signs_in_and_steps_up(live: Live, anna: Account) -> None:
    page, _key = with_key(live)
    sign_out(page)
    give_password(page)
    assert page.url.endswith("/logga-in/andra-steget/")
    use_key(page)
    page.goto(OWN)
    assert "Nyckelknippan" in page.content()
    follow(page, page.get_by_role("link", name="Byt namn på Nyckelknippan"))
    assert "/bekrafta/" in page.url
    use_key(page)
    page.get_by_label("Namn på nyckeln").fill("Kontorsnyckeln")
    follow(page, page.get_by_role("button", name="Spara"))
    assert "Kontorsnyckeln" in page.content()
    follow(page, page.get_by_role("button", name="Ta bort Kontorsnyckeln"))
    assert "Det går inte att ta bort den sista" in page.content()
    assert list(held.findings()) == []


def test_an_answer_is_good_once(live: Live, anna: Account) -> None:
    page, _key = with_key(live)
    sign_out(page)
    give_password(page)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or "") if asked.method == "POST" else None)
    use_key(page)
    answer = re.search(r"answer=([^&]+)", sent[-1])
    assert answer is not None
    page.goto("/bekrafta/?next=/konto/")
    page.evaluate(
        "said => { document.querySelector('form[data-security-key] [name=answer]').value = decodeURIComponent(said) }",
        answer[1],
    )
    follow(page, page.get_by_role("button", name="Använd säkerhetsnyckeln"))
    assert "Nyckeln godtogs inte" in page.content()


def test_a_copy_of_the_key_is_seen_by_its_counter(live: Live, anna: Account) -> None:
    page, key = with_key(live)
    copy = key.credentials()[0]
    sign_out(page)
    give_password(page)
    use_key(page)
    sign_out(page)
    key.put(copy)
    give_password(page)
    use_key(page)
    assert "Nyckeln godtogs inte" in page.content()


def test_a_public_key_put_in_by_sql_opens_nothing(live: Live, anna: Account) -> None:
    page, _key = with_key(live)
    row = Authenticator.objects.get(type="webauthn")
    Authenticator.objects.filter(pk=row.pk).update(data=row.data | {"name": "Min"})
    sign_out(page)
    give_password(page)
    assert "Användarnamnet eller lösenordet stämmer inte" in page.content()


def test_without_scripts_the_app_is_the_way(live: Live, anna: Account) -> None:
    page = live.open("/logga-in/", javascript=False)
    give_password(page)
    follow(page, page.get_by_role("link", name="Lägg till säkerhetsnyckel"))
    assert "har JavaScript avstängt" in page.content()
    assert not page.get_by_role("button", name="Lägg till nyckeln").is_visible()
    page.goto(OWN)
    follow(page, page.get_by_role("link", name="Lägg till app"))
    assert page.get_by_role("img").first.is_visible()


def test_the_pages_are_accessible(live: Live, anna: Account, axe: Callable[[Page], list[str]]) -> None:
    page, _key = with_key(live)
    for path in (OWN, OWN + "app/", OWN + "nyckel/", "/bekrafta/", "/konto/"):
        page.goto(path)
        assert troubles_of(page, axe, path.strip("/").replace("/", "-")) == []
    sign_out(page)
    give_password(page)
    assert troubles_of(page, axe, "key-asked-for") == []
