"""*Inställningar* in the browser: proposed, answered and told, at both widths and without findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import Person
from tests.harness.browser import NARROW, WIDE, Live
from tests.recruitment.world import build_world
from vetting.administration.actions.settings import confirm_setting, propose_setting
from vetting.organisation.models import Authority, SettingProposal

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(400)]


def test_the_pages_are_read_at_both_widths(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    by = world.actor("administrator")
    for setting, value in (("sample_percent", 20), ("opinion_binds", True)):
        body = Authority.objects.get(pk=world.authority.pk)
        row = propose_setting(body, setting, value, "Kommunstyrelsen 2026 § 214.", by=by)
        if setting == "sample_percent":
            confirm_setting(row, by=world.actor("hr_head"))
    waiting = SettingProposal.objects.get(state="proposed")
    head = Person(live, "hr_head", javascript=True)
    for address in ("/behorigheter/installningar/", f"/behorigheter/installningar/forslag/{waiting.pk}/"):
        head.go(address)
        for width in (NARROW, WIDE):
            head.page.set_viewport_size({"width": width, "height": 900})
            assert axe(head.page) == []
            assert head.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    head.press("Bekräfta")
    head.confirm()
    assert "Bindande" in head.text
    assert not SettingProposal.objects.filter(state="proposed").exists()
