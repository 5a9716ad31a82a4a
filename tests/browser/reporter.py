"""Every page of somebody who reports, in the order in which she meets them: for the pictures and for axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.person import follow
from tests.reports.made_files import photo

if TYPE_CHECKING:
    from playwright.sync_api import Page

STORY = "Han sade att jag vet vad som händer om tillståndet inte ges. Han visste var vi bor."
PAGES = 18


def walk(page: Page, look: Callable[[str], None]) -> None:
    """The whole way, told of page by page under a name."""

    def press(name: str, label: str) -> None:
        place = page.locator("main")
        exact = re.compile(rf"^\s*{re.escape(name)}")
        follow(page, place.get_by_role("button", name=exact).or_(place.get_by_role("link", name=exact)).first)
        look(label)

    page.goto("/anmal/")
    look("first")
    for address in ("visselblasning/", "ring/", "kort/", "annan/", "inkorg/", "ingen-sida/"):
        page.goto(f"/anmal/{address}")
        look(address.strip("/"))
    page.goto("/anmal/fullt/")
    press("Fortsätt", "story_missing")
    page.get_by_label("Vad har hänt?").fill(STORY)
    for label in ("questions", "readers", "self", "overview"):
        press("Fortsätt", label)
    press("Skicka anmälan", "receipt")
    press("Kontrollera", "receipt_checked")
    code = "".join(page.locator(".rep-groups > span").all_inner_texts())
    page.goto("/anmal/inkorg/")
    page.get_by_label("Återkomstkod").fill("fel")
    press("Öppna", "wrong_code")
    page.get_by_label("Återkomstkod").fill(code)
    press("Öppna", "returned")
    for name, kind, data in (("IMG_1.jpg", "image/jpeg", photo()), ("a.svg", "image/svg+xml", b"<svg/>")):
        chosen = page.get_by_label("Lägg till en fil")
        chosen.set_input_files([{"name": name, "mimeType": kind, "buffer": data}])
        press("Lägg till filen", f"file_{kind.partition('/')[2].partition('+')[0]}")
