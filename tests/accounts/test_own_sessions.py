"""One's own sign-ins: told without a word about the device, ended one at a time, and one alone for security roles."""

import re

from django.test import Client, override_settings

from audit.models import Entry
from config.checks import second_factors
from tests.accounts.conftest import PASSWORD
from vetting.access.demands import Demands


def one_alone(account):
    return Demands("none", one_session=True)


def signed_in():
    client = Client()
    client.post("/logga-in/", {"login": "anna", "password": PASSWORD})
    assert client.get("/konto/").status_code == 200
    return client


def test_one_of_them_is_ended_and_the_others_go_on(anna):
    mine, second, third = signed_in(), signed_in(), signed_in()
    page = mine.get("/konto/").content.decode()
    assert page.count("med lösenord") == 3
    handles = re.findall(r'name="one" value="([^"]+)"', page)
    assert len(handles) == 2
    mine.post("/konto/inloggningar/", {"one": handles[0]})
    assert mine.get("/konto/").status_code == 200
    assert sorted(client.get("/konto/").status_code for client in (second, third)) == [200, 302]
    assert Entry.objects.filter(action="account.session_ended").count() == 1


def test_the_handle_is_no_cookie(anna):
    mine = signed_in()
    signed_in()
    handle = re.search(r'name="one" value="([^"]+)"', mine.get("/konto/").content.decode())[1]
    thief = Client()
    thief.cookies["session"] = handle
    assert thief.get("/konto/").status_code == 302


def test_nobody_ends_the_sign_in_of_another(anna, make_account):
    mine = signed_in()
    signed_in()
    handle = re.search(r'name="one" value="([^"]+)"', mine.get("/konto/").content.decode())[1]
    bo = Client()
    bo.force_login(make_account("bo"))
    bo.post("/konto/inloggningar/", {"one": handle})
    assert mine.get("/konto/").content.decode().count("med lösenord") == 2


def test_a_security_role_has_one_sign_in_at_a_time(anna):
    with override_settings(SIGN_IN_DEMANDS=f"{__name__}.one_alone"):
        first = signed_in()
        second = signed_in()
    assert first.get("/konto/").status_code == 302
    assert second.get("/konto/").status_code == 200


def test_a_sign_in_that_was_left_is_not_taken_up_again(anna):
    client = signed_in()
    kept = client.cookies["session"].value
    client.post("/logga-ut/")
    client.cookies["session"] = kept
    assert client.get("/konto/").status_code == 302


def test_doing_without_second_factors_stops_the_deployment():
    with override_settings(SECOND_FACTOR_REQUIRED=False, DEMO=False):
        assert [found.id for found in second_factors()] == ["config.E005"]
    with override_settings(SECOND_FACTOR_REQUIRED=True, DEMO=False):
        assert second_factors() == []
