"""The inbox: what a handler steers by and never a text; others see no trace of a report, in no list and no count."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from tests.recruitment.clicks import client_of
from tests.reports.pages import at, recipient, text_of
from tests.reports.recipients import CANARY, Desk

INBOX = "/anmalningar/"


def test_it_tells_what_one_steers_by_and_never_a_text(desk: Desk) -> None:
    receipt = desk.send(facts={"kind": ["threat"]}, contact="ring kanariefågeln 070")
    page = text_of(recipient(desk, "rita").get(INBOX))
    for words in (receipt.reference, "Påtryckning", "Hot", "Mottagen", "Bekräfta", "1 dag kvar"):
        assert words in page, words
    assert "anariefågel" not in page.lower()
    assert CANARY not in page
    assert not Entry.objects.filter(action__in=["report.opened", "message.read"]).exists()


def test_with_the_key_locked_the_type_is_not_told(desk: Desk) -> None:
    receipt = desk.send(facts={"kind": ["threat"]})
    page = text_of(recipient(desk, "rita", is_open=False).get(INBOX))
    assert receipt.reference in page
    assert "låst" in page
    assert ">Hot<" not in page


def test_two_channels_are_two_circles_and_others_find_nothing(desk: Desk) -> None:
    pressure = desk.send()
    whistle = desk.send(channel="whistleblowing")
    for name, sees, hidden in (("rita", pressure, whistle), ("viola", whistle, pressure)):
        client = recipient(desk, name)
        page = text_of(client.get(INBOX))
        assert sees.reference in page
        assert hidden.reference not in page
        assert client.get(at(desk.report(sees))).status_code == 200
        assert client.get(at(desk.report(hidden))).status_code == 404
    for name in ("security_head", "hr", "administrator", "auditor"):
        client = client_of(desk.world, name, fresh=True)
        assert client.get(INBOX).status_code == 404, name
        assert client.get(at(desk.report(pressure))).status_code == 404, name
        assert "Anmälningar</" not in text_of(client.get("/konto/")), name


def test_whoever_was_taken_out_sees_no_trace(desk: Desk) -> None:
    before = text_of(recipient(desk, "rita").get(INBOX))
    receipt = desk.send(excluded=frozenset({desk.person("rita")}))
    client = recipient(desk, "rita")
    after = text_of(client.get(INBOX))
    assert receipt.reference not in after
    assert _plain(before) == _plain(after)
    hidden = client.get(at(desk.report(receipt)))
    absent = client.get(INBOX + "00000000-0000-4000-8000-000000000000/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert receipt.reference in text_of(recipient(desk, "ragnar").get(INBOX))


def _plain(page: str) -> str:
    """Without what differs from page to page: the keys of forms."""
    import re

    return re.sub(r'value="[^"]*"|Upplåst till \d\d:\d\d', "", page)


def test_fifty_a_page_with_few_queries_and_a_small_answer(desk: Desk) -> None:
    for place in range(52):
        desk.send(facts={"kind": ["threat", "offer"]}, story=f"{CANARY} {place}")
    client = recipient(desk, "rita")
    client.get(INBOX)
    with CaptureQueriesContext(connection) as first, CaptureQueriesContext(connections["keystore"]) as keys:
        page = client.get(INBOX)
    assert len(first) <= 25
    assert len(keys) <= 55
    assert len(page.content) <= 60_000
    assert text_of(page).count('scope="row"') == 50
    assert text_of(client.get(INBOX + "?sida=2")).count('scope="row"') == 2


def test_the_cookie_without_the_session_and_the_reverse_open_nothing(desk: Desk) -> None:
    receipt = desk.send()
    address = at(desk.report(receipt))
    whole = recipient(desk, "rita")
    assert whole.get(address).status_code == 200
    cookie = whole.cookies[settings.VAULT_COOKIE_NAME].value
    no_cookie = recipient(desk, "rita")
    del no_cookie.cookies[settings.VAULT_COOKIE_NAME]
    no_session = recipient(desk, "rita", is_open=False)
    no_session.cookies[settings.VAULT_COOKIE_NAME] = cookie
    others = recipient(desk, "ragnar")
    others.cookies[settings.VAULT_COOKIE_NAME] = cookie
    for client in (no_cookie, no_session, others):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/anmalningar/las-upp/")
    whole.post("/anmalningar/las/")
    assert whole.get(address).status_code == 302


@pytest.mark.parametrize("which", ["oppna", "mina", "utan", "avslutade", "annat"])
def test_each_selection_answers(desk: Desk, which: str) -> None:
    desk.send()
    assert recipient(desk, "rita").get(INBOX, {"visa": which}).status_code == 200
