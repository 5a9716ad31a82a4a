"""Before too few are left: a warning where a key is revoked, and a way there; whether messages leave at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from audit.clock import now
from tests.recruitment.clicks import client_of, text_of
from tests.reports.pages import recipient
from tests.reports.recipients import Desk
from vetting.reports.models import Notice

SHORT = "Sedan tar färre än två emot här"
FEW = "De här anmälningarna får bara en läsare kvar, eller ingen"


def asked(desk: Desk, who: str, of: str) -> str:
    client = client_of(desk.world, who, fresh=True) if who not in desk.keys else recipient(desk, who)
    return text_of(client.get(reverse("key_revoke", kwargs={"key": desk.keys[of].pk})))


def test_revoking_warns_where_fewer_than_two_would_be_left(desk: Desk) -> None:
    both = desk.send(excluded=frozenset({desk.person("rosa")}))
    three = desk.send()
    hidden = desk.send(excluded=frozenset({desk.person("rita")}))
    page = asked(desk, "rita", "rita")
    assert SHORT not in page
    assert FEW in page
    assert both.reference in page
    assert three.reference not in page
    assert hidden.reference not in asked(desk, "rita", "ragnar"), "she was taken out of it"
    page = asked(desk, "viola", "vera")
    assert SHORT in page
    assert "Bara Viola är kvar." in page


def test_a_head_is_warned_of_the_channel_and_learns_of_no_report(desk: Desk) -> None:
    """Whom the recipients' authority has as head: the number of reports is nothing for her."""
    receipt = desk.send(channel="whistleblowing")
    head = next(
        name
        for name in ("security_head", "hr_head", "chief")
        if name in desk.world.accounts
        and client_of(desk.world, name, fresh=True)
        .get(reverse("key_revoke", kwargs={"key": desk.keys["viola"].pk}))
        .status_code
        == 200
    )
    page = asked(desk, head, "viola")
    assert SHORT in page
    assert FEW not in page
    assert receipt.reference not in page


def test_those_who_may_are_led_to_it_from_the_roles(desk: Desk) -> None:
    for name in ("security_head", "administrator", "auditor"):
        client = client_of(desk.world, name, fresh=True)
        led = f'href="{reverse("key_revocable")}"' in text_of(client.get(reverse("role_list")))
        assert led == (client.get(reverse("key_revocable")).status_code == 200), name


@pytest.mark.parametrize(
    ("is_set", "tries", "words"),
    [(False, 0, "Inte inställt"), (True, 1, "Inget har fastnat"), (True, 2, "Går inte fram")],
)
def test_the_auditor_sees_whether_messages_leave_and_nothing_of_them(
    desk: Desk, settings: Any, is_set: bool, tries: int, words: str
) -> None:
    settings.ANCHOR_RELAY = object() if is_set else None
    Notice.objects.create(person_id=desk.person("rita"), kind="alarm", way="mail", due_at=now(), tries=tries)
    page = text_of(client_of(desk.world, "auditor", fresh=True).get(reverse("oversight")))
    told = page.partition("Går meddelanden fram?")[2]
    assert words in told.partition("Sms")[0]
    assert "Inte inställt" in told.partition("Sms")[2]
    assert "Rita" not in told
