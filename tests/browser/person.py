"""A person at the pages in a browser of her own: signs in, presses and types by the words she sees, and is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import resolve

from tests.harness.browser import Live

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSWORD = "hemligt-lösenord-7"
UNCOUNTED = {"account_login", "account_reauthenticate"}
OPENS = {"show_finalists"}
"""Buttons that show something and send nothing in: pressing one is a click, and makes no page of the one it is on."""


@dataclass
class Tally:
    """What a job costs: presses and choices, boxes typed in, the pages on which a button was pressed, and how many
    times a page was loaded. Signing in is not counted: everybody's day begins with it.
    """

    clicks: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    loads: int = 0

    @property
    def people(self) -> set[str]:
        """Who clicked."""
        return {click.partition(":")[0] for click in self.clicks}

    def __str__(self) -> str:
        pages = ", ".join(self.pages)
        return f"{len(self.clicks)} clicks, {len(self.typed)} boxes typed, {len(self.pages)} pages ({pages})"


def follow(page: Page, thing: Locator) -> None:
    """Press what leads to another page, and stand on that page when this returns."""
    follow_by(page, thing.click)


def follow_by(page: Page, way: Callable[[], object]) -> None:
    """Do what leads to another page, and stand on that page when this returns."""
    with page.expect_navigation():
        way()


class Mouse:
    """Hands on a mouse: how a person presses, ticks, chooses and writes. The keyboard's are in `keyboard`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, thing: Locator) -> None:
        """Press what leads to another page."""
        follow(self.page, thing)

    def unfold(self, summary: Locator) -> None:
        """Press what opens a part of the page."""
        summary.click()

    def mark(self, box: Locator) -> None:
        """Choose a radio button or tick a box."""
        box.check()

    def pick(self, box: Locator, option: str) -> None:
        """Choose in a list."""
        box.select_option(label=option)

    def write(self, box: Locator, text: str) -> None:
        """Write in a box, over what stands there."""
        box.fill(text)

    def arrived(self) -> None:
        """Nothing, when a page has come."""


class Person:
    """One person of the world in her own browser. `look`, where given, judges every page she comes to."""

    def __init__(
        self,
        live: Live,
        name: str,
        *,
        javascript: bool = False,
        tally: Tally | None = None,
        look: Callable[[Page], list[str]] | None = None,
        hands: type[Mouse] = Mouse,
    ) -> None:
        self.name, self.tally, self.look = name, tally if tally is not None else Tally(), look
        self.page = live.open("/", javascript=javascript)
        self.hands = hands(self.page)
        self.seen: set[str] = set()
        self.hands.press(self.page.get_by_role("link", name="Logga in", exact=True).first)
        self.give_password(user=name)
        self.page.on("domcontentloaded", self._loaded)
        self._arrived()

    def give_password(self, user: str = "") -> None:
        """Fill in the page that asks who one is, or asks again."""
        if user:
            self.hands.write(self.page.get_by_label("Användarnamn"), user)
        self.hands.write(self.page.get_by_label("Lösenord"), PASSWORD)
        name = "Logga in" if user else "Bekräfta"
        self.hands.press(self.page.locator("main").get_by_role("button", name=name))

    @property
    def route(self) -> str:
        """The name of the page's route."""
        return str(resolve("/" + self.page.url.split("/", 3)[3].split("?")[0].split("#")[0]).url_name)

    def go(self, address: str) -> int:
        """Go to an address; the answer's status."""
        answer = self.page.goto(address)
        self._arrived()
        assert answer is not None
        return answer.status

    def press(self, name: str, *, within: str = "main", last: bool = False) -> None:
        """Press the button or follow the link that says `name`."""
        place = self.page.locator(within)
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        found = place.get_by_role("button", name=exact).or_(place.get_by_role("link", name=exact))
        thing = found.last if last else found.first
        if thing.evaluate("e => e.type === 'submit'") and self._leads_to(thing) not in OPENS:
            self._note(self.tally.pages, self.route)
        self._count(name)
        self.hands.press(thing)
        self._arrived()

    @staticmethod
    def _leads_to(thing: Locator) -> str:
        """The route that a button sends to."""
        asked = "e => e.getAttribute('formaction') || e.form.getAttribute('action') || location.href"
        return str(resolve(thing.evaluate(f"e => new URL(({asked})(e), location.href).pathname")).url_name)

    def part(self, heading: str) -> Locator:
        """The group of fields under the legend `heading`."""
        return self.page.get_by_role("group", name=heading).first

    def choose(self, option: str, *, of: str, within: Locator | None = None) -> None:
        """Choose a radio button or tick a box in the group `of`; nothing where it is chosen already."""
        place: Page | Locator = within or self.page
        box = place.get_by_role("group", name=of).get_by_label(option, exact=True).first
        if not box.is_checked():
            self._count(f"{of}: {option}")
            self.hands.mark(box)

    def unfold(self, label: str) -> None:
        """Open a part that is folded away; nothing where it is open."""
        fold = self.page.locator("details", has=self.page.locator("summary", has_text=label)).first
        if fold.get_attribute("open") is None:
            self._count(label)
            self.hands.unfold(fold.locator("summary"))

    def tick(self, label: str) -> None:
        """Tick a box that stands alone."""
        self._count(label)
        self.hands.mark(self.page.get_by_label(label))

    def select(self, label: str, option: str) -> None:
        """Choose in a list; nothing where it is chosen already."""
        box = self.page.get_by_label(label, exact=True)
        if box.locator("option:checked").inner_text() != option:
            self._count(f"{label}: {option}")
            self.hands.pick(box, option)

    def type(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Write in a box."""
        self.tally.typed.append(label)
        self.hands.write((within or self.page).get_by_label(re.compile(rf"^{re.escape(label)}")).first, text)

    def confirm(self) -> None:
        """Enter the password again where that is asked for, and finish."""
        assert self.route == "account_reauthenticate" or self.page.get_by_label("Lösenord").count() == 1
        self._count("Bekräfta")
        self.give_password()
        self._count("Slutför")
        self.hands.press(self.page.get_by_role("button", name="Slutför"))
        self._arrived()

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    def case(self) -> UUID:
        """The recruitment of the page's address."""
        return UUID(re.findall(r"[0-9a-f-]{36}", self.page.url)[0])

    def _count(self, what: str) -> None:
        self.tally.clicks.append(f"{self.name}: {what}")

    def _loaded(self, page: Page) -> None:
        self.tally.loads += 1

    def _note(self, pages: list[str], route: str) -> None:
        if route not in pages and route not in UNCOUNTED:
            pages.append(route)

    def _arrived(self) -> None:
        self.hands.arrived()
        if self.look is not None and self.route not in self.seen:
            self.seen.add(self.route)
            assert self.look(self.page) == [], self.page.url
