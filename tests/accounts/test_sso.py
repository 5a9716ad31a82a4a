"""The municipality's own sign-in, against a provider that runs: the way in, and every way that is refused."""

import logging
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from audit.integrity import findings
from audit.models import Entry
from tests.accounts.provider import Traveller
from tests.accounts.test_genuine import as_owner
from tests.accounts.test_resume import all_rows
from tests.accounts.test_sign_in import visible
from vetting.accounts.models import SubjectBinding
from vetting.accounts.session_store import content_of
from vetting.accounts.sso import binding
from vetting.accounts.sso.factor import is_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.deadline(120)]
RECORDS = "account_authentication_methods"


def actions() -> list[tuple[str, object]]:
    return [(e.action, e.facts.get("method")) for e in Entry.objects.order_by("id")][1:]


def record_of(traveller: Traveller) -> dict[str, object]:
    return traveller.here.session[RECORDS][-1]


def is_in(traveller: Traveller) -> bool:
    return traveller.here.get("/konto/").status_code == 200


def test_the_first_time_binds_the_account_and_from_then_on_the_subject_counts(anna, traveller, provider):
    subject = provider.tell(people=["anna"])["anna"]
    answer = traveller.sign_in("anna")
    assert (answer.status_code, answer.url) == (302, "/arbete/")
    assert is_in(traveller)
    bound = SubjectBinding.objects.get()
    assert (bound.account, bound.issuer, bound.subject) == (anna, provider.issuer, subject)
    assert actions() == [("account.sign_in_edited", "sso_bound"), ("account.signed_in", "sso")]
    assert list(findings()) == []

    provider.tell(rename={"anna": "anna.nilsson"})
    try:
        again = Traveller(provider)
        assert again.sign_in("anna.nilsson").url == "/arbete/"
        assert SubjectBinding.objects.count() == 1
    finally:
        provider.tell(rename={"anna.nilsson": "anna"})


def test_the_way_out_carries_state_nonce_and_a_challenge_and_nothing_secret(anna, traveller, provider):
    address = traveller.leave()
    sent = traveller.sent
    assert address.startswith(f"{provider.issuer}/authorize/?")
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["nonce"]) >= 40
    assert len(sent["state"]) >= 16
    assert set(sent["scope"].split()) == {"openid", "profile"}
    assert (sent["acr_values"], sent["max_age"]) == ("urn:two", str(8 * 60 * 60))
    assert "secret" not in address
    assert sent["nonce"] != Traveller(provider).leave()


def test_a_user_name_that_was_given_to_another_person_opens_nothing(anna, traveller, provider):
    traveller.sign_in("anna")
    provider.tell(people=["nykomling"], rename={"anna": "anna.slutat"})
    provider.tell(rename={"nykomling": "anna"})
    try:
        newcomer = Traveller(provider)
        assert newcomer.sign_in("anna").status_code == 401
        assert not is_in(newcomer)
    finally:
        provider.tell(rename={"anna": "nykomling"})
        provider.tell(rename={"anna.slutat": "anna"})


def test_a_second_factor_there_is_told_by_the_lists_of_the_settings(anna, traveller, provider, settings):
    traveller.sign_in("anna")
    kept = record_of(traveller)
    assert (kept["method"], kept["acr"], kept["amr"]) == ("sso", "urn:two", ["pwd", "otp"])
    assert abs(kept["auth_time"] - time.time()) < 60
    assert is_second_factor(kept)
    settings.SINGLE_SIGN_ON = provider.options(strong_acr=(), strong_amr=("otp",))
    assert is_second_factor(kept)
    settings.SINGLE_SIGN_ON = provider.options(strong_acr=("urn:three",), strong_amr=("hwk",))
    assert not is_second_factor(kept)
    settings.SINGLE_SIGN_ON = None
    assert not is_second_factor(kept)
    assert not is_second_factor({"method": "password", "acr": "urn:two"})


def test_a_weak_sign_in_there_is_a_sign_in_without_a_second_factor(anna, traveller, provider):
    provider.tell(wrong={"claims": {"acr": "urn:one", "amr": ["pwd"]}})
    assert traveller.sign_in("anna").status_code == 302
    assert is_in(traveller)
    assert not is_second_factor(record_of(traveller))


NOW = int(time.time())
LIES = {
    "another nonce": {"claims": {"nonce": "x" * 43}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "another-service"}},
    "two audiences, meant for the other": {"claims": {"aud": ["ratt-person", "other"], "azp": "other"}},
    "two audiences, nobody meant": {"claims": {"aud": ["ratt-person", "other"]}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "expired": {"claims": {"exp": NOW - 600}},
    "without end": {"claims": {"exp": None}},
    "issued long ago": {"claims": {"iat": NOW - 3600}},
    "issued in the future": {"claims": {"iat": NOW + 3600}},
    "without subject": {"claims": {"sub": None}},
    "an empty subject": {"claims": {"sub": ""}},
    "too long a subject": {"claims": {"sub": "s" * 256}},
    "signed by nobody": {"signature": "none"},
    "signed with the shared secret": {"signature": "shared"},
    "signed by a stranger": {"signature": "stranger"},
    "without the time of the sign-in": {"claims": {"auth_time": None}},
    "signed in yesterday": {"claims": {"auth_time": NOW - 24 * 3600}},
    "signed in tomorrow": {"claims": {"auth_time": NOW + 24 * 3600}},
    "a time that is no number": {"claims": {"auth_time": "now"}},
    "a user name that is no text": {"claims": {"preferred_username": ["anna"]}},
    "without a user name": {"claims": {"preferred_username": None}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_is_not_as_asked_opens_nothing(anna, traveller, provider, lie):
    provider.tell(wrong={"claims": {}, **lie})
    answer = traveller.sign_in("anna")
    assert answer.status_code == 401
    assert not is_in(traveller)
    assert SubjectBinding.objects.count() == 0
    assert actions() == [("account.sign_in_failed", "sso")]


def test_the_same_token_without_the_lie_opens(anna, traveller, provider):
    provider.tell(wrong={"claims": {"aud": ["ratt-person", "other"], "azp": "ratt-person"}})
    assert traveller.sign_in("anna").status_code == 302


def test_unknown_closed_and_refused_get_one_and_the_same_answer(anna, make_account, provider, caplog):
    make_account("bo", is_active=False)
    provider.tell(people=["okand"])
    with caplog.at_level(logging.WARNING, "vetting.accounts.sso.views"):
        unknown = Traveller(provider).sign_in("okand")
        closed = Traveller(provider).sign_in("bo")
        provider.tell(wrong={"claims": {"nonce": "x"}})
        refused = Traveller(provider).sign_in("anna")
    pages = {visible(answer) for answer in (unknown, closed, refused)}
    assert {unknown.status_code, closed.status_code, refused.status_code} == {401}
    assert len(pages) == 1
    assert "fråga en systemförvaltare" in pages.pop()
    assert Entry.objects.filter(action="account.sign_in_failed").count() == 3
    assert "okand" not in caplog.text


def test_closing_a_bound_account_closes_this_way_too(anna, traveller, provider):
    traveller.sign_in("anna")
    anna.is_active = False
    anna.save()
    assert not is_in(traveller)
    assert Traveller(provider).sign_in("anna").status_code == 401


def test_an_answer_works_once_in_the_browser_that_asked_and_with_its_own_state(anna, make_account, provider):
    asked = Traveller(provider)
    back = asked.authenticate(asked.leave(), "anna")
    thief = Traveller(provider)
    assert thief.here.get(back).status_code == 401
    assert not is_in(thief)
    assert asked.here.get(back.replace("state=", "state=x")).status_code == 401
    assert asked.here.get(back).status_code == 302
    assert is_in(asked)
    assert asked.here.get(back).status_code == 401, "the state is used up"

    # A code that was used already, brought with a fresh state of its own.
    code = back.split("code=")[1].split("&")[0]
    again = Traveller(provider)
    again.leave()
    spoilt = again.here.get("/logga-in/kommunen/svar/", {"code": code, "state": again.sent["state"]})
    assert spoilt.status_code == 401
    assert not is_in(again)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": "x"},
        {"state": "x"},
        {"code": "x", "state": "x"},
        {"code": "\x00", "state": "\x00"},
        {"error": "access_denied"},
        {"code": "x" * 100_000, "state": "ÅÄÖ"},
    ],
    ids=str,
)
def test_what_nobody_asked_for_is_refused(anna, traveller, query):
    assert traveller.here.get("/logga-in/kommunen/svar/", query).status_code == 401


def test_whoever_says_no_there_and_another_provider_s_answer_are_refused(anna, traveller, provider):
    traveller.leave()
    state = traveller.sent["state"]
    path = "/logga-in/kommunen/svar/"
    assert traveller.here.get(path, {"error": "access_denied", "state": state}).status_code == 401
    back = traveller.authenticate(traveller.leave(), "anna")
    assert traveller.here.get(f"{back}&iss=https://evil.example").status_code == 401


def test_a_code_is_worth_nothing_without_the_verifier_of_the_browser_that_asked(anna, traveller, provider):
    victim = Traveller(provider)
    code = victim.authenticate(victim.leave(), "anna").split("code=")[1].split("&")[0]
    traveller.leave()
    answer = traveller.here.get("/logga-in/kommunen/svar/", {"code": code, "state": traveller.sent["state"]})
    assert answer.status_code == 401


def test_a_sign_in_starts_from_our_page_alone(anna, traveller, provider):
    assert traveller.here.get("/logga-in/kommunen/").status_code == 405
    assert traveller.here.post("/logga-in/kommunen/").status_code == 403


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example/"])
def test_it_leads_back_inside_only(anna, traveller, next_url):
    assert traveller.sign_in("anna", next=next_url).url == "/arbete/"


def test_it_leads_to_the_page_one_asked_for(anna, traveller):
    assert traveller.sign_in("anna", next="/konto/").url == "/konto/"


def test_rows_put_into_the_tables_open_nothing(anna, make_account, provider):
    subject = provider.tell(people=["okand"])["okand"]
    forged = SubjectBinding(account=anna, issuer=provider.issuer, subject=subject)
    forged.save()
    # As somebody would write it who has the table, and not the key that is not in it.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_subjectbinding SET fingerprint = %s", [b"\x00" * 32])
    # What allauth would believe.
    as_owner(
        "INSERT INTO socialaccount_socialaccount (provider, uid, last_login, date_joined, extra_data, user_id)"
        " VALUES ('municipality', %s, '2026-11-01 08:00', '2026-11-01 08:00', '{}', %s)",
        subject,
        anna.pk,
    )
    assert Traveller(provider).sign_in("okand").status_code == 401
    assert [(each.kind, each.label) for each in findings()] == [("account-edited", "accounts.subjectbinding")]


def test_a_bound_row_that_was_pointed_at_another_account_opens_neither(
    anna, make_account, traveller, provider
):
    bo = make_account("bo")
    traveller.sign_in("anna")
    as_owner("UPDATE accounts_subjectbinding SET account_id = %s", bo.pk)
    assert Traveller(provider).sign_in("anna").status_code == 401


def test_after_an_administrator_let_go_the_next_sign_in_binds_anew(anna, traveller, provider):
    traveller.sign_in("anna")
    assert binding.release(anna)
    assert not binding.release(anna)
    assert Traveller(provider).sign_in("anna").status_code == 302


def test_nothing_of_what_the_provider_tells_is_stored_but_the_subject(anna, traveller, provider):
    provider.tell(wrong={"claims": {"name": "Kanariefågel", "email": "kanarie@example.se"}})
    traveller.sign_in("anna")
    assert not any("anarie" in row for row in all_rows())
    assert not any("anarie" in str(content_of(row)) for row in Session.objects.all())


def test_a_provider_that_does_not_answer_is_told_plainly(anna, traveller, provider, settings):
    settings.SINGLE_SIGN_ON = provider.options(issuer="http://localhost:9/o")
    answer = traveller.post("/logga-in/kommunen/")
    assert answer.status_code == 503
    assert "svarar inte" in answer.content.decode()


def test_a_provider_that_names_another_issuer_is_not_one(anna, traveller, provider, settings):
    settings.SINGLE_SIGN_ON = provider.options(issuer=provider.issuer.replace("localhost", "127.0.0.1"))
    assert traveller.post("/logga-in/kommunen/").status_code in (200, 503)
    settings.SINGLE_SIGN_ON = provider.options(issuer=f"{provider.issuer}/")
    assert traveller.post("/logga-in/kommunen/").status_code == 503


def test_where_no_provider_is_named_there_is_nothing(anna, sign_in, post, browser):
    assert "kommunens inloggning" not in browser.get("/logga-in/").content.decode()
    assert post("/logga-in/kommunen/").status_code == 404
    assert browser.get("/logga-in/kommunen/svar/").status_code == 404
    sign_in()
    assert post("/bekrafta/kommunen/").url == "/bekrafta/", "the password is asked for instead"
