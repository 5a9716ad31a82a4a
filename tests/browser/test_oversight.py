"""The auditor in the browser without scripts: finds who has read, follows it to the recruitment, closes an alert."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from audit import anchors
from audit.models import Entry
from tests.browser.person import Person
from tests.browser.screens import shown_to, troubles_of
from tests.harness.browser import Live
from tests.oversight.acts import Days
from tests.recruitment.candidates import to_assess
from tests.recruitment.opinions import ask
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.oversight.models import Alert

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]
NAME = "Kim Kanariesson"
WHY = "Hon gick igenom kön inför torsdagens möte, enligt sin chef."


def watched() -> tuple[Walk, Days]:
    """A recruitment with a finalist, and the head of security who reads thirteen sensitive ones in an evening."""
    world = build_world()
    walk = Walk(world, "assistant").open()
    walk.ready(walk.finalist(NAME))
    days = Days(world)
    for number, case in enumerate(days.cases(13)):
        days.read("security_head", case, -0.999 + number / 10_000)
    days.read("security_head", walk.case().recruitment, -0.997)
    days.watch(-0.996)
    return walk, days


def test_the_auditor_follows_a_reading_and_closes_an_alert(live: Live) -> None:
    walk, _days = watched()
    reference = walk.case().recruitment.reference
    auditor = Person(live, "auditor")
    auditor.press("Granskning", within="body")
    assert "Varningar att bedöma" in auditor.text

    auditor.press("Händelselogg Vem som gjort och läst vad, sökbart. Att du läser antecknas.")
    auditor.type("Rekrytering, referens", reference)
    auditor.select("Slag av händelse", "Läsningar")
    auditor.press("Visa")
    assert "Security Head" in auditor.text
    assert "utanför sina uppdrag" in auditor.text
    auditor.press(reference)
    assert auditor.route == "recruitment_timeline"
    assert "Läge: Utkast → Öppen" in auditor.text
    auditor.press("Kontroller")
    assert "Läge: Ej påbörjad → Klar" in auditor.text
    assert "id-handling kontrollerad" not in auditor.text

    auditor.go(f"/granskning/rekryteringar/{walk.pk}/lasningar/")
    assert "Säkerhetschef · 1 läsning" in auditor.text

    auditor.go("/granskning/varningar/")
    auditor.press(Alert.objects.get().number)
    assert "Läste eller öppnade 11 rekryteringar" in auditor.text
    auditor.choose("Förklarat: läsningen hade ett skäl som hör till arbetet", of="Så stängs varningen")
    auditor.press("Stäng varningen")
    assert "Fältet är tomt" in auditor.text
    auditor.type("Skäl", WHY)
    auditor.press("Stäng varningen")
    assert "Varningen är stängd" in auditor.text
    assert Alert.objects.get().state == "explained"

    auditor.go("/min-laslogg/?slag=last")
    for said in ("läste händelseloggen (referens, läsningar).", "läste varningen V-", "läste vilka som läst"):
        assert said in auditor.text, said
    assert NAME not in auditor.page.content()
    assert Entry.objects.filter(action="log.viewed", actor_role="auditor").count() == 2


def test_every_page_of_hers_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    walk, days = watched()
    anchors.checkpoint()
    alert = Alert.objects.get()
    pages = [reverse(name) for name in ("oversight", "log_view", "log_reports", "log_state", "alert_list")]
    pages += [
        reverse("log_readers", kwargs={"pk": walk.pk}),
        reverse("recruitment_timeline", kwargs={"pk": walk.pk}),
        reverse("alert_view", kwargs={"alert": alert.pk}),
        f"{reverse('log_view')}?namn=security",
        f"{reverse('log_view')}?namn=ingen&slag=beslut&fran=2026-02-31",
    ]
    page = shown_to(live, days.world, "auditor", "/")
    for number, address in enumerate(pages):
        page.goto(address)
        assert troubles_of(page, axe, f"oversight-{number}") == [], address
        assert not re.search(NAME, page.content())


def test_the_charts_of_the_control_function_are_accessible_with_their_tables_open(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    world = build_world()
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist(NAME)
    to_assess(world, walk, walk.finalist("Anna Annansson"))
    walk.ready(finalist)
    walk.sign(finalist)
    ask(world)
    page = shown_to(live, world, "security_head", reverse("control"))
    drawings = page.get_by_role("img")
    assert drawings.count() == 3
    for summary in page.locator(".app-chart summary").all():
        summary.click()
    assert troubles_of(page, axe, "control") == []
    widest = page.locator(".app-chart__drawing").first.evaluate(
        "svg => Math.max(...[...svg.querySelectorAll('rect, text')].map(e => e.getBoundingClientRect().right))"
        " - svg.getBoundingClientRect().right"
    )
    assert widest <= 4, "a mark stands outside the picture"
