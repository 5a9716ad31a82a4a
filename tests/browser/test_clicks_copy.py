"""*Ny från förra*: three fields on one page, and the recruitment has begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browser.clicks import COPY, holds
from tests.browser.person import Person, Tally
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.deadline(200)]
TO_FILL_IN = "input:not([type=hidden]), select, textarea"


def test_three_fields_and_it_has_begun(live: Live) -> None:
    world, tally = build_world(), Tally()
    old = Walk(world, "assistant").case().recruitment
    hr = Person(live, "hr", tally=tally)
    hr.press("Ny rekrytering")
    hr.press(old.position.title)
    fields = hr.page.locator("main form").locator(TO_FILL_IN).count()
    hr.type("Antal platser", "2")
    hr.type("Planerad start", (world.today + timedelta(days=40)).isoformat())
    hr.select("Anställningsform", "Visstidsanställning eller vikariat")
    hr.press("Starta rekryteringen")
    holds(COPY, tally, fields)
    new = Walk.of(world, hr.case()).case().recruitment
    assert (new.position, new.places, new.form) == (old.position, 2, "fixed_term")
