"""*Min läslogg*: one's own entries in sentences, filtered, in pages that follow a key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.administration.delegations import stand_in
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.accounts.second_factor.managing import REMOVED
from vetting.policy.events import EVENTS
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.case import Case
from vetting.recruitment.queries import own_log
from vetting.recruitment.telling import told


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def test_it_tells_what_i_did_and_only_that(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    page = client_of(world, "hr").get("/min-laslogg/").content.decode()
    assert "lade in slutkandidaten K1" in page
    assert "Testa Persson" not in page
    assert "lade in slutkandidaten" not in client_of(world, "manager").get("/min-laslogg/").content.decode()


def test_it_is_filtered_by_kind_and_period(world: World) -> None:
    Walk(world, "assistant").open()
    client = client_of(world, "hr")
    assert "öppnade rekryteringen" in client.get("/min-laslogg/?slag=gjort").content.decode()
    assert "öppnade rekryteringen" not in client.get("/min-laslogg/?slag=last").content.decode()
    assert "öppnade rekryteringen" not in client.get("/min-laslogg/?till=2020-01-01").content.decode()
    assert "öppnade rekryteringen" in client.get(f"/min-laslogg/?fran={world.today}").content.decode()


def test_a_day_that_does_not_exist_is_said_and_shows_all(world: World) -> None:
    Walk(world, "assistant")
    page = client_of(world, "hr").get("/min-laslogg/?fran=2026-02-31").content.decode()
    assert "finns inte i kalendern" in page
    assert "skapade rekryteringen" in page


def test_pages_follow_a_key_both_ways(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    monkeypatch.setattr(own_log, "PAGE", 2)
    person = world.person_id("hr")
    first = own_log.own_entries(person)
    second = own_log.own_entries(person, before=first.older)
    assert first.newer is None
    assert [e.id for e in second.entries] == sorted((e.id for e in second.entries), reverse=True)
    assert not {e.id for e in first.entries} & {e.id for e in second.entries}
    back = own_log.own_entries(person, after=second.newer)
    assert [e.id for e in back.entries] == [e.id for e in first.entries]


def test_few_queries(world: World, django_assert_max_num_queries: object) -> None:
    Walk(world, "assistant").open()
    client = client_of(world, "hr")
    client.get("/min-laslogg/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/min-laslogg/")


def test_every_event_can_be_told() -> None:
    for code, spec in EVENTS.items():
        _who, what = told(code, dict.fromkeys(spec.facts, "x"), own=True)
        assert what, code
        assert "{" not in what, code


def test_how_somebody_signs_in_is_told_in_words() -> None:
    written = "\n".join(path.read_text() for path in Path("vetting/accounts").rglob("*.py"))
    codes = set(re.findall(r'(?:changing|record_changed)\([^)\n]*?"([a-z_]+)"', written)) | set(
        REMOVED.values()
    )
    assert {"totp_added", "recovery_codes_made", "password", "key_removed"} <= codes
    for code in codes:
        _who, what = told("account.sign_in_edited", {"role": "employee", "method": code})
        assert code not in what, f"{code} stands as a code in the log"


def test_it_says_whom_i_stood_in_for(world: World) -> None:
    stand_in(world, "manager", "other_manager")
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    with Case.locked(walk.pk) as case:
        edit_candidacy(case, by=world.actor("other_manager"), candidacy=finalist, contact="070-1112233")
    page = client_of(world, "other_manager").get("/min-laslogg/").content.decode()
    assert "Du (som ersättare för Manager)" in page
