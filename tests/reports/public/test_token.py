"""The hidden token: opens for this service alone, for the page it was made for, for twelve hours."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings

from tests.reports.public.visitor import Visitor
from tests.reports.recipients import Desk
from vetting.reports.models import Report
from vetting.reports.public import padding, token
from vetting.reports.public.draft import Draft

STORY = "Kanariefågeln vid grinden"


def test_it_carries_what_was_told() -> None:
    draft = Draft.new("full")
    draft.story, draft.facts = STORY, {"kind": ["threat"]}
    assert Draft.read(draft.sealed()) == draft


def test_nothing_of_it_can_be_read() -> None:
    draft = Draft.new("full")
    draft.story = STORY
    plain = base64.urlsafe_b64decode(draft.sealed())
    assert STORY.encode() not in plain
    assert bytes.fromhex(draft.bits) not in plain


def test_any_changed_sign_is_noticed() -> None:
    blob = base64.urlsafe_b64decode(Draft.new("short").sealed())
    for place in range(0, len(blob), 7):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(token.BadToken):
            token.unseal("draft", base64.urlsafe_b64encode(changed).decode())


@pytest.mark.parametrize("typed", ["", "x", "%%%", "å" * 10, "A" * 500_000])
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(token.BadToken):
        token.unseal("draft", typed)


def test_one_page_is_not_another() -> None:
    with pytest.raises(token.BadToken):
        token.unseal("inbox", Draft.new("short").sealed())


def test_it_lasts_a_night() -> None:
    begun = datetime(2026, 11, 28, 22, tzinfo=UTC)
    with time_machine.travel(begun, tick=False):
        sealed = Draft.new("short").sealed()
    with time_machine.travel(begun + timedelta(seconds=token.LASTS), tick=False):
        assert token.unseal("draft", sealed)
    with (
        time_machine.travel(begun + timedelta(seconds=token.LASTS + 1), tick=False),
        pytest.raises(token.BadToken),
    ):
        token.unseal("draft", sealed)


def test_its_key_is_no_master_key() -> None:
    sealed = Draft.new("short").sealed()
    with override_settings(MASTER_KEYS=None, INDEX_KEY=None):
        assert token.unseal("draft", sealed)
    with override_settings(SECRET_KEY="another one, long enough to be one"), pytest.raises(token.BadToken):
        token.unseal("draft", sealed)


def test_a_page_with_a_bad_token_says_so_and_sends_nothing(desk: Desk) -> None:
    visitor = Visitor()
    for path in ("/anmal/steg/", "/anmal/ring/", "/anmal/kvitto/", "/anmal/inkorg/"):
        answer = visitor.post(path, {"t": "no token", "to": "send", "number": "1", "story": "2"})
        assert answer.status == 400
        assert "Sidan har stått öppen för länge" in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize("sign", ["a", "'", "😀", "\n<"])
def test_the_longest_story_fits_in_an_answer(desk: Desk, sign: str) -> None:
    visitor = Visitor()
    page = visitor.get("/anmal/kort/")
    told = {"t": page.token, "to": "on", "story": (sign * 20_000)[:19_998] + "s."}
    overview = visitor.post("/anmal/steg/", told)
    assert overview.status == 200
    assert "Inget är skickat än" in overview.text
    again = visitor.post("/anmal/steg/", {"t": overview.token, "to": "story"})
    assert again.status == 200
    assert len(again.body) in padding.SIZES
    receipt = visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})
    assert visitor.post("/anmal/inkorg/", {"code": receipt.code}).status == 200
