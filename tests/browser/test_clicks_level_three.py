"""A procurement officer, level 3, from *Ny rekrytering* to *Får börja*: every click of HR, manager and approver."""

from __future__ import annotations

import pytest

from tests.browser.clicks import LEVEL_THREE, holds
from tests.browser.person import Person, Tally
from tests.harness.browser import Live
from tests.recruitment.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
DECLARED = "Försäkran om bisyssla, bolag och intressekonflikt"


def open_it(hr: Person) -> None:
    """From *Mitt arbete* to the first finalist's form."""
    hr.press("Ny rekrytering")
    hr.select("Befattning", "Upphandlare")
    hr.select("Anställningsform", "Tillsvidareanställning")
    hr.press("Visa kontrollerna")
    hr.choose("Nej", of="Finns det någon anställd som kan behöva omplaceras")
    hr.choose("Nej", of="Finns det någon som kan ha företrädesrätt")
    hr.tick("Inget att anmäla")
    hr.press("Öppna för slutkandidater")
    hr.type("Namn", "Testa Persson")
    hr.tick("Inget att anmäla")
    hr.press("Föreslå slutkandidat", last=True)


def check(hr: Person) -> None:
    """The finalist's form, going on, and what is noted before the opinion, each step where the last one led."""
    hr.choose("Nej", of="Behöver personen tillstånd")
    hr.choose("Informationen är lämnad", of="Resultat", within=hr.part("Information till sökande"))
    identity = hr.part("Identitetskontroll")
    hr.choose("Giltig id-handling kontrollerad", of="Resultat", within=identity)
    hr.choose("Pass", of="Slag av id-handling", within=identity)
    references = hr.part("Referenser")
    hr.choose("Referenser tagna", of="Resultat", within=references)
    hr.type("Sammanfattning", "Referenterna bekräftar erfarenheten.", within=references)
    hr.choose("Inget att anmäla", of="Resultat", within=hr.part(DECLARED))
    hr.press("Spara och gå vidare till slutkontroll")
    hr.choose("Nej", of="Kan någon ha fått företrädesrätt")
    hr.choose("Nej", of="Har personen uppgett en bisyssla")
    hr.choose("Jämförelsen är gjord", of="Resultat", within=hr.part("Saklig jämförelse"))
    hr.type("Dokument", "Dnr 2026:7")
    hr.press("Spara")
    hr.press("Begär säkerhetsyttrande")
    hr.press("Begär säkerhetsyttrande")


def support(approver: Person) -> None:
    """Taken, supported, and signed by entering the password again."""
    approver.press("Lämna säkerhetsyttrande")
    approver.press("Ta yttrandet")
    approver.choose("Tillstyrk", of="Ditt yttrande")
    approver.press("Lämna yttrandet")
    approver.confirm()
    assert "Ditt yttrande är lämnat" in approver.text


def decide_and_begin(manager: Person, today: str) -> None:
    """The decision, and the rows before the start on the page it leads to."""
    manager.page.goto("/arbete/")
    manager.press("Besluta om anställning")
    manager.type("Första dag", today)
    manager.choose("Nej", of="Börjar anställningen med provanställning")
    manager.press("Besluta om anställning")
    manager.choose(
        "Information lämnad och kvitterad", of="Resultat", within=manager.part("Information vid start")
    )
    manager.choose("Avtal och information lämnade", of="Resultat", within=manager.part("Anställningsavtal"))
    manager.choose("Tilldelade efter behov", of="Resultat", within=manager.part("Behörigheter tilldelade"))
    manager.type("Beslutad av", "Dnr 2026:8")
    manager.press("Spara")


def test_a_procurement_officer_is_hired(live: Live) -> None:
    world, tally = build_world(), Tally()
    hr = Person(live, "hr", tally=tally)
    open_it(hr)
    manager = Person(live, "manager", tally=tally)
    manager.press("Visa namnen och svara")
    manager.press("Inget att anmäla")
    manager.choose("Nej", of="Finns det något i meritförteckningen")
    manager.press("Spara")
    check(hr)
    support(Person(live, "security_one", tally=tally))
    decide_and_begin(manager, world.today.isoformat())
    assert "Får börja" in manager.text
    assert "Får inte börja" not in manager.text
    holds(LEVEL_THREE, tally)
