"""A procurement officer with something to assess: two approvers, one return, conditions, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import Person
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(400)]
DECLARED = "Försäkran om bisyssla, bolag och intressekonflikt"
WHY = "Referenserna säger inget om vem som har haft avtalsansvaret. Komplettera med det."
CONDITIONS = ["Begränsad behörighet", "Beslut tillsammans med annan"]


def fill(hr: Person) -> None:
    """The finalist's form, with one answer that has to be assessed."""
    hr.choose("Nej", of="Behöver personen tillstånd")
    hr.choose("Informationen är lämnad", of="Resultat", within=hr.part("Information till sökande"))
    identity = hr.part("Identitetskontroll")
    hr.choose("Giltig id-handling kontrollerad", of="Resultat", within=identity)
    hr.choose("Pass", of="Slag av id-handling", within=identity)
    references = hr.part("Referenser")
    hr.choose("Referenser tagna", of="Resultat", within=references)
    hr.type("Sammanfattning", "Referenterna bekräftar erfarenheten.", within=references)
    hr.choose("Att bedöma", of="Resultat", within=hr.part(DECLARED))
    hr.press("Spara")


def assess(hr: Person) -> None:
    """Told, answered, assessed - each step its own press."""
    hr.press(DECLARED, last=True)
    hr.press("Anteckna")
    hr.choose("Har svarat", of="Kandidaten")
    hr.press("Anteckna svaret")
    for box in ("Spelar det roll", "Hur gammalt", "Kan ett villkor", "Slutsats"):
        hr.type(box, "Uppdraget som styrelseledamot avslutas före tillträdet.")
    hr.press("Spara bedömningen")


def vote(approver: Person, outcome: str, condition: str = "", why: str = "") -> None:
    """Take the round if it is free, answer, and enter the password again."""
    approver.page.goto("/arbete/")
    approver.press("Lämna säkerhetsyttrande")
    if approver.page.get_by_role("button", name="Ta yttrandet").count():
        approver.press("Ta yttrandet")
    approver.choose(outcome, of="Ditt yttrande")
    if condition:
        approver.choose(condition, of="Villkor")
    if why:
        approver.type("Skäl", why)
    approver.press("Lämna yttrandet")
    if approver.page.get_by_role("heading", name="Bekräfta att det är du").count():
        approver.confirm()
    assert "Ditt yttrande är lämnat" in approver.text


@pytest.mark.parametrize("javascript", [False, True])
def test_a_procurement_officer_with_something_to_assess(
    live: Live, axe: Callable[[Page], list[str]], javascript: bool
) -> None:
    world = build_world()
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()

    def person(name: str) -> Person:
        return Person(live, name, javascript=javascript, look=axe if javascript else None)

    hr = person("hr")
    hr.go(f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1")
    assert "Besvaras av rekryterande chef" in hr.text
    fill(hr)
    assess(hr)
    manager = person("manager")
    manager.go(f"/rekryteringar/{walk.pk}/?k=K1")
    manager.press("Fyll i kontrollerna")
    manager.choose("Nej", of="Finns det något i meritförteckningen")
    manager.press("Spara")
    hr.go(f"/rekryteringar/{walk.pk}/?k=K1")
    hr.press("Gå vidare till slutkontroll med K1")
    hr.page.goto(f"/rekryteringar/{walk.pk}/grupp/decision/?k=K1")
    hr.choose("Nej", of="Kan någon ha fått företrädesrätt")
    hr.choose("Nej", of="Har personen uppgett en bisyssla")
    hr.press("Spara")
    walk.finish({"decision"})  # the manager's comparison of merits, an ordinary form

    hr.go(f"/rekryteringar/{walk.pk}/?k=K1")
    hr.press("Begär säkerhetsyttrande")
    assert "2 personer i säkerhetsfunktionen" in hr.text, "something assessed adds the second approver"
    hr.press("Begär säkerhetsyttrande")

    first, second = person("security_one"), person("security_two")
    vote(first, "Återlämna", why=WHY)
    vote(second, "Tillstyrk")
    assert WHY not in second.page.content()
    assert walk.case().candidacy(finalist.pk).state == "returned"

    hr.go(f"/rekryteringar/{walk.pk}/?k=K1")
    hr.press("Referenser", last=True)
    hr.unfold("Rätta")
    hr.page.get_by_role("group", name="Varför ska den rättas?").get_by_role("radio").first.check()
    hr.press("Öppna för rättelse")
    hr.choose("Referenser tagna", of="Resultat")
    hr.type("Sammanfattning", "Referenterna bekräftar att hon haft avtalsansvaret i fyra år.")
    hr.press("Anteckna")
    hr.go(f"/rekryteringar/{walk.pk}/?k=K1")
    hr.press("Begär säkerhetsyttrande")
    hr.press("Begär förnyat yttrande")

    first.page.goto("/arbete/")
    first.press("Lämna säkerhetsyttrande")
    assert "1 rad ändrad sedan förra omgången" in first.text
    vote(first, "Tillstyrk med villkor", CONDITIONS[0], WHY)
    assert CONDITIONS[0] not in second.page.content()
    vote(second, "Tillstyrk med villkor", CONDITIONS[1], WHY)

    manager.page.goto("/arbete/")
    manager.press("Besluta om anställning")
    assert CONDITIONS[0] in manager.text
    assert CONDITIONS[1] in manager.text
    assert WHY not in manager.page.content()
    manager.type("Första dag", world.today.isoformat())
    manager.choose("Nej", of="Börjar anställningen med provanställning")
    manager.press("Besluta om anställning")
    walk.finish({"start"}, finalist)
    manager.go(f"/rekryteringar/{walk.pk}/?k=K1")
    assert "Får börja" in manager.text
    assert "Får inte börja" not in manager.text
