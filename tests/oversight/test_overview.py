"""*Granskning*, *Loggens tillstånd* and *Anmälningarnas logg*: who may, what stands there, and what never does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from audit import anchors
from audit.models import Entry
from audit.recorder import Who, record
from audit.sealer import seal_pending
from audit.state import Mark
from tests.harness.databases import RealDatabase
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.oversight.views.reports import kind_of
from vetting.policy.events import EVENTS

OVERSEE = {"security_head", "data_protection_officer", "auditor", "administrator"}


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/granskning/", OVERSEE),
        ("/granskning/tillstand/", OVERSEE),
        ("/granskning/anmalningar/", {"auditor"}),
    ],
)
def test_who_may_open_it_follows_the_matrix(world: World, address: str, allowed: set[str]) -> None:
    for name in world.accounts:
        expected = 200 if name in allowed else 404
        assert client_of(world, name).get(address).status_code == expected, name


def test_the_menu_leads_to_it_for_those_who_may(world: World) -> None:
    for name in world.accounts:
        page = client_of(world, name).get("/arbete/").content.decode()
        assert ('href="/granskning/"' in page) == (name in OVERSEE), name


def test_the_overview_links_only_to_what_one_may_open(world: World) -> None:
    for name in OVERSEE:
        client = client_of(world, name)
        page = client.get("/granskning/").content.decode()
        links = {link for link in re.findall(r'href="(/[^"#?]*)', page) if not link.startswith("/static/")}
        assert "/granskning/tillstand/" in links
        assert ("/granskning/logg/" in links) == (name != "administrator")
        assert ("/granskning/anmalningar/" in links) == (name == "auditor")
        for link in links:
            assert client.get(link).status_code in (200, 302), f"{name}: {link}"


def test_looking_at_the_state_is_no_reading(world: World) -> None:
    client = client_of(world, "administrator")
    before = Entry.objects.count()
    client.get("/granskning/")
    client.get("/granskning/tillstand/")
    assert Entry.objects.count() == before


def test_the_state_tells_size_root_and_mark_and_no_size_of_the_reports(world: World, settings: Any) -> None:
    Walk(world, "assistant").open()
    settings.AUDIT_EVENTS = "tests.oversight.events.EVENTS"
    record("report.submitted", Who(None, None, "system"))
    seal_pending()
    answer = client_of(world, "administrator").get("/granskning/tillstand/")
    main, reports = answer.context["state"].trees
    assert (main.name, reports.name) == ("main", "reports")
    assert main.size == Entry.objects.filter(tree="main").count()
    assert main.root in answer.content.decode()
    assert (reports.size, reports.root, reports.waiting, reports.signed_size) == (None, "", None, None)
    assert answer.context["state"].size == main.size


def test_a_checkpoint_and_its_file_are_told(real_db: RealDatabase) -> None:
    world = build_world()
    seal_pending()
    page = client_of(world, "administrator").get("/granskning/tillstand/")
    assert [code for code, _about in page.context["state"].faults] == ["late", "first_key"]
    anchors.checkpoint()
    page = client_of(world, "administrator").get("/granskning/tillstand/")
    state = page.context["state"]
    assert state.trees[0].signed_size is not None
    assert "file" in state.trees[0].anchored
    assert [code for code, _about in state.faults] == ["first_key"]
    assert "Fil på servern" in page.content.decode()


def test_a_log_that_is_shut_or_behind_its_mark_comes_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(world, "administrator")
    seal_pending()
    monkeypatch.setattr("audit.state.broken", lambda tree: f"{tree}: mark-behind: 3 of 9 entries are missing")
    for address in ("/granskning/", "/granskning/tillstand/"):
        page = client.get(address).content.decode()
        assert "Loggen är stängd" in page
        assert "mark-behind: 3 of 9" in page
    monkeypatch.undo()
    monkeypatch.setattr("audit.state.read_mark", lambda tree: Mark(10**6, b"x"))
    assert "Databasen är äldre än loggen" in client.get("/granskning/").content.decode()
    monkeypatch.setattr("audit.state.read_mark", lambda tree: None)
    assert "mapp utanför databasen saknas" in client.get("/granskning/").content.decode()


def test_the_reports_log_is_empty_in_words(world: World) -> None:
    page = client_of(world, "auditor").get("/granskning/anmalningar/").content.decode()
    assert "Inga anmälningar är antecknade" in page
    assert Entry.objects.get(action="log.reports_viewed").facts["count"] == 0


def test_the_reports_log_tells_kind_and_day_and_nobody(world: World, settings: Any) -> None:
    settings.AUDIT_EVENTS = "tests.oversight.events.EVENTS"
    record("report.submitted", Who(world.person_id("hr"), None, "hr_officer"))
    answer = client_of(world, "auditor").get("/granskning/anmalningar/")
    assert len(answer.context["events"]) == 1
    day, _what = answer.context["events"][0]
    assert day == world.today
    table = answer.content.decode().split("<tbody>", 1)[1].split("</tbody>")[0]
    assert "Hr" not in table
    assert ":" not in re.sub(r"<[^>]+>", "", table)


def test_every_event_of_the_reports_log_reads_as_a_sentence_without_its_facts() -> None:
    told = {code: kind_of(code) for code, spec in EVENTS.items() if spec.tree == "reports"}
    assert "report.submitted" in told
    for code, sentence in told.items():
        assert "–" not in sentence, f"{code}: {sentence}"
        assert sentence[0].isupper(), f"{code}: {sentence}"
