"""The recipient in the browser, on a phone without scripts: unlocks, answers, closes; and how the pages look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings

from tests.browser.person import Person, follow
from tests.browser.screens import troubles_of
from tests.harness.browser import NARROW, WIDE, Live
from tests.reports.pages import at, recipient
from tests.reports.recipients import CANARY, Desk, build_desk
from vetting.crypto import slots
from vetting.reports.actions.disclosure import Prepared, prepare_disclosure
from vetting.reports.actions.police import record_police
from vetting.reports.case import Case
from vetting.reports.models import Report
from vetting.reports.receipts import Receipt

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(360)]
LOOKS: list[tuple[int, bool]] = [(WIDE, False), (NARROW, True)]
"""Both widths and both lights."""
PAGES = [f"/anmalningar/{each}" for each in ("", "?visa=mina", "?visa=utan", "?visa=avslutade")]
PAGES += [
    "/anmalningar/siffror/",
    "/anmalningar/jour/",
    "/anmalningar/nycklar/",
    "/min-laslogg/",
    "/min-atkomst/",
]
PHRASE = "babab dabad fabaf gabag habah jabaj"


def unlockable(desk: Desk, *names: str) -> None:
    """Let the passphrase open these people's keys."""
    for name in names:
        slots.lock(desk.keys[name].pk, desk.seeds[name], phrase=PHRASE)


def enter(live: Live, name: str, *, javascript: bool = False) -> Person:
    """Sign in and unlock, as the shift begins. Pages that axe looks at need scripts."""
    person = Person(live, name, javascript=javascript)
    person.page.set_viewport_size({"width": NARROW, "height": 844})
    person.page.goto("/anmalningar/")
    follow(person.page, person.page.get_by_role("link", name="Lås upp"))
    if person.page.get_by_label("Lösenord").count():
        person.give_password()
    person.page.get_by_label("Lösenfras").fill(PHRASE)
    follow(person.page, person.page.get_by_role("button", name="Lås upp"))
    assert "Upplåst till" in person.text
    return person


def test_a_recipient_unlocks_answers_and_closes_with_another_and_who_was_taken_out_sees_no_trace(
    live: Live,
) -> None:
    desk = build_desk()
    unlockable(desk, "rita", "ragnar", "rosa")
    earlier = desk.send()
    rosa = enter(live, "rosa")
    before = everything_shown(rosa)
    receipt = desk.send(excluded=frozenset({desk.person("rosa")}))
    report = desk.report(receipt)
    rita = enter(live, "rita")
    answer(rita, receipt)
    phone = live.open(javascript=False, width=NARROW)
    come_in(phone, receipt)
    assert phone.get_by_text("Är du trygg i kväll?").is_visible()
    phone.get_by_label("Skriv mer").fill("Ja, hos min syster.")
    follow(phone, phone.get_by_role("button", name="Skicka", exact=True))
    rita.page.goto("/anmalningar/")
    assert "Nytt från den som anmält" in rita.text
    rita.press(receipt.reference)
    assert "Ja, hos min syster." in rita.text
    rita.press("Börja bedöma")
    rita.press("Återkoppla")
    rita.type("Text", "Vi har talat med chefen.")
    rita.press("Återkoppla")
    come_in(phone, receipt)
    assert phone.get_by_text("Vi har talat med chefen.").is_visible()
    phone.get_by_label("Jag är nöjd").check()
    follow(phone, phone.get_by_role("button", name="Svara"))
    rita.page.goto(at(report))
    rita.press("Föreslå avslut")
    rita.page.get_by_label("Åtgärderna är klara").check()
    rita.type("Lärdomar", "Två vid besök.")
    rita.press("Föreslå avslut")
    closed_by(live, report)
    come_in(phone, receipt)
    assert phone.get_by_text("Du kan fortfarande skriva. Då öppnas anmälan igen.").is_visible()
    assert everything_shown(rosa) == before
    assert earlier.reference in before[0]
    for what in ("view", "history", "masked", "export", "send", "stand_aside"):
        assert rosa.go(at(report, what)) == 404, what


def answer(rita: Person, receipt: Receipt) -> None:
    """Open a report from the inbox, take it on, say that it has come, and ask."""
    rita.press(receipt.reference)
    assert CANARY in rita.text
    rita.press("Ta ansvar")
    rita.press("Bekräfta")
    rita.press("Bekräfta")
    rita.type("Text", "Är du trygg i kväll?")
    rita.press("Skicka svar")


def everything_shown(person: Person) -> list[str]:
    """Every page that a recipient has, as she reads it: lists, counts, searches, figures, the roster, her own log."""
    shown = []
    for address in PAGES:
        assert person.go(address) == 200, address
        shown.append(person.page.locator("main").inner_text())
    return shown


def come_in(page: Page, receipt: Receipt) -> None:
    """Whoever reported comes back with the code."""
    page.goto("/anmal/inkorg/")
    page.get_by_label("Återkomstkod").fill("-".join(receipt.code.groups).lower())
    follow(page, page.get_by_role("button", name="Öppna"))


def closed_by(live: Live, report: Report) -> None:
    """Another recipient answers the proposal."""
    ragnar = enter(live, "ragnar")
    assert "Svara på förslag att avsluta" in ragnar.text
    ragnar.page.goto(at(report))
    ragnar.press("Avsluta")
    assert "Anmälan är avslutad" in ragnar.text
    assert Report.objects.get(pk=report.pk).state == "closed"


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    desk = build_desk()
    receipt = desk.send(
        mode="named",
        name="Eva",
        facts={"kind": ["threat", "offer"], "when": "today", "actor": "unknown"},
        contact="070 000 00 00, efter klockan 17",
        consents=["contact"],
    )
    desk.send(concerns_security=True)
    desk.send(channel="whistleblowing")
    cookies = recipient(desk, "rita").cookies
    kept: list[dict[str, Any]] = [
        {"name": each.key, "value": each.value, "url": live.url} for each in cookies.values()
    ]
    assert settings.VAULT_COOKIE_NAME in cookies
    report = desk.report(receipt)
    addresses = [
        "/anmalningar/",
        at(report),
        "/anmalningar/jour/",
        "/anmalningar/jour/nytt/",
        "/anmalningar/muntlig/",
    ]
    addresses += [
        at(report, what) for what in ("acknowledge", "record_police", "record_work_environment", "history")
    ]
    addresses += [at(report, what) for what in ("prepare_police", "set_hold", "masked", "export")]
    addresses += [at(report, "disclosure", disclosure=prepared(desk, report)), "/anmalningar/siffror/"]
    addresses += ["/anmalningar/las-upp/", "/anmalningar/jour/kontakt/", "/anmalningar/nycklar/"]
    addresses += ["/anmalningar/nycklar/ny/", "/anmalningar/nycklar/sparra/"]
    addresses += [f"/anmalningar/nycklar/{desk.keys['rita'].pk}/sparra/"]
    page = live.open(cookies=kept)
    for address in addresses:
        page.goto(address)
        name = address.replace(str(report.pk), "en").strip("/").replace("/", "-")
        assert troubles_of(page, axe, name) == []


def prepared(desk: Desk, report: Report) -> UUID:
    """A disclosure to the police that waits for another, after the talk."""
    keys: dict[str, Any] = {"by": desk.actor("ragnar"), "vault": desk.vault("ragnar")}
    told = "Vi lämnar din berättelse till polisen, inget mer."
    said = Prepared("duty_to_inform", "2025:170", "Hotet kan upprepas.", ("message:1",), "first", told)
    with Case.locked(report.pk) as case:
        record_police(case, {"will": "wants", "talked_on": report.received_on.isoformat()}, **keys)
        return prepare_disclosure(case, said, **keys).pk
