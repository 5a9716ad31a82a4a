"""A round from *Ny rekrytering* and a list to the decisions, in the browser of HR and of the manager.

A tenth of the people, and a tenth as many at a time: as many clicks as the round of 300, which `make soak` goes through
whole. The statutory notes, row by row, are beside what is counted; they are sent without the browser.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Entry
from tests.browser.clicks import ROUND, holds
from tests.browser.person import Person, Tally
from tests.harness.browser import Live
from tests.harness.sent import sent_from
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import listed, names
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.policy.rounds import MOST_TOGETHER
from vetting.recruitment.models import Decision
from vetting.recruitment.views import together

PEOPLE = int(os.environ.get("ROUND_PEOPLE", "30"))
BATCHES = 3
AT_A_TIME = PEOPLE // BATCHES
pytestmark = [pytest.mark.browser, pytest.mark.deadline(120 + 3 * PEOPLE)]


def open_and_enter(hr: Person, start: str) -> None:
    """A recruitment for summer jobs, and the list pasted, read and entered."""
    hr.press("Ny rekrytering")
    hr.select("Befattning", "Elevassistent")
    hr.select("Anställningsform", "Feriearbete")
    hr.type("Antal platser", str(PEOPLE))
    hr.type("Planerad start", start)
    hr.press("Visa kontrollerna")
    hr.tick("Inget att anmäla")
    hr.press("Öppna för slutkandidater")
    hr.press("Lägg in flera")
    hr.type("Klistra in rader", listed(names(PEOPLE)))
    hr.press("Läs listan")
    hr.press(f"Lägg in {PEOPLE} personer")
    assert f"K1–K{PEOPLE}" in hr.text


def declare(person: Person) -> None:
    """*Inget att anmäla*, now that there are finalists."""
    person.press("Visa namnen och svara")
    person.press("Inget att anmäla")


def for_everybody(person: Person, act: str, last_day: str = "") -> None:
    """*Alla i urvalet*, and the confirmation; as often as it takes. The last day is typed once."""
    for batch in range(BATCHES):
        person.tick("Alla i urvalet")
        person.press(act)
        if last_day and not batch:
            person.type("Sista dag", last_day)
        person.press(f"{act} för {AT_A_TIME} personer")
        last = AT_A_TIME * (batch + 1)
        assert f"Gjort för {AT_A_TIME} personer: K{last - AT_A_TIME + 1}–K{last}." in person.text


def note_rows(walk: Walk, name: str, filled: dict[str, str]) -> None:
    """Every row of *Rad för rad*, for the people of each page."""
    client: Any = signed_in(walk.world, name)
    where = url("note_each", walk) + "?steg=fore"
    for _page in range(PEOPLE):
        page = client.get(where)
        if page.status_code == 302:
            return
        people = page.context["form"].people
        rows = {f"{each.candidacy.label}-{what}": value for each in people for what, value in filled.items()}
        sent = sent_from(page.content.decode(), having="once") | rows
        assert client.post(where, sent).status_code == 302
    raise AssertionError("The rows do not come to an end.")


def test_a_round_from_a_list_to_the_decisions(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST_TOGETHER", AT_A_TIME)
    assert MOST_TOGETHER * BATCHES == 300
    world, tally = build_world(), Tally()
    hr, manager = Person(live, "hr", tally=tally), Person(live, "manager", tally=tally)
    open_and_enter(hr, str(world.today + timedelta(days=30)))
    walk = Walk.of(world, hr.case())
    hr.press("Mitt arbete", within="header")
    declare(hr)
    manager.page.goto("/arbete/")
    declare(manager)
    hr.choose("Informationen är lämnad", of="Resultat", within=hr.part("Information till sökande"))
    hr.press("Spara")
    hr.press("Visa som omgång")
    today = str(world.today)
    passport = {"outcome": "confirmed", "id_type": "passport", "checked_on": today}
    own = {f"id_check-{what}": value for what, value in passport.items()}
    note_rows(walk, "hr", own | {"q-requires_work_permit": "no", "q-fixed_term_over_month": "no"})
    for_everybody(hr, "Gå vidare")
    note_rows(walk, "manager", {"crim_school-shown_on": today, "crim_school-issued_on": today})
    manager.page.goto("/arbete/")
    manager.press("K1: Besluta om anställning")
    for_everybody(manager, "Besluta", str(world.today + timedelta(days=90)))
    assert f"{PEOPLE} av {PEOPLE} beslutade" in manager.text
    holds(ROUND, tally)
    assert Decision.objects.filter(recruitment=walk.pk).count() == PEOPLE
    assert Entry.objects.filter(subject=walk.pk, action="decision.signed").count() == PEOPLE
