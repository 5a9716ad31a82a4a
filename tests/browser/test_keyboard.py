"""With the keyboard alone: HR to the opinion, the approver's vote, the recipient's answer, a report to its receipt."""

from __future__ import annotations

import re

import pytest

from tests.browser.keyboard import Keyboard
from tests.browser.person import Person
from tests.browser.reporter import STORY
from tests.browser.test_clicks_level_three import check, open_it, support
from tests.browser.test_recipient_screens import PHRASE, answer, unlockable
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from tests.reports.recipients import build_desk
from vetting.reports.models import Message, Report

pytestmark = [pytest.mark.browser, pytest.mark.deadline(400)]


def test_hr_creates_checks_and_asks_for_the_opinion_and_the_approver_gives_it(live: Live) -> None:
    world = build_world()
    hr = Person(live, "hr", javascript=True, hands=Keyboard)
    open_it(hr)
    walk = Walk.of(world, hr.case())
    walk.declare("manager")
    walk.answer_candidacy(walk.case().candidacies[0])
    check(hr)
    assert walk.case().opinions
    approver = Person(live, "security_one", javascript=True, hands=Keyboard)
    support(approver)
    assert walk.case().candidacies[0].state == "cleared"


def test_a_recipient_unlocks_and_answers(live: Live) -> None:
    desk = build_desk()
    unlockable(desk, "rita")
    receipt = desk.send()
    rita = Person(live, "rita", hands=Keyboard)
    rita.go("/anmalningar/")
    rita.press("Lås upp")
    if rita.page.get_by_label("Lösenord").count():
        rita.give_password()
    rita.type("Lösenfras", PHRASE)
    rita.press("Lås upp")
    answer(rita, receipt)
    assert "Är du trygg i kväll?" in rita.text
    assert Message.objects.filter(report=desk.report(receipt)).count() == 3, (
        "hers, that it has come, and the answer"
    )


def test_somebody_reports_and_has_a_receipt(live: Live) -> None:
    build_desk()
    page = live.open("/anmal/", javascript=False)
    keys = Keyboard(page)

    def press(name: str) -> None:
        keys.arrived()
        exact = re.compile(rf"^\s*{re.escape(name)}")
        place = page.locator("main")
        keys.press(place.get_by_role("button", name=exact).or_(place.get_by_role("link", name=exact)).first)

    press("Något kändes fel")
    keys.write(page.get_by_label("Vad har hänt?"), STORY)
    for label in ("I dag", "Underförstått hot"):
        keys.mark(page.get_by_label(label, exact=True).first)
    press("Fortsätt")
    press("Skicka anmälan")
    keys.arrived()
    assert page.locator(".rep-groups > span").count() > 3
    assert Report.objects.get().way == "short"
