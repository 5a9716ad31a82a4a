"""An approval signed with a security key in the browser, at 390 pixels, and verified from an exported package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from tests.browser.person import PASSWORD, Person, follow
from tests.browser.test_security_key import Key
from tests.harness.browser import NARROW, Live
from tests.recruitment.opinions import ask
from tests.recruitment.world import build_world
from vetting.recruitment.models import VoteSignature

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(400)]
KNOWS_HER = {"hasUserVerification": True, "isUserVerified": True}


def signing_in_with_a_new_key(live: Live, **how: Any) -> tuple[Page, dict[str, Any]]:
    """The first approver's browser, where she has just added a key that knows her, and what the key holds."""
    page = live.open("/logga-in/", **how)
    key = Key(page, **KNOWS_HER)
    page.get_by_label("Användarnamn").fill("security_one")
    page.get_by_label("Lösenord").fill(PASSWORD)
    follow(page, page.locator("main").get_by_role("button", name="Logga in"))
    page.goto("/konto/inloggningssatt/nyckel/")
    page.get_by_label("Namn på nyckeln").fill("Nyckelknippan")
    follow(page, page.get_by_role("button", name="Lägg till nyckeln"))
    return page, key.credentials()[0]


def to_the_signing(page: Page, case: object, opinion: object) -> None:
    """From the opinion's page, with a vote and its reasons, to the page that asks for the key."""
    page.goto(f"/godkannanden/{case}/{opinion}/")
    assert "Du signerar med din säkerhetsnyckel" in page.content()
    page.get_by_label("Återlämna").check()
    page.get_by_role("textbox", name="Skäl").fill("Komplettera med vem som har haft avtalsansvaret.")
    follow(page, page.get_by_role("button", name="Lämna yttrandet"))
    assert page.get_by_role("heading", name="Signera yttrandet").is_visible()


def test_one_touch_signs_and_the_package_is_verified_elsewhere(
    live: Live, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    world = build_world()
    walk, _finalist, opinion = ask(world)
    page, held = signing_in_with_a_new_key(live, width=NARROW)
    page.goto(f"/godkannanden/{walk.pk}/{opinion}/")
    follow(page, page.get_by_role("button", name="Ta yttrandet"))
    to_the_signing(page, walk.pk, opinion)
    page.get_by_text("Texten ord för ord").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    to_the_signing(page, walk.pk, opinion)  # opened anew: what was asked before is worth nothing
    # Chromium forgets its virtual keys on some navigations: the same one is plugged in again.
    key = Key(page, **KNOWS_HER)
    key.put(held)
    # One touch: it signs, and nobody asks once more who she is.
    follow(page, page.get_by_role("button", name="Signera med säkerhetsnyckeln"))
    assert "Ditt yttrande är lämnat" in page.content()
    assert "signerat med säkerhetsnyckeln Nyckelknippan" in page.content()
    assert axe(page) == []
    assert VoteSignature.objects.get().how == "signed"
    call_command("audit_export", out=tmp_path / "bundle", verbosity=0)
    asked = [sys.executable, "-I", "verify_signatures.py", ".", "--origin", live.url, "--require-signed"]
    for command in (asked, [sys.executable, "-I", "verifier.py", "verify", "."]):
        done = subprocess.run(command, cwd=tmp_path / "bundle", capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_without_scripts_the_record_says_that_it_is_not_signed(live: Live) -> None:
    world = build_world()
    walk, _finalist, opinion = ask(world)
    approver = Person(live, "security_one")
    approver.go(f"/godkannanden/{walk.pk}/{opinion}/")
    approver.press("Ta yttrandet")
    assert "antecknas som inte signerat" in approver.text
    approver.choose("Tillstyrk", of="Ditt yttrande")
    approver.press("Lämna yttrandet")
    approver.confirm()
    assert "bekräftat med lösenord, inte signerat" in approver.text
