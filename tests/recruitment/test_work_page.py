"""*Mitt arbete*: every number is the number of rows of the list it leads to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.clock import now
from tests.recruitment.made_once import made_twice
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.recruitment import hold_recruitment, resume_recruitment
from vetting.recruitment.actions.report import report_to_board
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recusal
from vetting.recruitment.queries.my_work import NEWS, first_to_do, work_counts
from vetting.recruitment.queries.reminders import reminders_of

BUTTON = re.compile(r'class="ds-button"[^>]* href="(/[^"]*)"')


def numbers(client: Client) -> dict[str, tuple[int, str]]:
    """Label → (number, address) of everything counted on the page."""
    context = client.get(reverse("work")).context
    shown = [*context["begin"], *context["waiting"], *context["due"], *context["paused"], *context["news"]]
    if context["all_to_do"]:
        shown.append(context["all_to_do"])
    return {link.label: (link.count, link.url) for link in shown}


def to_decide(world: World) -> Walk:
    """A recruitment that waits for its manager's decision."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    return walk


@pytest.fixture
def busy(world: World) -> World:
    """Recruitments in many states."""
    Walk(world, "assistant")
    to_decide(world)
    asked = Walk(world, "buyer").open()
    finalist = asked.finalist()
    asked.ready(finalist)
    asked.ask_opinion(finalist)
    held = Walk(world, "clerk").open()
    hold_recruitment(held.case(), by=world.actor("hr"), reason="holidays")
    late = Walk(world, "clerk").open().case().recruitment
    late.planned_start = world.today - timedelta(days=2)
    put(late)
    soon = Walk(world, "clerk").open().case().recruitment
    soon.planned_start = world.today + timedelta(days=3)
    put(soon)
    paused = Walk(world, "clerk").open()
    paused.finalist()
    check = paused.case().checks_of(paused.case().candidacies[0])[0]
    check.state, check.reason = "waiting_candidate", ""
    put(check)
    started = Walk(world, "assistant").open()
    finalist = started.finalist()
    started.ready(finalist)
    started.sign(finalist)
    started.start(finalist)
    engagement = started.case().engagements[0]
    engagement.renewals = {"annual_declaration": (world.today + timedelta(days=5)).isoformat()}
    put(engagement)
    return world


@pytest.mark.parametrize("name", ["hr", "manager"])
def test_every_number_is_its_list(busy: World, client: Client, name: str) -> None:
    client.force_login(busy.accounts[name])
    found = numbers(client)
    assert found["Förfallna"][0] == 1
    assert found["Förfaller inom 7 dagar"][0] == 1
    assert found["Pausade"][0] == 1
    assert found["Yttrande begärt"][0] == 1
    assert found["Väntar på kandidaten"][0] == 2, "one asked, and one whose extract is shown at the decision"
    assert found["Att göra nu"][0] >= 3
    for label, (number, url) in found.items():
        assert url.startswith(reverse("recruitment_list")), label
        assert client.get(url).context["page"].paginator.count == number, label
    if name == "manager":
        assert found["Klara för beslut"][0] == 1
    assert found["Förnyelser"][0] == 1
    assert found["Nytt sedan sist"][0] >= 1


def test_what_others_have_done_is_new_until_one_has_said_that_it_is_seen(
    world: World, client: Client
) -> None:
    """Opening a page writes nothing: the list empties by its button, up to the moment the page was shown."""
    first, second = Walk(world, "assistant").open(), Walk(world, "clerk")
    client.force_login(world.accounts["hr"])
    client.post(reverse("mark_news_seen"))
    hold_recruitment(first.case(), by=world.actor("hr"), reason="holidays")
    resume_recruitment(first.case(), by=world.actor("hr"))
    assert numbers(client)["Nytt sedan sist"][0] == 0, "what she has done herself is not new to her"
    manager = world.actor("manager")
    hold_recruitment(first.case(), by=manager, reason="holidays")
    number, url = numbers(client)["Nytt sedan sist"]
    shown = client.get(url)
    assert number == 1 == len(shown.context["rows"])
    assert numbers(client)["Nytt sedan sist"][0] == 1, "to have looked is not to have said so"
    hold_recruitment(second.case(), by=manager, reason="holidays")
    client.post(reverse("mark_news_seen"), {"value": shown.context["shown_at"]})
    left = client.get(url).context
    assert [row["recruitment"].pk for row in left["rows"]] == [second.pk], (
        "that came after the page was shown"
    )
    edges = ("9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00")
    for odd in (
        "2999-01-01T00:00:00.000000Z",
        "nonsens",
        "2026-02-31T00:00:00Z",
        "1999-01-01T00:00:00Z",
        "",
        *edges,
    ):
        assert client.post(reverse("mark_news_seen"), {"value": odd}).status_code == 302
    assert numbers(client)["Nytt sedan sist"][0] == 0
    resume_recruitment(first.case(), by=manager)
    assert numbers(client)["Nytt sedan sist"][0] == 1, "a moment to come was not believed"


def test_what_only_some_are_told_of_is_not_new_to_others(world: World, client: Client) -> None:
    walk = Walk(world, "assistant")
    client.force_login(world.accounts["hr"])
    told = ("protective.confirmed", "candidacy.protection_marked", "recruitment.viewed", "candidacy.revealed")
    assert not set(told) & set(NEWS)
    set_recusal(
        walk.case(),
        by=world.actor("security_head"),
        person_id=world.person_id("security_one"),
        reason="Är släkt med en.",
    )
    assert numbers(client)["Nytt sedan sist"][0] == 1


def test_evidence_about_to_lapse_is_told(world: World, client: Client) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    client.force_login(world.accounts["hr"])
    assert numbers(client)["Förfallna"][0] == 0
    check = walk.case().check_named("id_check", walk.case().candidacies[0])
    check.evidence_on = world.today - timedelta(days=24 * 31)
    put(check)
    assert numbers(client)["Förfallna"][0] == 1


def test_a_chief_has_at_most_three_things_to_do(busy: World, client: Client) -> None:
    client.force_login(busy.accounts["manager"])
    tasks = client.get(reverse("work")).context["tasks"]
    assert 1 <= len(tasks) <= 3
    assert any(task.status == "Klar för beslut" for task in tasks)


def test_no_page_names_a_finalist(busy: World, client: Client) -> None:
    for name in ("hr", "manager", "security_one"):
        client.force_login(busy.accounts[name])
        assert "Testa Persson" not in unescape(client.get(reverse("work")).content.decode())


def test_a_declared_conflict_waits_for_the_declarants_manager(world: World, client: Client) -> None:
    walk = Walk(world, "assistant")
    put(
        Recusal(
            recruitment_id=walk.pk, person=world.person("manager"), state="declared", declared_on=world.today,
            changed_at=now(),
        )
    )  # fmt: skip
    client.force_login(world.accounts["head"])
    context = client.get(reverse("work")).context
    assert [task.name for task in context["tasks"]] == ["Bestäm om Manager deltar"]
    client.force_login(world.accounts["manager"])
    assert client.get(reverse("work")).context["tasks"] == [], "who stands aside has nothing to do there"


def test_the_security_function_sees_what_waits_for_it(busy: World, client: Client) -> None:
    client.force_login(busy.accounts["security_one"])
    found = numbers(client)
    assert found["Säkerhetsyttranden att lämna"][0] == 1
    assert found["Säkerhetsyttranden att lämna"][1].startswith(reverse("opinion_list"))


def test_an_officers_own_steps_come_before_those_she_only_follows(world: World, client: Client) -> None:
    decided_by_another = to_decide(world)
    own = Walk(world, "clerk").open()
    client.force_login(world.accounts["hr"])
    tasks = [task.url for task in client.get(reverse("work")).context["tasks"]]
    assert [str(own.pk) in tasks[0], str(decided_by_another.pk) in tasks[1]] == [True, True], tasks
    client.force_login(world.accounts["manager"])
    tasks = [task.url for task in client.get(reverse("work")).context["tasks"]]
    assert str(decided_by_another.pk) in tasks[0], "to whoever decides it is the first"


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_whoever_has_no_recruitments_goes_on_from_here(world: World, client: Client, name: str) -> None:
    client.force_login(world.accounts[name])
    page = client.get(reverse("work"))
    ways = page.context["ways"]
    assert "Granskning" in {way.label for way in ways}
    for way in ways:
        assert f'class="app-way" href="{way.url}"' in page.content.decode()
        assert client.get(way.url).status_code == 200, way.url
    client.force_login(world.accounts["hr"])
    assert not client.get(reverse("work")).context["ways"], "her own work fills the page"


@pytest.mark.parametrize("name", ["hr", "manager", "head", "hr_head", "security_one", "security_head"])
def test_queries_do_not_grow(world: World, client: Client, name: str) -> None:
    client.force_login(world.accounts[name])
    counted = []
    for size in (2, 14):
        for _again in range(size):
            walk = Walk(world, "assistant")
        walk.open().finalist()
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("work"))
        counted.append(len(caught))
    assert counted[0] == counted[1] <= 15, [query["sql"][:150] for query in caught.captured_queries]


def test_the_start_page_leads_on_whoever_has_signed_in(world: World) -> None:
    signed, stranger = client_of(world, "hr"), Client()
    leads = [BUTTON.findall(each.get("/").content.decode()) for each in (signed, stranger)]
    assert [addresses[-1] for addresses in leads] == ["/arbete/", "/logga-in/"]


def test_the_registrar_sees_what_waits_for_a_meeting_and_its_minutes(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    assert at_the_board(world) == (1, 0)
    (decision,) = walk.case().decisions
    with Case.locked(walk.pk) as case:
        report_to_board(case, by=world.actor("registrar"), decision=decision, reported_on=walk.on)
    assert at_the_board(world) == (0, 1)
    assert reverse("report_to_board") not in waits_for_page(world, "hr")


def at_the_board(world: World) -> tuple[int, int]:
    waits = waits_for_page(world, "registrar")
    return waits.get(reverse("report_to_board"), 0), waits.get(reverse("record_dates"), 0)


def waits_for_page(world: World, name: str) -> dict[str, int]:
    """Address → number, of what waits for one on *Mitt arbete*."""
    context = client_of(world, name).get(reverse("work")).context
    return {link.url: link.count for link in [*context["begin"], *context["waiting"]]}


def test_what_is_made_once_gives_what_is_made_anew(busy: World) -> None:
    asked = 0
    for name, actor, reach, anew in made_twice(busy):
        for _again in range(2):
            assert work_counts(actor, reach) == work_counts(actor, anew), name
            rows = [[row.pk for row in first_to_do(actor, each, 12)] for each in (reach, anew)]
            assert rows[0] == rows[1], name
            assert reminders_of(actor, reach) == reminders_of(actor, anew), name
            asked += len(rows[0])
    assert asked
