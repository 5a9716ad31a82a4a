"""Unlocking with the passphrase: after the password, for a quarter of an hour, recorded; a wrong one opens nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings

from audit.clock import at as at_moment
from audit.clock import now
from audit.models import Entry
from tests.recruitment.clicks import client_of
from tests.reports.pages import at, recipient, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.crypto import slots

UNLOCK = "/anmalningar/las-upp/"
PHRASE = "babab dabad fabaf gabag habah jabaj"


def test_the_passphrase_opens_the_shift_and_nothing_else_does(desk: Desk) -> None:
    slots.lock(desk.keys["rita"].pk, desk.seeds["rita"], phrase=PHRASE)
    report = desk.report(desk.send())
    assert 'name="phrase"' not in text_of(client_of(desk.world, "rita", fresh=False).get(UNLOCK))
    client = recipient(desk, "rita", is_open=False)
    wrong = client.post(UNLOCK, {"once": str(uuid4()), "phrase": "fel ord"})
    assert wrong.status_code == 422
    assert settings.VAULT_COOKIE_NAME not in client.cookies
    assert not Entry.objects.filter(action="vault.unlocked").exists()
    right = client.post(UNLOCK, {"once": str(uuid4()), "phrase": PHRASE, "till": at(report)})
    assert (right.status_code, right["Location"]) == (302, at(report))
    assert Entry.objects.filter(action="vault.unlocked", actor_person=desk.person("rita")).count() == 1
    assert CANARY in text_of(client.get(at(report)))
    cookie = right.cookies[settings.VAULT_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]
    with at_moment(now() + timedelta(minutes=16)):
        assert client.get(at(report)).status_code == 302
    client.logout()
    assert client.get(at(report)).status_code == 302


def test_it_leads_nowhere_but_back_into_the_room(desk: Desk) -> None:
    slots.lock(desk.keys["rita"].pk, desk.seeds["rita"], phrase=PHRASE)
    client = recipient(desk, "rita", is_open=False)
    for target in ("https://evil.example/anmalningar/", "//evil.example", "/arbete/"):
        answer = client.post(UNLOCK, {"once": str(uuid4()), "phrase": PHRASE, "till": target})
        assert answer["Location"] == "/anmalningar/"


def test_only_recipients_find_the_page(desk: Desk) -> None:
    for name in ("hr", "security_head", "administrator", "auditor"):
        assert client_of(desk.world, name, fresh=True).get(UNLOCK).status_code == 404, name
