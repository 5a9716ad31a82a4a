"""Twenty clean opinions in one signing: ticked, read on one page, signed with one touch, verified alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from tests.browser.clicks import TWENTY, holds
from tests.browser.person import Tally, follow
from tests.browser.test_security_key import Key
from tests.browser.test_signed_approval import KNOWS_HER, signing_in_with_a_new_key
from tests.harness.browser import NARROW, Live
from tests.recruitment.opinions import ask
from tests.recruitment.world import build_world
from vetting.recruitment.models import Opinion, VoteSignature

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(600)]
MANY = 20


def count_load(tally: Tally) -> None:
    tally.loads += 1


def test_twenty_with_one_touch(live: Live, axe: Callable[[Page], list[str]], tmp_path: Path) -> None:
    world = build_world()
    for _case in range(MANY):
        ask(world)
    page, held = signing_in_with_a_new_key(live, width=NARROW)
    page.goto("/arbete/")
    tally = Tally(pages=["opinion_list", "support_many"])
    page.on("domcontentloaded", lambda _page: count_load(tally))
    tally.clicks.append("security_one: Säkerhetsyttranden att lämna")
    follow(page, page.get_by_role("link", name="Säkerhetsyttranden att lämna"))
    for box in page.locator('input[name="pick"]').all():
        tally.clicks.append("security_one: en ruta")
        box.check()
    tally.clicks.append("security_one: Tillstyrk de ikryssade")
    follow(page, page.get_by_role("button", name="Tillstyrk de ikryssade"))
    assert page.get_by_role("heading", name=f"Tillstyrk {MANY} ärenden").is_visible()
    assert page.get_by_text("Referenser", exact=True).count() == MANY
    page.get_by_text("Texten ord för ord").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert VoteSignature.objects.count() == 0
    # Chromium forgets its virtual keys on some navigations: the same one is plugged in again.
    key = Key(page, **KNOWS_HER)
    key.put(held)
    tally.clicks.append("security_one: Tillstyrk och signera")
    follow(page, page.get_by_role("button", name=f"Tillstyrk och signera {MANY}"))
    assert f"{MANY} yttranden lämnade" in page.content()
    assert Opinion.objects.filter(state="approved").count() == MANY
    assert sorted(VoteSignature.objects.values_list("how", "place")) == [
        ("signed", place) for place in range(1, MANY + 1)
    ]
    holds(TWENTY, tally)
    call_command("audit_export", out=tmp_path / "bundle", verbosity=0)
    asked = [sys.executable, "-I", "verify_signatures.py", ".", "--origin", live.url, "--require-signed"]
    for command in (asked, [sys.executable, "-I", "verifier.py", "verify", "."]):
        done = subprocess.run(command, cwd=tmp_path / "bundle", capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_without_the_key_at_hand_the_other_button_asks_for_none(live: Live) -> None:
    """It stands in a card of its own and sends the same form, as it stands: the key is never asked."""
    ask(build_world())
    page, _held = signing_in_with_a_new_key(live, width=NARROW)
    page.goto("/godkannanden/")
    page.locator('input[name="pick"]').check()
    follow(page, page.get_by_role("button", name="Tillstyrk de ikryssade"))
    assert page.get_by_role("button", name="Tillstyrk och signera 1").is_visible()
    with page.expect_request("**/godkannanden/tillstyrk/") as sent:
        follow(page, page.get_by_role("button", name="Lämna utan signatur"))
    assert "unsigned=1" in (sent.value.post_data or "")
    assert "&answer=&" in (sent.value.post_data or "")
