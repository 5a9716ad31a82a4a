"""Showing once more who one is, at the municipality's own sign-in; and passwords, where that has taken their place."""

import time

import pytest
import time_machine

from audit.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.accounts.provider import Traveller
from tests.accounts.test_resume import CANARY, SAVED, action, inputs, urlpatterns
from vetting.accounts import sessions
from vetting.accounts.models import SubjectBinding

__all__ = ["urlpatterns"]
pytestmark = [pytest.mark.django_db, pytest.mark.deadline(120), pytest.mark.urls(__name__)]
STEP_UP = "/bekrafta/kommunen/"


@pytest.fixture(autouse=True)
def nothing_saved():
    SAVED.clear()


@pytest.fixture
def signed_in(anna, traveller):
    traveller.sign_in("anna")
    return traveller


def confirm(traveller: Traveller, name: str = "anna", **fields: str):
    return traveller.here.get(traveller.authenticate(traveller.leave(STEP_UP, **fields), name))


def test_signing_in_there_is_no_step_up_and_signing_in_there_again_is(signed_in):
    assert signed_in.here.get("/tillstyrk/").url == "/bekrafta/?next=%2Ftillstyrk%2F"
    page = signed_in.here.get("/bekrafta/?next=/tillstyrk/").content.decode()
    assert "Bekräfta med kommunens inloggning" in page
    answer = confirm(signed_in, next="/tillstyrk/")
    assert (signed_in.sent["prompt"], signed_in.sent["max_age"]) == ("login", "0")
    assert answer.url == "/tillstyrk/"
    assert signed_in.here.get("/tillstyrk/").status_code == 200
    with time_machine.travel(time.time() + 301, tick=False):
        assert signed_in.here.get("/tillstyrk/").status_code == 302


@pytest.mark.parametrize("auth_time", [-120, 3600, None], ids=["old", "to come", "missing"])
def test_a_provider_that_did_not_ask_again_is_not_believed(signed_in, provider, auth_time):
    moment = int(time.time()) + auth_time if auth_time is not None else None
    provider.tell(wrong={"claims": {"auth_time": moment}})
    assert confirm(signed_in).status_code == 401
    assert signed_in.here.get("/tillstyrk/").status_code == 302
    assert Entry.objects.filter(action="account.sign_in_failed").count() == 1


def test_another_person_s_sign_in_there_confirms_nothing(signed_in, make_account):
    make_account("bo")
    assert confirm(signed_in, "bo").status_code == 401
    assert signed_in.here.get("/tillstyrk/").status_code == 302
    assert signed_in.here.get("/konto/").status_code == 200, "nor does it change who is signed in"


def test_what_was_under_way_waits_in_its_own_tab(signed_in):
    asked = signed_in.post("/tillstyrk/", {"text": CANARY})
    assert (asked.status_code, SAVED) == (401, [])
    page = asked.content.decode()
    assert 'target="_blank"' in page
    sealed = inputs(asked)["resume"]
    done = confirm(signed_in, tab="1")
    assert done.url == "/logga-in/klart/"
    assert "Stäng den här fliken" in signed_in.here.get(done.url).content.decode()
    kept = signed_in.post("/bekrafta/", {"resume": sealed})
    assert action(kept) == "/tillstyrk/"
    assert signed_in.post(action(kept), inputs(kept)).content == b"tillstyrkt"
    assert SAVED == [[CANARY]]


def test_what_met_an_ended_sign_in_waits_in_its_own_tab(signed_in):
    session = signed_in.here.session
    session[sessions.SEEN] -= 16 * 60
    session.save()
    sealed = inputs(signed_in.post("/anteckning/", {"text": CANARY}))["resume"]
    assert signed_in.sign_in("anna", tab="1").url == "/logga-in/klart/"
    kept = signed_in.post("/logga-in/", {"resume": sealed})
    assert inputs(kept)["text"] == CANARY


def test_a_municipality_may_keep_step_up_for_itself(signed_in, provider, settings):
    settings.SINGLE_SIGN_ON = provider.options(step_up=False)
    assert signed_in.post(STEP_UP).url == "/bekrafta/"
    page = signed_in.here.get("/bekrafta/").content.decode()
    assert "kommunens inloggning" not in page
    assert "Lösenord" in page


def test_an_account_without_a_subject_confirms_by_password(anna, sign_in, browser, provider):
    sign_in()
    page = browser.get("/bekrafta/").content.decode()
    assert "Bekräfta med kommunens inloggning" not in page
    assert "Lösenord" in page


def test_where_passwords_are_off_only_the_named_accounts_have_one(
    anna, make_account, sign_in, browser, post, provider, settings
):
    make_account("Reserv")
    settings.PASSWORD_ACCOUNTS = ["reserv"]
    page = browser.get("/logga-in/").content.decode()
    assert page.index("Logga in med kommunens inloggning") < page.index("Reservinloggning")
    refused = sign_in("anna")
    assert refused.status_code == 200
    assert "Användarnamnet eller lösenordet stämmer inte." in refused.content.decode()
    assert browser.get("/konto/").status_code == 302
    assert sign_in("reserv").url == "/arbete/"
    assert post("/bekrafta/", {"password": PASSWORD, "next": "/tillstyrk/"}).url == "/tillstyrk/"


def test_where_passwords_are_off_an_old_one_confirms_nothing(signed_in, settings):
    settings.PASSWORD_ACCOUNTS = ["reserv"]
    page = signed_in.here.get("/bekrafta/").content.decode()
    assert "Lösenord" not in page
    assert signed_in.post("/bekrafta/", {"password": PASSWORD, "next": "/tillstyrk/"}).status_code == 200
    assert signed_in.here.get("/tillstyrk/").status_code == 302
    assert "Byt lösenord" not in signed_in.here.get("/konto/").content.decode()


def test_a_first_password_need_not_be_replaced_by_whoever_never_uses_it(make_account, provider):
    make_account("bo", must_change_password=True)
    traveller = Traveller(provider)
    traveller.sign_in("bo")
    assert traveller.here.get("/konto/").status_code == 200
    assert SubjectBinding.objects.count() == 1
