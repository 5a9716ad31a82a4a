"""Signing in and out: uniform answers, a log of every attempt, limits in time and number."""

import re
import time

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session

from audit.models import Entry

LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
EXPIRED = 16 * 60


def actions():
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def visible(response):
    """The page without what differs between any two pages."""
    return re.sub(
        r'(name="csrfmiddlewaretoken" value|name="login" value)="[^"]*"', "", response.content.decode()
    )


def test_sign_in_leads_to_my_work_and_is_recorded(anna, sign_in, browser):
    response = sign_in("Anna")
    assert (response.status_code, response.url) == (302, "/arbete/")
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.subject) == ("account.signed_in", anna.pk)
    assert (entry.actor_person, entry.actor_account) == (anna.person_id, anna.pk)
    assert browser.get("/konto/").status_code == 200


def test_wrong_password_unknown_name_and_closed_account_answer_alike(anna, make_account, sign_in):
    make_account("bo", is_active=False)
    answers = [sign_in("anna", "fel"), sign_in("ingen", "fel"), sign_in("bo"), sign_in("bo", "fel")]
    assert {response.status_code for response in answers} == {200}
    assert len({visible(response) for response in answers}) == 1
    assert "Användarnamnet eller lösenordet stämmer inte." in visible(answers[0])
    assert actions().count("account.sign_in_failed") == 4
    subjects = Entry.objects.filter(action="account.sign_in_failed").order_by("id")
    assert subjects[0].subject == anna.pk
    assert subjects[1].subject is None
    assert subjects[0].actor_person is None


def test_closing_an_account_ends_its_open_sign_ins(anna, sign_in, browser):
    sign_in()
    anna.is_active = False
    anna.save()
    assert browser.get("/konto/").status_code == 302


def test_the_fifth_failure_makes_that_account_wait_and_no_other(anna, make_account, sign_in, settings):
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    make_account("bo")
    for _ in range(5):
        sign_in("anna", "fel")
    refused = sign_in("anna")
    assert "För många försök" in refused.content.decode()
    assert "Har du glömt lösenordet" in refused.content.decode()
    assert sign_in("bo").status_code == 302
    assert actions().count("account.sign_in_failed") == 6


def test_the_session_key_changes_when_one_signs_in(anna, sign_in, browser):
    planted = browser.session
    planted["planted"] = True
    planted.save()
    before = planted.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in()
    after = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(
    "unsafe", ["//evil.example/", "https://evil.example/", "/\\evil.example", "http://testserver/"]
)
def test_after_sign_in_only_paths_of_this_site_are_followed(anna, sign_in, unsafe):
    assert sign_in(next=unsafe).url == "/arbete/"


def test_after_sign_in_the_page_one_asked_for_is_shown(anna, sign_in, browser):
    asked = browser.get("/konto/")
    assert asked.url == "/logga-in/?next=%2Fkonto%2F"
    assert sign_in(next="/konto/").url == "/konto/"


def test_unused_for_fifteen_minutes_the_sign_in_ends_and_that_is_recorded_once(anna, sign_in, browser):
    with time_machine.travel(time.time(), tick=False) as clock:
        sign_in()
        clock.shift(14 * 60)
        assert browser.get("/konto/").status_code == 200
        clock.shift(14 * 60)
        assert browser.get("/konto/").status_code == 200
        clock.shift(EXPIRED)
        assert browser.get("/konto/").status_code == 302
        assert browser.get("/konto/").status_code == 302
    assert actions().count("account.session_expired") == 1
    assert not Session.objects.exists()


def test_after_eight_hours_the_sign_in_ends_however_used(anna, sign_in, browser):
    with time_machine.travel(time.time(), tick=False) as clock:
        sign_in()
        for _ in range(8 * 6):
            clock.shift(10 * 60)
            assert browser.get("/konto/").status_code == 200
        clock.shift(60)
        assert browser.get("/konto/").status_code == 302


def test_what_a_signed_in_person_sees_is_not_stored(anna, sign_in, browser):
    sign_in()
    assert "no-store" in browser.get("/konto/")["Cache-Control"]


def test_signing_out_takes_a_post(anna, sign_in, browser, post):
    sign_in()
    assert browser.get("/logga-ut/").status_code == 405
    response = post("/logga-ut/")
    assert response.url == "/"
    assert "storage" in response["Clear-Site-Data"]
    assert browser.get("/konto/").status_code == 302


def test_nobody_signs_herself_up_or_resets_by_mail(browser):
    for path in ("/signup/", "/konto/ny/", "/accounts/signup/", "/password/reset/"):
        assert browser.get(path).status_code == 404
