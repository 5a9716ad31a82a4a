"""Other ways of a recruitment in the browser: three places and five finalists, a no that is lifted, and a protected
identity that is marked half-way.
"""

from __future__ import annotations

import pytest

from tests.browser.person import Person
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
NAMES = ["Alma Testberg", "Bo Testberg", "Cilla Testberg", "Dan Testberg", "Eva Testberg"]
WHY_NOT = "Befattningen ger tillgång till avtal där en oberoende granskning saknas."
WHY_LIFT = "Verksamheten kan inte vänta på en ny omgång."
WHY_YES = "En oberoende granskning införs före tillträdet."


def decide(manager: Person, today: str) -> None:
    """Sign the decision whose page is open."""
    extract = manager.part("Registerutdrag skola och förskola")
    if extract.count():
        manager.type("Visades", today, within=extract)
        manager.type("Utfärdat", today, within=extract)
    manager.type("Första dag", today)
    manager.choose("Nej", of="Börjar anställningen med provanställning")
    manager.press("Besluta om anställning")
    assert "Beslutet är fattat" in manager.text


def test_three_places_and_five_finalists_of_whom_one_withdraws(live: Live) -> None:
    world = build_world()
    walk = Walk(world, "assistant", places=3).open()
    hr = Person(live, "hr")
    for name in NAMES:
        hr.go(f"/rekryteringar/{walk.pk}/slutkandidat/ny/")
        hr.type("Namn", name)
        hr.tick("Inget att anmäla")
        hr.press("Föreslå slutkandidat", last=True)
    manager = Person(live, "manager")
    manager.press("Visa namnen och svara")
    manager.press("Inget att anmäla")
    first, second, third, fourth, _fifth = walk.case().candidacies
    for finalist in (first, second, third):
        walk.ready(finalist)
    for finalist in (first, second):
        walk.sign(finalist)
    walk.answer_candidacy(fourth)
    walk.finish({"finalist"}, fourth)
    done = {check.code: check.entry_id for check in walk.case().checks_of(fourth) if check.state == "done"}
    assert done

    hr.go(f"/rekryteringar/{walk.pk}/?k=K4")
    assert hr.page.get_by_role("button", name="Låt K4 ta över platsen").count() == 0, "no place is free"
    hr.go(f"/rekryteringar/{walk.pk}/?k=K3")
    hr.press("Kandidaten har återtagit")
    hr.press("Anteckna återtagandet")
    hr.go(f"/rekryteringar/{walk.pk}/?k=K4")
    hr.press("Låt K4 ta över platsen")
    assert "K4 har tagit över platsen och behåller det som är gjort" in hr.text
    kept = {check.code: check.entry_id for check in walk.case().checks_of(fourth) if check.code in done}
    assert kept == done

    walk.answer_decision(fourth)
    manager.go(f"/rekryteringar/{walk.pk}/?k=K4")
    manager.press("Besluta om K4")
    decide(manager, world.today.isoformat())
    case = walk.case()
    assert case.recruitment.state == "decided"
    assert [c.state for c in case.candidacies[:4]] == ["selected", "selected", "withdrawn", "selected"]
    hr.go(f"/rekryteringar/{walk.pk}/?k=K5")
    assert not any(name in hr.page.content() for name in NAMES)


def test_a_no_is_lifted_and_decided_with_a_reason(live: Live) -> None:
    world = build_world()
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)

    approver = Person(live, "security_one")
    approver.press("Lämna säkerhetsyttrande")
    approver.press("Ta yttrandet")
    approver.choose("Avstyrk", of="Ditt yttrande")
    approver.press("Lämna yttrandet")
    if approver.page.get_by_role("heading", name="Bekräfta att det är du").count():
        approver.confirm()
    assert approver.page.get_by_label("Avstyrk", exact=True).is_checked(), (
        "the reason is asked for, nothing is lost"
    )
    approver.type("Skäl", WHY_NOT)
    approver.press("Lämna yttrandet")
    assert walk.case().opinion(opinion).state == "refused"

    manager = Person(live, "manager")
    manager.go(f"/godkannanden/{walk.pk}/{opinion}/")
    assert "Säkerhetsfunktionen avstyrker" in manager.text
    assert manager.page.get_by_role("button", name="Visa skälen").count() == 0
    manager.press("Välj väg framåt")
    manager.type("Varför lyfter du frågan?", WHY_LIFT)
    manager.press("Lyft beslutet")
    assert walk.case().candidacy(finalist.pk).state == "escalated"

    head = Person(live, "head")
    head.go(f"/godkannanden/{walk.pk}/{opinion}/besluta-efter-lyft/")
    assert WHY_NOT not in head.text
    head.press("Visa skälen")
    assert WHY_NOT in head.text
    assert WHY_LIFT in head.text
    head.choose("Anställningen får gå vidare, trots avstyrkandet", of="Beslut")
    head.type("Skäl för beslutet", WHY_YES)
    head.tick("Jag har ingen anknytning")
    head.press("Besluta")
    if head.page.get_by_role("heading", name="Bekräfta att det är du").count():
        head.confirm()
    assert "Ditt beslut är antecknat" in head.text
    assert walk.case().candidacy(finalist.pk).state == "cleared"

    for address in (f"/godkannanden/{walk.pk}/{opinion}/", f"/rekryteringar/{walk.pk}/?k=K1"):
        manager.go(address)
        assert WHY_NOT not in manager.page.content()
        assert WHY_YES not in manager.page.content()
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    manager.go(f"/rekryteringar/{walk.pk}/?k=K1")
    manager.press("Besluta om K1")
    decide(manager, world.today.isoformat())
    assert walk.case().candidacy(finalist.pk).state == "selected"


def test_a_protected_identity_marked_half_way(live: Live) -> None:
    world = build_world()
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist(NAMES[0])
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    home = f"/rekryteringar/{walk.pk}/?k=K1"

    hr = Person(live, "hr")
    hr.go(home)
    hr.select("Varför behöver du uppgifterna?", "Kontakta kandidaten")
    hr.press("Visa uppgifter")
    assert NAMES[0] in hr.text
    hr.press("Skyddade personuppgifter")
    hr.type("Alias", "Ärende Tall")
    hr.type("Uppgifterna förvaras hos", "Kassaskåp 2, HR")
    hr.choose("Hr", of="Namngivna handläggare")
    hr.press("Gå över till hantering för hand")
    hr.confirm()
    assert "handläggs nu för hand" in hr.text

    manager = Person(live, "manager")
    pages = [
        home,
        f"/rekryteringar/{walk.pk}/handelser/",
        f"/rekryteringar/{walk.pk}/javsforklaring/",
        "/arbete/",
    ]
    pages += [f"/rekryteringar/{walk.pk}/kontroll/{check.pk}/" for check in walk.case().checks_of(finalist)]
    pages += [f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/", "/rekryteringar/?visa=alla", "/min-laslogg/"]
    for address in pages:
        for person in (hr, manager):
            assert person.go(address) in (200, 404)
            assert NAMES[0] not in person.page.content()
            assert "0700-000000" not in person.page.content()
    for address in pages:
        manager.go(address)
        assert "Ärende Tall" not in manager.page.content()
        assert "Kassaskåp" not in manager.page.content()
    manager.go(home)
    assert "Uppgifterna visas bara för den som handlägger." in manager.text
    assert manager.page.get_by_role("button", name="Visa uppgifter").count() == 0
    hr.go(home)
    assert "Ärende Tall" in hr.text
    assert "Kassaskåp 2, HR" in hr.text

    walk.finish({"finalist"}, finalist)
    hr.go(home)
    hr.press("Gå vidare till slutkontroll med K1")
    walk.answer_decision(finalist)
    manager.go(f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/")
    decide(manager, world.today.isoformat())
    assert walk.case().candidacy(finalist.pk).state == "selected"
