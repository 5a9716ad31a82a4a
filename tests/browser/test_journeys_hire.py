"""A school assistant from *Ny rekrytering* to *Får börja* and *Har börjat*, as HR and manager, in few clicks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.clicks import LEVEL_ONE, holds
from tests.browser.person import Person, Tally
from tests.harness.browser import Live
from tests.recruitment.world import build_world
from vetting.recruitment.case import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

README = Path(__file__).parents[2] / "README.md"
pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]


def fill_finalist(hr: Person) -> None:
    """What HR fills in about the finalist before going on."""
    hr.choose("Nej", of="Behöver personen tillstånd")
    hr.choose("Informationen är lämnad", of="Resultat", within=hr.part("Information till sökande"))
    identity = hr.part("Identitetskontroll")
    hr.choose("Giltig id-handling kontrollerad", of="Resultat", within=identity)
    hr.choose("Körkort", of="Slag av id-handling", within=identity)
    references = hr.part("Referenser")
    hr.choose("Referenser tagna", of="Resultat", within=references)
    hr.type("Sammanfattning", "Referenterna bekräftar erfarenheten.", within=references)
    hr.choose("Nej", of="Kan någon ha fått företrädesrätt")
    hr.choose("Nej", of="Har personen uppgett en bisyssla")


def assert_told_in_the_readme(tally: Tally) -> None:
    """The README brings a stranger the same way: it names all that was pressed and typed, and nothing else."""
    walk = README.read_text().partition("## Your first decided recruitment")[2].partition("\n## ")[0]
    told = {
        " ".join(words.split()).removesuffix(" …") for words in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", walk)
    }
    done = [click.partition(": ")[2] for click in tally.clicks] + tally.typed
    parts = {part for each in done for part in each.split(": ") if part != "Resultat"}
    parts = {part for part in parts if part != "Slag av id-handling"}
    assert told - {"italics"} == parts


@pytest.mark.parametrize("javascript", [False, True])
def test_a_school_assistant_is_hired(live: Live, axe: Callable[[Page], list[str]], javascript: bool) -> None:
    world, tally = build_world(), Tally()
    look = axe if javascript else None

    hr = Person(live, "hr", javascript=javascript, tally=tally, look=look)
    hr.press("Ny rekrytering")
    hr.select("Befattning", "Elevassistent")
    hr.select("Anställningsform", "Tillsvidareanställning")
    hr.press("Visa kontrollerna")
    assert "Registerutdrag skola och förskola" in hr.text
    hr.choose("Nej", of="Finns det någon anställd som kan behöva omplaceras")
    hr.choose("Nej", of="Finns det någon som kan ha företrädesrätt")
    hr.tick("Inget att anmäla")
    hr.press("Öppna för slutkandidater")
    hr.type("Namn", "Testa Persson")
    hr.type("Telefon eller e-post", "070-000 00 00")
    hr.tick("Inget att anmäla")
    hr.press("Föreslå slutkandidat", last=True)

    manager = Person(live, "manager", javascript=javascript, tally=tally, look=look)
    manager.press("Visa namnen och svara")
    manager.press("Inget att anmäla")

    fill_finalist(hr)
    hr.press("Spara och gå vidare till slutkontroll")
    assert "Testa Persson" not in hr.page.content()

    manager.page.goto("/arbete/")
    manager.press("Besluta om anställning")
    extract = manager.part("Registerutdrag skola och förskola")
    manager.type("Visades", world.today.isoformat(), within=extract)
    manager.type("Utfärdat", world.today.isoformat(), within=extract)
    manager.type("Första dag", world.today.isoformat())
    manager.choose("Nej", of="Börjar anställningen med provanställning")
    manager.press("Besluta om anställning")
    manager.choose(
        "Information lämnad och kvitterad", of="Resultat", within=manager.part("Information vid start")
    )
    manager.press("Spara")
    assert "Får börja" in manager.text
    holds(LEVEL_ONE, tally)
    assert_told_in_the_readme(tally)

    manager.press("Bekräfta att K1 har börjat")
    manager.press("Har börjat")
    case = Case.load(hr.case())
    assert [c.state for c in case.candidacies] == ["started"]
    assert case.recruitment.state == "onboarding"
