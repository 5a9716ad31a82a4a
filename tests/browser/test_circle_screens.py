"""From an empty circle to the first opened report and a key brought back, in the browser on a phone without scripts."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.browser.person import Person, follow
from tests.harness.browser import NARROW, Live
from tests.recruitment.world import build_world
from tests.reports.recipients import CANARY, ROOT, Desk
from vetting.reports.directory import recipients_of
from vetting.reports.models import RecipientKey

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(400)]
HOLDERS = ("hr", "registrar", "archivist", "chief", "security_head")


def enter(live: Live, name: str, *, javascript: bool = False) -> Person:
    """Somebody signs in on a phone."""
    person = Person(live, name, javascript=javascript)
    person.page.set_viewport_size({"width": NARROW, "height": 844})
    return person


def confirm(person: Person, name: str) -> None:
    """Where the page asks who one is before it acts: the password, and then the button once more."""
    person.press(name)
    if person.page.get_by_label("Lösenord").count():
        person.confirm()
        again = person.page.locator("main").get_by_role("button", name=name, exact=True)
        if again.count():
            person.press(name)


def groups(person: Person, number: int = 0) -> list[str]:
    """The groups of a code that the page shows this once."""
    return person.page.locator(".app-code").nth(number).locator("span").all_inner_texts()


def make_key(person: Person) -> tuple[str, list[str]]:
    """The key, and its passphrase and five parts as they stand on the page that shows them once."""
    person.page.goto("/anmalningar/nycklar/")
    person.press("Skapa nyckel")
    confirm(person, "Skapa nyckel")
    words, code, *parts = person.page.locator(".app-code").all()
    phrase = words.locator("span").all_inner_texts()
    assert (len(phrase), len(code.locator("span").all()), len(parts)) == (6, 7, 5)
    assert person.page.locator(".app-slip").count() == 7
    return " ".join(phrase), [part.inner_text() for part in parts]


def certify(desk: Desk, admin: Person, person: Person, folder: Path) -> None:
    """The ceremony: what was downloaded goes to the root, and an administrator takes in what comes back."""
    person.page.goto("/anmalningar/nycklar/")
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name="Hämta begäran om intyg").click()
    root, request, out = (folder / f"{person.name}.{kind}" for kind in ("root", "txt", "cert"))
    waiting.value.save_as(request)
    root.write_text(base64.b64encode(ROOT).decode(), encoding="ascii")
    call_command("recipient_ceremony", root=root, request=request, certificate=out, stdout=StringIO())
    admin.page.goto("/anmalningar/nycklar/intyg/")
    admin.page.get_by_label("Intyget").fill(out.read_text(encoding="utf-8"))
    for number, name in enumerate(HOLDERS, 1):
        admin.page.get_by_label(f"Del {number} har lämnats till").fill(desk.world.accounts[name].username)
    confirm(admin, "Läs in intyg")
    assert "Intyget är inläst" in admin.text


def unlock(person: Person, phrase: str) -> None:
    """The shift begins."""
    person.page.goto("/anmalningar/las-upp/")
    if person.page.get_by_label("Lösenord").count():
        person.give_password()
    person.page.get_by_label("Lösenfras").fill(phrase)
    follow(person.page, person.page.get_by_role("button", name="Lås upp"))


def give_part(live: Live, name: str, address: str, mark: str, part: str) -> None:
    """A holder takes the paper out of the envelope, and gives her part on the page whose address she was told."""
    holder = enter(live, name)
    holder.page.goto(address)
    if holder.page.get_by_label("Lösenord").count():
        holder.give_password()
    assert "Har Rita själv bett dig?" in holder.text
    holder.page.get_by_label("Kontrollraden").fill(mark)
    holder.page.get_by_label("Din del").fill(part)
    holder.press("Lämna delen")
    assert "Din del är lämnad" in holder.text
    holder.page.context.close()


def test_from_an_empty_circle_to_an_opened_report_and_a_key_brought_back(
    live: Live, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    desk, people, told = Desk(build_world()), {}, {}
    for name in ("rita", "ragnar"):
        desk.world.hire(name, "report_recipient", authority=desk.world.other_authority)
    admin = enter(live, "administrator", javascript=True)
    for name in ("rita", "ragnar"):
        people[name] = person = enter(live, name, javascript=name == "ragnar")
        told[name] = make_key(person)
        if name == "ragnar":
            assert axe(person.page) == []
            _picture(person.page, "key-shown-once")
        certify(desk, admin, person, tmp_path)
    assert axe(admin.page) == []
    assert [each.name for each in recipients_of("pressure")] == ["Ragnar", "Rita"]
    receipt, rita = desk.send(), people["rita"]
    unlock(rita, told["rita"][0])
    rita.press(receipt.reference)
    assert CANARY in rita.text
    _bring_back(live, desk, rita, told["rita"][1])
    phrase = " ".join(groups(rita))
    rita.page.goto("/anmalningar/")
    rita.press("Lås nu")
    unlock(rita, told["rita"][0])
    assert "Upplåst till" not in rita.text, "the passphrase that was lost opens nothing any more"
    unlock(rita, phrase)
    rita.press(receipt.reference)
    assert CANARY in rita.text


def _bring_back(live: Live, desk: Desk, rita: Person, parts: list[str]) -> None:
    """The passphrase is lost: two of the five parts do not bring the key back, three do."""
    key = RecipientKey.objects.get(person_id=desk.person("rita"))
    rita.page.goto("/anmalningar/nycklar/")
    rita.press("Återskapa med tre delar")
    confirm(rita, "Be om delarna")
    code, mark = "-".join(groups(rita)), rita.page.locator(".app-code").nth(1).inner_text()
    address = rita.page.locator(".app-hash").last.inner_text()
    _picture(rita.page, "parts-asked-for")
    for number in (0, 1):
        give_part(live, HOLDERS[number], address, mark, parts[number])
    here = reverse("key_recover", kwargs={"key": key.pk})
    rita.page.goto(here)
    assert "2 delar är lämnade av 3 som behövs." in rita.text
    assert rita.page.get_by_label("Koden").count() == 0
    token = rita.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "once": str(uuid4()), "code": code}
    forced = rita.page.request.post(here, form=form, headers={"Referer": live.url})
    assert (forced.status, "app-code" in forced.text()) == (422, False)
    give_part(live, HOLDERS[4], address, mark, parts[4])
    rita.page.goto(here)
    rita.page.get_by_label("Koden").fill(code.lower())
    confirm(rita, "Återskapa")
    assert len(groups(rita)) == 6


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
