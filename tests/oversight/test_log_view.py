"""*Händelselogg*: everything in sentences, found by person, recruitment, group and day; reading it is in the log."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from audit import clock
from audit.errors import LogBroken
from audit.models import Entry
from audit.recorder import Who, record
from tests.oversight.reading import LOG, text, told
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.oversight.queries import log
from vetting.oversight.queries.moments import ids_between


def test_it_tells_who_did_what_and_no_name_of_anybody_vetted(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist("Kim Kanariesson")
    rows = told(client_of(world, "auditor"))
    assert "lade in slutkandidaten K1 i " in rows
    assert "Hr" in rows
    assert "HR-handläggare" in rows
    assert "Kanariesson" not in rows
    assert f'href="/rekryteringar/{walk.pk}/handelser/"' in rows


def test_reading_it_is_recorded_with_the_filters_codes_and_never_what_was_searched(world: World) -> None:
    walk = Walk(world, "assistant").open()
    reference = walk.case().recruitment.reference
    client = client_of(world, "auditor")
    text(client, f"{LOG}?namn=manager&referens={reference}&slag=lage&fran={world.today}")
    text(client)
    last, first = Entry.objects.filter(action="log.viewed").order_by("-id")
    assert first.actor_person == world.person_id("auditor")
    assert first.facts["filter_codes"] == "person|reference|lage|period"
    assert last.facts["filter_codes"] == "no_filter"
    assert last.facts["count"] == 50
    assert b"anager" not in bytes(first.leaf)
    assert reference.encode() not in bytes(first.leaf)
    assert "läste händelseloggen (person, referens, läge, period)" in told(client)


def test_nothing_is_shown_when_the_reading_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Walk(world, "assistant").open()

    def broken(*args: Any, **kwargs: Any) -> None:
        raise LogBroken("main: mark-behind: 3 of 9 entries are missing")

    monkeypatch.setattr("vetting.oversight.views.base.record", broken)
    client = client_of(world, "auditor")
    client.raise_request_exception = False
    answer = client.get(LOG)
    assert answer.status_code == 503
    assert "öppnade rekryteringen" not in answer.content.decode()


def test_it_is_searched_by_person_recruitment_group_and_day(world: World) -> None:
    one, other = Walk(world, "assistant").open(), Walk(world, "clerk").open()
    client = client_of(world, "auditor")
    mine, theirs = (walk.case().recruitment.reference for walk in (one, other))
    by_reference = told(client, f"{LOG}?referens={mine.lower()}")
    assert mine in by_reference
    assert theirs not in by_reference
    by_person = told(client, f"{LOG}?namn=manager&slag=lage")
    assert by_person == "", "several are called so: one is chosen first"
    page = text(client, f"{LOG}?namn=manager")
    chosen = f"person={world.person_id('manager')}"
    assert chosen in page
    by_person = told(client, f"{LOG}?{chosen}&slag=lage")
    assert "lämnade jävsförklaring" in by_person
    assert "öppnade rekryteringen" not in by_person
    assert told(client, f"{LOG}?slag=beslut") == ""
    assert told(client, f"{LOG}?till={world.today - timedelta(days=1)}") == ""
    assert "öppnade rekryteringen" in told(client, f"{LOG}?fran={world.today}&till={world.today}")


def test_filters_stand_in_the_address_as_chips_that_take_one_away(world: World) -> None:
    Walk(world, "assistant")
    context = client_of(world, "auditor").get(f"{LOG}?namn=registrar&slag=lage&fran={world.today}").context
    person = f"person={world.person_id('registrar')}"
    labels = [chip.label for chip in context["chips"]]
    assert labels[:2] == ["Registrar", "Läge"]
    assert person not in context["chips"][0].url
    assert person in context["chips"][1].url
    assert "slag" not in context["chips"][1].url


def test_what_is_not_found_is_said_and_what_is_not_understood_is_told(world: World) -> None:
    client = client_of(world, "auditor")
    assert "Ingen med det namnet" in text(client, f"{LOG}?namn=Finnsinte")
    assert "Ingen rekrytering med den referensen" in text(client, f"{LOG}?referens=R-1999-0001")
    assert "finns inte i kalendern" in text(client, f"{LOG}?fran=2026-02-31")
    assert "Ingen med det namnet" in text(client, f"{LOG}?person=00000000-0000-4000-8000-000000000000")


def test_pages_follow_a_key_both_ways(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Walk(world, "assistant").open()
    monkeypatch.setattr(log, "PAGE", 7)
    actor = world.actor("auditor")
    first = log.entries_for(actor, log.Search())
    second = log.entries_for(actor, log.Search(), before=first.older)
    assert first.newer is None
    ids = [entry.pk for entry in (*first.entries, *second.entries)]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 14
    back = log.entries_for(actor, log.Search(), after=second.newer)
    assert [entry.pk for entry in back.entries] == [entry.pk for entry in first.entries]


def test_a_search_without_an_index_looks_through_a_part_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    Walk(world, "assistant").open()
    monkeypatch.setattr(log, "WINDOW", 10)
    actor, wanted = world.actor("auditor"), log.Search(group="atkomst")
    found: list[int] = []
    key, pages = None, 0
    while True:
        part = log.entries_for(actor, wanted, before=key)
        found += [entry.pk for entry in part.entries]
        pages += 1
        if part.older is None:
            break
        assert key is None or part.older < key
        key = part.older
    everything = Entry.objects.filter(action__in=log.GROUPS["atkomst"].events).order_by("-id")
    assert found == list(everything.values_list("pk", flat=True))
    assert pages > 3
    client = client_of(world, "auditor")
    assert "Sök vidare bakåt" in text(client, f"{LOG}?slag=beslut")


def test_who_may_read_follows_the_matrix(world: World) -> None:
    allowed = {"security_head", "data_protection_officer", "auditor"}
    for name in world.accounts:
        expected = 200 if name in allowed else 404
        assert client_of(world, name).get(LOG).status_code == expected, name


def test_as_many_queries_whatever_the_size_and_the_filter(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = client_of(world, "auditor")
    reference = walk.case().recruitment.reference
    addresses = [LOG, f"{LOG}?slag=lage", f"{LOG}?fran={world.today}&till={world.today}"]
    addresses += [f"{LOG}?referens={reference}", f"{LOG}?person={world.person_id('hr')}&slag=lage"]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connections["default"]) as captured:
                client.get(address)
            counts.append(len([q for q in captured.captured_queries if q["sql"].startswith("SELECT")]))
        return counts

    small = asked()
    for _ in range(3):
        Walk(world, "clerk").open().finalist()
    assert asked() == small
    assert max(small) <= 20


def test_a_period_is_found_by_a_few_looks(db: None) -> None:
    began = clock.now()
    moments: list[datetime] = []
    for day in range(400):
        with clock.at(began + timedelta(hours=7 * day)):
            record("account.signed_in", Who(None, None, "employee"), facts={"role": "employee"})
            moments.append(clock.now())
    ids = list(Entry.objects.order_by("id").values_list("id", flat=True))
    lowest, highest = ids_between(moments[100], moments[120])
    assert lowest is not None
    assert highest is not None
    assert ids[97] <= lowest <= ids[100]
    assert ids[120] <= highest <= ids[123]
    assert ids_between(None, None) == (None, None)
    assert ids_between(began + timedelta(days=9999), None)[0] == ids[-1]
    with CaptureQueriesContext(connections["default"]) as captured:
        ids_between(moments[5], moments[390])
    assert len(captured) == 4


def test_reading_shows_in_ones_own_log_in_words(world: World) -> None:
    client = client_of(world, "auditor")
    client.get(f"{LOG}?slag=beslut")
    page = client.get("/min-laslogg/?slag=last").content.decode()
    assert "läste händelseloggen (beslut)." in page
