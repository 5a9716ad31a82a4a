"""A guest approver without scripts: proposed on one page, confirmed on another, opining on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.person import Person
from tests.browser.screens import troubles_of
from tests.harness.browser import NARROW, Live
from tests.recruitment.guests import HOME, WHY, asked
from tests.recruitment.world import build_world
from vetting.recruitment.models import GuestInvitation, Opinion

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]


def test_proposed_confirmed_and_given_on_a_telephone(live: Live, axe: Callable[[Page], list[str]]) -> None:
    walk, _finalist, opinion = asked(build_world())
    given = {"pk": walk.pk, "opinion": opinion}
    head = Person(live, "hr_head")
    head.go(reverse("opinion_view", kwargs=given))
    _look(live, axe, head, "waits")
    head.press("Föreslå gästyttrare")
    head.type("Gästens användarnamn", "guest")
    head.type("Myndighet eller kommun", HOME)
    head.type("Skäl", WHY)
    head.press("Föreslå gästen")
    assert "ser ingenting förrän en annan chef har bekräftat" in head.text
    _look(live, axe, head, "proposed")
    second = Person(live, "security_head")
    second.go(reverse("role_view", kwargs={"role_grant": GuestInvitation.objects.get().role_grant_id}))
    _look(live, axe, second, "role")
    second.press("Bekräfta rollen")
    second.confirm()
    assert "Rollen är bekräftad" in second.text
    guest = Person(live, "guest")
    guest.go(reverse("opinion_view", kwargs=given))
    _look(live, axe, guest, "guest")
    guest.page.set_viewport_size({"width": NARROW, "height": 844})
    guest.choose("Tillstyrk", of="Ditt yttrande")
    guest.press("Lämna yttrandet")
    if guest.page.get_by_role("heading", name="Bekräfta att det är du").count():
        guest.confirm()
    assert Opinion.objects.get(pk=opinion).state == "approved"
    guest.go(reverse("own_access"))
    _look(live, axe, guest, "access")


def _look(live: Live, axe: Callable[[Page], list[str]], person: Person, shot: str) -> None:
    """The page she stands on, as a browser with scripts shows it."""
    address = "/" + person.page.url.split("/", 3)[3]
    own = [
        {"name": str(each["name"]), "value": str(each["value"]), "url": live.url}
        for each in person.page.context.cookies()
    ]
    page = live.open(address, cookies=own)
    assert troubles_of(page, axe, shot) == []
    page.context.close()
