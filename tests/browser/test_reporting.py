"""Reporting on a phone, without scripts: counted in pages, presses and letters, and looked at in every light."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.person import follow
from tests.browser.reporter import PAGES, STORY, walk
from tests.browser.screens import troubles_of
from tests.harness.browser import NARROW, Live
from tests.reports.made_files import photo as photo_of_a_letter
from tests.reports.recipients import Desk, build_desk
from vetting.reports.actions.handling import send_message
from vetting.reports.models import Report

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PER_PRESS, PER_LETTER, PER_PAGE = 1.2, 0.25, 2.0
"""Seconds of somebody with a phone in one hand: to find and press, to type a letter, to look over a page."""


class Phone:
    """Somebody's phone at the reporting pages; counts what it costs."""

    def __init__(self, live: Live, start: str = "/anmal/") -> None:
        self.page = live.open(start, javascript=False, width=NARROW)
        self.presses, self.letters, self.pages = 0, 0, 1
        self.begun = time.monotonic()

    def press(self, name: str) -> None:
        """Press what leads on."""
        exact = re.compile(rf"^\s*{re.escape(name)}")
        place = self.page.locator("main")
        thing = place.get_by_role("button", name=exact).or_(place.get_by_role("link", name=exact))
        self.presses, self.pages = self.presses + 1, self.pages + 1
        follow(self.page, thing.first)

    def choose(self, label: str) -> None:
        """Tick or choose."""
        self.presses += 1
        self.page.get_by_label(label, exact=True).first.check()

    def untick(self, label: str) -> None:
        """Take a tick away."""
        self.presses += 1
        self.page.get_by_label(re.compile(label)).uncheck()

    def type(self, label: str, text: str) -> None:
        """Write in a box."""
        self.presses, self.letters = self.presses + 1, self.letters + len(text)
        self.page.get_by_label(label).first.fill(text)

    @property
    def seconds(self) -> float:
        """What it would take a person, and what the machine took on top."""
        by_hand = self.presses * PER_PRESS + self.letters * PER_LETTER + self.pages * PER_PAGE
        return by_hand + (time.monotonic() - self.begun)

    @property
    def code(self) -> str:
        """The receipt's code."""
        return "-".join(self.page.locator(".rep-groups > span").all_inner_texts())


def test_call_me_alone_in_half_a_minute(live: Live) -> None:
    build_desk()
    phone = Phone(live)
    phone.press("Ring mig")
    phone.type("Telefonnummer", "0701740610")
    phone.press("Ring mig")
    assert phone.page.get_by_text("Tack. Vi har tagit emot").is_visible()
    assert (phone.pages, phone.presses) == (3, 3)
    assert phone.seconds < 30
    assert Report.objects.get().way == "call"


def test_something_felt_wrong_in_a_minute(live: Live) -> None:
    build_desk()
    phone = Phone(live)
    phone.press("Något kändes fel")
    phone.type("Vad har hänt?", STORY)
    phone.choose("I dag")
    phone.choose("Underförstått hot")
    phone.press("Fortsätt")
    phone.press("Skicka anmälan")
    assert len(phone.code) == 34
    assert phone.seconds < 60
    assert Report.objects.get().way == "short"


def test_the_full_way_in_three_minutes(live: Live) -> None:
    build_desk()
    phone = Phone(live)
    phone.press("Jag är utsatt")
    phone.type("Vad har hänt?", STORY)
    phone.press("Fortsätt")
    for answer in ("Det pågår", "Hot", "Per telefon", "Ett kriminellt nätverk", "Ett tillstånd eller bidrag"):
        phone.choose(answer)
    phone.press("Fortsätt")
    phone.untick("ragnar|Ragnar")
    phone.press("Fortsätt")
    phone.type("Ditt namn", "Karin Lind")
    phone.type("Hur når vi dig?", "0701740611 efter 18")
    phone.choose("Mottagarna får kontakta mig")
    phone.press("Fortsätt")
    assert phone.page.get_by_text("borttagen, får inte läsa").is_visible()
    phone.press("Skicka anmälan")
    assert len(phone.code) == 34
    assert phone.seconds < 180
    report = Report.objects.get()
    assert (report.way, report.mode, report.members.count()) == ("full", "confidential", 2)


def test_coming_back_and_answering(live: Live) -> None:
    desk = build_desk()
    phone = Phone(live)
    phone.press("Något kändes fel")
    phone.type("Vad har hänt?", STORY)
    phone.press("Fortsätt")
    phone.press("Skicka anmälan")
    code = phone.code
    _answer(desk, "Är du trygg i kväll?")
    phone = Phone(live, "/anmal/inkorg/")
    phone.type("Återkomstkod", code.lower())
    phone.press("Öppna")
    assert phone.page.get_by_text("Är du trygg i kväll?").is_visible()
    phone.type("Skriv mer", "Ja, hos min syster.")
    phone.press("Skicka")
    assert phone.page.get_by_text("Ja, hos min syster.").is_visible()
    assert phone.page.url.endswith("/anmal/inkorg/")


def test_adding_a_photo_of_a_letter(live: Live) -> None:
    """Without scripts, on a phone: chosen, sent, told of, in half a minute once one is back."""
    receipt = build_desk().send()
    phone = Phone(live, "/anmal/inkorg/")
    phone.type("Återkomstkod", "".join(receipt.code.groups).lower())
    phone.press("Öppna")
    phone.type("Skriv mer", "Brevet låg i min brevlåda.")
    photo = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_letter()}
    phone.page.get_by_label("Lägg till en fil").set_input_files([photo])
    phone.presses += 2
    phone.press("Lägg till filen")
    assert phone.page.get_by_text("platsen där bilden togs").is_visible()
    assert phone.page.get_by_text("IMG_0001").count() == 0
    assert phone.page.get_by_label("Skriv mer").input_value() == "Brevet låg i min brevlåda."
    phone.press("Skicka")
    assert phone.page.get_by_label("Skriv mer").input_value() == ""
    assert phone.page.get_by_text("Brevet låg i min brevlåda.").is_visible()
    assert phone.seconds < 60


def _answer(desk: Desk, text: str) -> None:
    from vetting.reports.case import Case

    with Case.locked(Report.objects.get().pk) as case:
        send_message(case, by=desk.actor("rita"), vault=desk.vault("rita"), text=text)


def test_every_page_is_accessible(live: Live, axe: Callable[[Page], list[str]], settings: Any) -> None:
    settings.MUNICIPALITY_NAME = "Nordviks kommun"
    settings.DUTY_PHONE, settings.DUTY_HOURS = "070-174 06 05", "Dygnet runt, alla dagar"
    build_desk()
    page = live.open("/anmal/")
    looked: list[str] = []

    def look(name: str) -> None:
        looked.append(name)
        assert troubles_of(page, axe, f"{len(looked):02}-{name}") == []

    walk(page, look)
    assert page.get_by_text("platsen där bilden togs").is_visible()
    assert page.get_by_text("Webbsidor och vektorbilder").is_visible()
    assert len(looked) == PAGES
