"""The manager stands aside half-way: HR names another, who decides; what was typed in vain is given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import Person
from tests.harness.browser import NARROW, WIDE, Live
from tests.recruitment.managers import exclude_manager, with_deputies
from tests.recruitment.opinions import ask, ballot
from tests.recruitment.world import build_world
from vetting.recruitment.actions.candidacy_outcome import mark_not_selected

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
WHY = "Kompetensen saknas i dag, och två personer beslutar tillsammans under ett år.\nAndra raden."


def test_another_manager_decides_against_the_opinion(live: Live) -> None:
    world = with_deputies(build_world())
    walk, finalist, opinion = ask(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    exclude_manager(walk)

    hr = Person(live, "hr", javascript=False)
    hr.go(f"/rekryteringar/{walk.pk}/")
    assert "En annan chef behöver utses" in hr.text
    hr.press("Utse en annan chef")
    hr.select("Ny ansvarig chef", "Deputy")
    hr.select("Skäl", "Någon annan deltar inte")
    hr.press("Byt chef")
    assert "En annan chef behöver utses" not in hr.text
    assert walk.case().manager.display_name == "Deputy"

    deputy = Person(live, "deputy", javascript=False)
    deputy.go(f"/rekryteringar/{walk.pk}/")
    deputy.press("Ta ställning till jäv")
    deputy.press("Visa slutkandidaternas namn")
    deputy.press("Inget att anmäla")
    deputy.go(f"/rekryteringar/{walk.pk}/?k=K1")
    deputy.press("Välj väg framåt")
    deputy.press("Besluta mot yttrandet")
    deputy.type("Varför beslutar du mot säkerhetsyttrandet?", WHY)
    deputy.type("Första dag", world.today.isoformat())
    deputy.choose("Nej", of="Börjar anställningen med provanställning")
    deputy.press("Besluta om anställning")
    assert "Beslutet är fattat" in deputy.text
    case = walk.case()
    assert (case.opinion(opinion).state, case.candidacy(finalist.pk).state) == ("set_aside", "selected")
    assert WHY not in deputy.page.content()


def test_what_was_typed_for_a_step_that_is_gone_can_be_copied(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    world = build_world()
    walk, finalist, opinion = ask(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    manager = Person(live, "manager", javascript=True)
    manager.go(f"/godkannanden/{walk.pk}/{opinion}/lyft/")
    manager.type("Varför lyfter du frågan?", WHY)
    case = walk.case()
    mark_not_selected(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), reason="other_chosen"
    )
    manager.press("Lyft beslutet")
    box = manager.page.get_by_label("Varför lyfter du frågan?")
    assert box.input_value() == WHY
    assert not box.is_editable()
    for width in (WIDE, NARROW):
        manager.page.set_viewport_size({"width": width, "height": 900})
        assert axe(manager.page) == []
        assert manager.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
