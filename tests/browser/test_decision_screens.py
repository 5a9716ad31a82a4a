"""Opinion, lift, decision, meeting, start and engagement in a browser: accessible, and no wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser.person import follow
from tests.browser.screens import shown_to, troubles_in
from tests.harness.browser import NARROW, Live
from tests.recruitment.clicks import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world, put
from vetting.recruitment.actions.opinion import escalate_opinion, renew_opinion
from vetting.recruitment.actions.vote import Ballot

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(300)]
REASONS = "Uppdraget kräver att två personer beslutar om avtal tills introduktionen är klar."


def ready(world: World, position: str) -> tuple[Walk, Any]:
    walk = Walk(world, position).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist


def asked(world: World) -> tuple[Walk, Any, UUID]:
    walk, finalist = ready(world, "buyer")
    return walk, finalist, walk.ask_opinion(finalist)


def screens(world: World) -> list[tuple[str, str, str]]:
    """(name, who, address) of every page worth a look."""
    plain = asked(world)
    deviating, finalist = ready(world, "buyer")
    case = deviating.case()
    row = next(c for c in case.checks_of(case.candidacy(finalist.pk)) if c.state == "done" and c.candidacy_id)
    row.deviated = row.has_deviated = True
    row.told_on, row.assessed_by = world.today, world.person("hr")
    put(row)
    first = deviating.ask_opinion(finalist)
    deviating.vote(first, "security_one", Ballot("returned", (), REASONS))
    deviating.vote(first, "security_two", Ballot("supported"))
    case = deviating.case()
    again = renew_opinion(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk)).pk
    deviating.vote(again, "security_two", Ballot("supported_conditions", ("two_persons",), REASONS))
    refused, _third, no = asked(world)
    refused.vote(no, "security_one", Ballot("advised_against", (), REASONS))
    lifted, _fourth, lift = asked(world)
    lifted.vote(lift, "security_one", Ballot("advised_against", (), REASONS))
    case = lifted.case()
    escalate_opinion(case, by=world.actor("manager"), opinion=case.opinion(lift), reason=REASONS)
    conditional, _fifth, given = asked(world)
    for name, condition in (("security_one", "two_persons"), ("security_two", "follow_up")):
        conditional.vote(given, name, Ballot("supported_conditions", (condition,), REASONS))
    to_ask, ask_finalist = ready(world, "buyer")
    blocked = Walk(world, "buyer").open()
    early = blocked.finalist()
    school, assistant = ready(world, "assistant")
    waiting = Walk(world, "assistant").open()
    not_yet = waiting.finalist()
    waiting.ready(not_yet)
    school.answer_decision(assistant)
    school.finish({"decision"})
    decided, chosen = ready(world, "assistant")
    decided.sign(chosen)
    begun, started = ready(world, "assistant")
    begun.sign(started)
    begun.start(started)
    engagement = begun.case().engagements[0]
    engagement.renewals = {"annual_declaration": "2026-01-09", "access_grant": "2027-05-04"}
    put(engagement)

    def opinion(walk: Walk, pk: UUID, name: str = "opinion_view") -> str:
        return reverse(name, kwargs={"pk": walk.pk, "opinion": pk})

    def of(walk: Walk, candidacy: Any, name: str) -> str:
        return reverse(name, kwargs={"pk": walk.pk, "candidacy": candidacy.pk})

    return [
        ("queue", "security_one", reverse("opinion_list")),
        ("opinion-untaken", "security_three", opinion(plain[0], plain[2])),
        ("opinion-half", "security_one", opinion(deviating, again)),
        ("opinion-own", "security_two", opinion(deviating, again)),
        ("opinion-conditions", "manager", opinion(conditional, given)),
        ("opinion-refused", "manager", opinion(refused, no)),
        ("lift", "manager", opinion(refused, no, "escalate_opinion")),
        ("decision-against", "manager", of(refused, _third, "sign_decision")),
        ("manager", "hr", reverse("change_manager", kwargs={"pk": refused.pk})),
        ("assign", "hr", reverse("assign_recruitment", kwargs={"pk": refused.pk})),
        ("escalation", "head", opinion(lifted, lift, "decide_escalation")),
        ("escalation-board", "registrar", opinion(lifted, lift, "record_board_escalation")),
        ("prepare", "hr", of(to_ask, ask_finalist, "prepare_opinion")),
        ("prepare-blocked", "hr", of(blocked, early, "prepare_opinion")),
        ("prepare-underway", "hr", of(deviating, finalist, "prepare_opinion")),
        ("decision", "manager", of(school, assistant, "sign_decision")),
        ("decision-blocked", "manager", of(waiting, not_yet, "sign_decision")),
        ("decision-made", "manager", of(decided, chosen, "sign_decision")),
        ("decision-board", "registrar", of(school, assistant, "record_board_decision")),
        ("report", "registrar", reverse("report_to_board")),
        ("dates", "registrar", reverse("record_dates")),
        ("start-not-yet", "manager", of(decided, chosen, "confirm_start")),
        ("engagements", "manager", reverse("engagement_list")),
        ("engagement", "manager", of(begun, started, "engagement_view")),
        ("engagement-planned", "manager", of(decided, chosen, "engagement_view")),
    ]


def test_every_screen_is_accessible_and_fits(live: Live, axe: Callable[[Page], list[str]]) -> None:
    world = build_world()
    pages = screens(world)
    assert troubles_in(live, axe, world, pages) == []


def test_what_stands_in_a_cell_of_the_queue_keeps_to_its_column_on_a_phone(live: Live) -> None:
    """Under the badges, not under the word *Läge* beside them."""
    world = build_world()
    asked(world)
    page = shown_to(live, world, "security_one", reverse("opinion_list"))
    page.set_viewport_size({"width": NARROW, "height": 900})
    cell = page.locator("td[data-label=Läge]").first
    badges, left = (cell.locator(part).bounding_box() for part in (".app-badges", ".app-muted"))
    assert badges is not None
    assert left is not None
    assert left["x"] == badges["x"]


def test_one_approver_supports_two_at_once_without_scripts(live: Live) -> None:
    world = build_world()
    walks = [asked(world), asked(world)]
    session = client_of(world, "security_one").cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}
    page = live.open(reverse("opinion_list"), javascript=False, cookies=[cookie])
    for box in page.locator("input[name=pick]").all():
        box.check()
    follow(page, page.get_by_role("button", name="Tillstyrk de ikryssade"))
    follow(page, page.get_by_role("button", name="Tillstyrk", exact=True))
    assert "2 yttranden lämnade" in page.content()
    assert all(walk.case().opinion(opinion).state == "approved" for walk, _finalist, opinion in walks)
