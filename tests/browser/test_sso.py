"""The municipality's own sign-in in a real browser: there and back, and a form that waits in its own tab."""

import re
import time

import pytest

from tests.browser.person import follow
from tests.idp import PASSWORD
from tests.recruitment.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.deadline(180)]


def pass_the_provider(page) -> None:
    """The provider's own page, whoever opened it."""
    page.wait_for_url(re.compile("/login/"))
    page.get_by_label("Namn").fill("hr")
    page.get_by_label("Lösenord").fill(PASSWORD)
    follow(page, page.get_by_role("button"))


def test_signing_in_reading_and_confirming_without_a_password(live, axe, provider, settings) -> None:
    build_world()
    provider.tell(people=["hr"], back=[f"{live.url}/logga-in/kommunen/svar/"])
    settings.PASSWORD_ACCOUNTS = ["admin_one"]
    page = live.open("/logga-in/?next=/konto/")
    assert axe(page) == []
    follow(page, page.get_by_role("button", name="Logga in med kommunens inloggning"))
    pass_the_provider(page)
    page.wait_for_url(f"{live.url}/konto/")
    assert "Mitt konto" in page.title()

    # The sign-in has run out when a form is sent: its text waits while one signs in in another tab.
    page.goto("/bekrafta/")
    assert axe(page) == []
    follow(page, page.get_by_role("button", name="Bekräfta med kommunens inloggning"))
    pass_the_provider(page)
    page.wait_for_url(f"{live.url}/arbete/")


def test_a_text_waits_in_its_own_tab(live, axe, provider) -> None:
    world = build_world()
    provider.tell(people=["hr"], back=[f"{live.url}/logga-in/kommunen/svar/"])
    page = live.open("/logga-in/?next=/rekryteringar/ny/")
    follow(page, page.get_by_role("button", name="Logga in med kommunens inloggning"))
    pass_the_provider(page)
    page.wait_for_url(f"{live.url}/rekryteringar/ny/")
    page.context.clear_cookies(name="session")
    follow(page, page.locator("main form button[type=submit]").first)
    assert "Du har blivit utloggad" in page.locator("main").inner_text()
    assert axe(page) == []
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Logga in med kommunens inloggning").click()
    tab = opened.value
    for _ in range(100):
        if "/login/" in tab.url or "/klart/" in tab.url:
            break
        time.sleep(0.1)
    if "/login/" in tab.url:
        pass_the_provider(tab)
    tab.wait_for_url(f"{live.url}/logga-in/klart/")
    assert axe(tab) == []
    tab.close()
    follow(page, page.get_by_role("button", name="Fortsätt"))
    assert "Din text finns kvar" in page.locator("main").inner_text()
    assert world is not None
