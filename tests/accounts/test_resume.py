"""A form that meets an ended sign-in, or an act that needs a step-up: nothing typed is lost, and nothing is stored."""

import html
import logging
import re
import time

import pytest
import time_machine
from django.apps import apps
from django.db import router
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import is_fresh, require_step_up

pytestmark = pytest.mark.urls(__name__)

PASSWORD = "en lång fras som ingen gissar"
CANARY = "Kanariefågel åäö <b>&amp;\r\nrad två"
EXPIRED = 16 * 60
SAVED: list[list[str]] = []


def note(request):
    if is_resumed(request):
        return HttpResponse("formuläret: " + html.escape(request.POST["text"]))
    if request.method == "POST":
        SAVED.append(request.POST.getlist("text"))
    return HttpResponse("anteckning")


def approve(request):
    require_step_up(request)
    if request.method == "POST":
        SAVED.append(request.POST.getlist("text"))
    return HttpResponse("tillstyrkt")


urlpatterns = [
    path("", include("config.urls")),
    path("anteckning/", note),
    path("tillstyrk/", approve),
]


@pytest.fixture(autouse=True)
def nothing_saved():
    SAVED.clear()


@pytest.fixture
def clock():
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


def inputs(response):
    """The hidden and other inputs of the last form of the page's main part, as a browser would send them."""
    form = response.content.decode().split("</main>")[0].rsplit("<form", 1)[1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def action(response):
    return html.unescape(
        re.findall(r'<form[^>]*action="([^"]*)"', response.content.decode().split("</main>")[0])[-1]
    )


def all_rows():
    """Everything in the database, as text."""
    for model in apps.get_models(include_auto_created=True):
        if router.db_for_read(model) == "default":
            yield from (str(row) for row in model._base_manager.values_list())


def test_the_text_comes_back_after_a_new_sign_in_and_was_never_stored(anna, sign_in, post, clock, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in()
    clock.shift(EXPIRED)
    asked = post("/anteckning/?rad=2", {"text": [CANARY, "två"]})
    assert asked.status_code == 401
    assert "Logga in igen så finns det du skrev kvar" in asked.content.decode()
    sealed = inputs(asked)["resume"]
    assert "Kanarie" not in asked.content.decode()

    mistyped = sign_in(password="fel", resume=sealed)
    assert inputs(mistyped)["resume"] == sealed
    kept = sign_in(resume=sealed)
    assert "Din text finns kvar" in kept.content.decode()
    assert SAVED == []
    assert not any("Kanarie" in row or sealed in row for row in all_rows())
    assert "Kanarie" not in caplog.text
    assert "no-store" in kept["Cache-Control"]

    assert action(kept) == "/anteckning/?rad=2"
    assert 'name="text" value="två"' in kept.content.decode()
    shown = post(action(kept), inputs(kept) | {"text": CANARY})
    assert shown.content.decode() == "formuläret: " + html.escape(CANARY)
    assert SAVED == []


def test_the_kept_text_is_exact(anna, sign_in, post, clock):
    sign_in()
    clock.shift(EXPIRED)
    kept = sign_in(resume=inputs(post("/anteckning/", {"text": CANARY}))["resume"])
    assert inputs(kept)["text"] == CANARY
    assert inputs(kept)["_resumed"] == "1"


def test_another_person_gets_a_plain_start_page(anna, make_account, sign_in, post, clock):
    make_account("bo")
    sign_in()
    clock.shift(EXPIRED)
    sealed = inputs(post("/anteckning/", {"text": CANARY}))["resume"]
    response = sign_in("bo", resume=sealed)
    assert (response.status_code, response.url) == (302, "/arbete/")


def test_the_same_person_may_come_back_with_her_other_account(anna, make_account, sign_in, post, clock):
    make_account("anna.reserv", anna.person)
    sign_in()
    clock.shift(EXPIRED)
    sealed = inputs(post("/anteckning/", {"text": CANARY}))["resume"]
    assert "Din text finns kvar" in sign_in("anna.reserv", resume=sealed).content.decode()


def test_after_half_an_hour_or_a_changed_byte_there_is_nothing_to_take_up(anna, sign_in, post, clock):
    sealed = inputs(post("/anteckning/", {"text": CANARY}))["resume"]
    assert sign_in(resume=sealed[:-8] + "AAAAAAA=").url == "/arbete/"
    post("/logga-ut/")
    for nonsense in ("åäö", "x", "a" * 4000):
        assert sign_in(resume=nonsense).url == "/arbete/"
        post("/logga-ut/")
    clock.shift(31 * 60)
    assert sign_in(resume=sealed).url == "/arbete/"


def test_a_note_of_a_hundred_kilobytes_is_kept_and_one_of_three_hundred_is_told_to_be_too_large(
    anna, sign_in, post, clock
):
    kept = inputs(post("/anteckning/", {"text": "å" * 50_000}))["resume"]
    assert "Din text finns kvar" in sign_in(resume=kept).content.decode()
    post("/logga-ut/")
    lost = post("/anteckning/", {"text": "å" * 150_000})
    assert lost.status_code == 401
    assert "för stort" in lost.content.decode()
    assert "resume" not in inputs(lost)


def test_a_form_from_before_a_sign_in_in_another_window_is_given_back(anna, sign_in, browser, clock):
    browser.get("/logga-in/")
    old_token = browser.cookies["csrf"].value
    sign_in()
    sent = {"text": CANARY, "csrfmiddlewaretoken": old_token}
    kept = browser.post("/anteckning/", sent, headers={"origin": "http://testserver"})
    assert inputs(kept)["text"] == CANARY
    assert SAVED == []
    assert browser.post("/anteckning/", sent).status_code == 403
    assert browser.post("/anteckning/", sent, headers={"origin": "http://evil.example"}).status_code == 403


def test_a_password_never_travels(anna, sign_in, post, clock):
    sign_in()
    clock.shift(EXPIRED)
    response = post("/konto/losenord/", {"old_password": "a", "new_password1": "b", "new_password2": "b"})
    assert (response.status_code, response.url) == (302, "/logga-in/")


def test_a_sign_in_is_no_step_up_and_a_step_up_lasts_five_minutes(anna, sign_in, post, browser, clock):
    sign_in()
    asked = browser.get("/tillstyrk/")
    assert asked.url == "/bekrafta/?next=%2Ftillstyrk%2F"
    assert post("/bekrafta/", {"password": "fel", "next": "/tillstyrk/"}).status_code == 200
    assert browser.get("/tillstyrk/").status_code == 302
    assert post("/bekrafta/", {"password": PASSWORD, "next": "/tillstyrk/"}).url == "/tillstyrk/"
    assert browser.get("/tillstyrk/").status_code == 200
    clock.shift(5 * 60)
    assert browser.get("/tillstyrk/").status_code == 200
    clock.shift(1)
    assert browser.get("/tillstyrk/").status_code == 302


def test_an_act_that_needed_a_step_up_is_finished_with_one_button(anna, sign_in, post):
    sign_in()
    asked = post("/tillstyrk/", {"text": CANARY})
    assert (asked.status_code, SAVED) == (401, [])
    sealed = inputs(asked)["resume"]
    mistyped = post("/bekrafta/", {"password": "fel", "resume": sealed})
    done = post("/bekrafta/", {"password": PASSWORD, "resume": inputs(mistyped)["resume"]})
    assert "_resumed" not in inputs(done)
    assert not any("Kanarie" in row for row in all_rows())
    assert post(action(done), inputs(done)).content == b"tillstyrkt"
    assert SAVED == [[CANARY]]


def test_a_form_waiting_for_a_step_up_survives_that_the_sign_in_ends_too(anna, sign_in, post, clock):
    sign_in()
    sealed = inputs(post("/tillstyrk/", {"text": CANARY}))["resume"]
    clock.shift(EXPIRED)
    asked = post("/bekrafta/", {"password": PASSWORD, "resume": sealed})
    assert inputs(asked)["resume"] == sealed
    assert inputs(sign_in(resume=sealed))["text"] == CANARY


def test_nobody_is_fresh_without_a_sign_in(rf):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    assert not is_fresh(request)


def test_without_a_session_the_form_is_kept_for_whoever_signs_in_from_that_page(anna, sign_in, post):
    sealed = inputs(post("/anteckning/", {"text": CANARY}))["resume"]
    assert inputs(sign_in(resume=sealed))["text"] == CANARY
    assert Client().get("/anteckning/").status_code == 302
