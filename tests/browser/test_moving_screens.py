"""A report is moved to the other channel by two, on a phone without scripts, and the reporter's code leads along."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_recipient_screens import LOOKS, enter, unlockable
from tests.harness.browser import Live
from tests.reports.pages import at
from tests.reports.recipients import CANARY, build_desk
from vetting.reports.models import Report
from vetting.reports.returning import come_back

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]


def test_two_move_a_report_and_the_reporter_comes_along(live: Live, axe: Callable[[Page], list[str]]) -> None:
    desk = build_desk()
    unlockable(desk, "rita", "ragnar")
    receipt = desk.send(consents=["other_channel"])
    report = desk.report(receipt)
    rita = enter(live, "rita")
    rita.page.goto(at(report))
    rita.press("Ta ansvar")
    rita.press("Bekräfta")
    rita.press("Bekräfta")
    assert "Byt kanal" not in rita.text.replace("Föreslå byte av kanal", "")
    ragnar = enter(live, "ragnar", javascript=True)
    ragnar.page.goto(at(report, "propose_transfer"))
    faults = axe(ragnar.page)
    ragnar.page.get_by_label("Den som anmält samtycker").check()
    ragnar.type("Varför", "Det är ett missförhållande.")
    ragnar.press("Föreslå byte av kanal")
    assert "Förslaget väntar på den som ansvarar." in ragnar.text
    rita.page.goto("/anmalningar/")
    assert "Svara på förslag att byta kanal" in rita.text
    rita.page.goto(at(report))
    assert "Det är ett missförhållande." in rita.text
    rita.page.goto(at(report, "transfer"))
    hers: list[dict[str, Any]] = [dict(each) for each in rita.page.context.cookies()]
    for width, dark in LOOKS:
        page = live.open(at(report, "transfer"), width=width, dark=dark, cookies=hers)
        faults += axe(page)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(
                path=f"{folder}/transfer-{width}-{'dark' if dark else 'light'}.png", full_page=True
            )
    assert faults == []
    rita.press("Byt kanal")
    if rita.page.get_by_label("Lösenord").count():
        rita.give_password()
        rita.press("Byt kanal")
    assert Report.objects.get(pk=report.pk).state == "transferred"
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    assert (back.report.channel, back.texts[0].text) == ("whistleblowing", CANARY)
