"""Second factors: set up, asked for at sign-in, good once, and of no use to whoever writes in the database."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from audit.models import Entry
from vetting.access.demands import Demands
from vetting.accounts.models import Account
from vetting.accounts.second_factor import codes, held

APP, LIST = "/konto/inloggningssatt/app/", "/konto/inloggningssatt/"
SECOND = "/logga-in/andra-steget/"


def required(account):
    return Demands("required", one_session=False)


def optional(account):
    return Demands("none", one_session=False)


def by_sign_in(account):
    return Demands("by_sign_in", one_session=False)


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SIGN_IN_DEMANDS = f"{__name__}.required"


def code_at(secret, moment=None):
    return format_hotp_value(hotp_value(secret, int(moment or time.time()) // 30))


@pytest.fixture
def secret(anna):
    """Anna's app."""
    made = codes.generate_totp_secret()
    with time_machine.travel(time.time() - 300):
        assert codes.add_app(anna, made, code_at(made)) is not None
    return made


def test_a_role_that_needs_one_leads_to_the_page_and_nowhere_else(anna, sign_in, browser, demanded):
    assert sign_in().url == "/arbete/"
    for path in ("/arbete/", "/konto/", "/rekryteringar/"):
        assert browser.get(path).url == LIST
    page = browser.get(LIST)
    assert "Din roll kräver något mer än ett lösenord" in page.content.decode()


def test_without_such_a_role_the_password_is_enough(anna, sign_in, browser, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SIGN_IN_DEMANDS = f"{__name__}.optional"
    sign_in()
    assert browser.get("/konto/").status_code == 200


def test_a_password_alone_is_not_the_municipalitys_sign_in(anna, sign_in, browser, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SIGN_IN_DEMANDS = f"{__name__}.by_sign_in"
    sign_in()
    assert browser.get("/konto/").url == LIST


def test_a_role_gained_in_the_middle_is_met_by_the_next_request(anna, sign_in, browser, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.SIGN_IN_DEMANDS = f"{__name__}.optional"
    sign_in()
    assert browser.get("/konto/").status_code == 200
    settings.SIGN_IN_DEMANDS = f"{__name__}.required"
    assert browser.get("/konto/").url == LIST


def test_an_app_is_set_up_at_the_first_sign_in_and_codes_are_shown_once(
    anna, sign_in, post, browser, demanded
):
    sign_in()
    before = browser.cookies["session"].value
    page = browser.get(APP).content.decode()
    assert "data:image/svg+xml;base64," in page
    shown = re.search(r'app-secret">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")
    sealed = re.search(r'name="secret" value="([^"]+)"', page).group(1)
    assert shown not in sealed
    wrong = post(APP, {"secret": sealed, "code": "000000"})
    assert "Koden stämmer inte" in wrong.content.decode()
    done = post(APP, {"secret": sealed, "code": code_at(shown)})
    told = re.findall(r'app-secret">(\d{10})<', done.content.decode())
    assert len(told) == 10
    assert browser.get("/konto/").status_code == 200
    assert browser.cookies["session"].value != before
    assert told[0] not in browser.get(LIST).content.decode()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert shown not in stored
    assert Entry.objects.filter(action="account.sign_in_edited", subject=anna.pk).count() == 2


def test_signing_in_takes_the_code_and_each_code_once(anna, secret, sign_in, post, browser):
    assert sign_in().url == SECOND
    assert browser.get("/konto/").status_code == 302
    assert "Koden stämmer inte" in post(SECOND, {"code": "123456"}).content.decode()
    code = code_at(secret)
    assert post(SECOND, {"code": code}).url == "/arbete/"
    assert browser.get("/konto/").status_code == 200
    post("/logga-ut/")
    sign_in()
    assert "Koden stämmer inte" in post(SECOND, {"code": code}).content.decode()
    assert browser.get("/konto/").status_code == 302
    assert Entry.objects.filter(action="account.sign_in_failed").count() == 2


def test_the_second_step_is_closed_to_whoever_has_not_given_the_password(anna, secret, post, browser):
    assert browser.get(SECOND).url == "/logga-in/"
    assert post(SECOND, {"code": code_at(secret)}).url == "/logga-in/"
    assert browser.get("/konto/").status_code == 302


def test_a_recovery_code_signs_in_once(anna, secret, sign_in, post, browser):
    made = codes.make_recovery_codes(anna)
    sign_in()
    assert post(SECOND, {"code": made[3]}).url == "/arbete/"
    assert codes.codes_left(Account.objects.get(pk=anna.pk)) == 9
    post("/logga-ut/")
    sign_in()
    assert post(SECOND, {"code": made[3]}).status_code == 200


def test_step_up_takes_the_factor_and_neither_password_nor_recovery_code(
    anna, secret, sign_in, post, browser
):
    from vetting.accounts.stepup import is_fresh

    made = codes.make_recovery_codes(anna)
    sign_in()
    post(SECOND, {"code": code_at(secret)})
    key = browser.cookies["session"].value

    def fresh():
        from django.test import RequestFactory

        request = RequestFactory().get("/")
        request.session, request.user = browser.session, Account.objects.get(pk=anna.pk)
        return is_fresh(request)

    assert not fresh()
    post("/bekrafta/", {"password": "en lång fras som ingen gissar"})
    post("/bekrafta/", {"code": made[0]})
    post("/bekrafta/", {"code": code_at(secret)})  # the one of the sign-in
    assert not fresh()
    with time_machine.travel(time.time() + 31):
        assert post("/bekrafta/", {"code": code_at(secret)}).status_code == 302
        assert fresh()
    assert browser.cookies["session"].value != key
    with time_machine.travel(time.time() + 31 + 5 * 60 + 1):
        assert not fresh()


def test_a_recovery_code_lets_one_replace_what_was_lost(anna, secret, sign_in, post, browser):
    made = codes.make_recovery_codes(anna)
    sign_in()
    post(SECOND, {"code": made[0]})
    asked = browser.get(APP.replace("app", "nyckel"))
    assert asked.url.startswith("/bekrafta/")
    assert post("/bekrafta/", {"code": made[1], "next": LIST}).url == LIST
    assert browser.get(APP.replace("app", "nyckel")).status_code == 200


def test_the_last_one_stays_while_a_role_needs_it(anna, secret, sign_in, post, browser, demanded, settings):
    sign_in()
    post(SECOND, {"code": code_at(secret)})
    with time_machine.travel(time.time() + 31):
        post("/bekrafta/", {"code": code_at(secret)})
        pk = Authenticator.objects.get().pk
        assert post(f"{LIST}{pk}/ta-bort/").status_code == 409
        assert Authenticator.objects.exists()
        settings.SIGN_IN_DEMANDS = f"{__name__}.optional"
        assert post(f"{LIST}{pk}/ta-bort/").url == LIST
        assert not Authenticator.objects.exists()
    anna.refresh_from_db()
    assert bytes(anna.factors) == b""


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def findings():
    return [(found.kind, found.row) for found in held.findings()]


def test_a_row_deleted_by_sql_opens_nothing(anna, secret, sign_in, browser):
    assert findings() == []
    sql("DELETE FROM mfa_authenticator")
    assert "stämmer inte" in sign_in().content.decode()
    assert findings() == [("account-factors-edited", anna.pk)]


def test_a_row_moved_to_another_account_opens_nothing(anna, secret, make_account, sign_in, post):
    bo = make_account("bo")
    Authenticator.objects.update(user=bo)
    assert "stämmer inte" in sign_in("bo").content.decode()
    assert "stämmer inte" in sign_in("anna").content.decode()
    assert len(findings()) == 2


def test_a_counter_put_back_opens_nothing(anna, secret, sign_in, post, browser):
    before = Authenticator.objects.get().data
    sign_in()
    post(SECOND, {"code": code_at(secret)})
    Authenticator.objects.update(data=before)
    post("/logga-ut/")
    assert "stämmer inte" in sign_in().content.decode()


def test_an_account_that_forgot_its_factors_is_not_genuine(anna, secret, sign_in):
    sql("DELETE FROM mfa_authenticator")
    Account.objects.update(factors=b"")
    assert "stämmer inte" in sign_in().content.decode()


def test_a_reset_takes_all_of_it_and_ends_the_sign_ins(anna, secret, sign_in, post, browser, demanded):
    codes.make_recovery_codes(anna)
    sign_in()
    post(SECOND, {"code": code_at(secret)})
    assert browser.get("/konto/").status_code == 200
    assert held.reset_second_factors(anna) == 2
    assert browser.get("/konto/").status_code == 302
    sign_in()
    assert browser.get("/konto/").url == LIST
    assert findings() == []


def test_others_see_no_factor_of_hers(anna, secret, make_account):
    bo = make_account("bo")
    client = Client()
    client.force_login(bo)
    pk = Authenticator.objects.get().pk
    assert client.get(f"{LIST}nyckel/{pk}/").status_code == 302  # she is asked who she is first
    assert client.post(f"{LIST}{pk}/ta-bort/").status_code == 401
    assert Authenticator.objects.exists()
