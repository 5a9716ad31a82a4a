"""*Kontrollfunktionen*: each number is its list for whoever may open it, and points nobody out for the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.recruitment.opinions import ask, ballot
from tests.recruitment.short_work import at, put_off, short
from tests.recruitment.visit import client_of
from tests.recruitment.world import World
from vetting.oversight.queries.protected import last_quarter
from vetting.policy.calendar import working_days_between
from vetting.recruitment.actions.escalation import decide_escalation
from vetting.recruitment.actions.opinion import escalate_opinion
from vetting.recruitment.models import Opinion
from vetting.recruitment.queries.opinions import TARGET_DAYS, late

STAT = re.compile(
    r'<a class="app-stat" href="([^"]+)"[^>]*><span class="app-stat__number">(\d+)</span> '
    r'<span class="app-stat__label">([^<]+)</span>'
)
QUERIES, BYTES = 15, 60_000


LATER = timedelta(days=20)


@pytest.fixture
def busy(world: World) -> Iterator[World]:
    """Three weeks later: rounds that are late, one about somebody who should have started, one lifted, and a check
    whose day after the start has passed."""
    ask(world)
    ask(world, planned_start=world.today + timedelta(days=3))
    walk, _finalist, refused = ask(world)
    walk.vote(refused, "security_one", ballot("advised_against"))
    case = walk.case()
    escalate_opinion(
        case, by=world.actor("manager"), opinion=case.opinion(refused), reason="Vi behöver henne snart."
    )
    put_off(*short(world))
    with at(world.today + LATER):
        yield world


def stats(client: Client) -> dict[str, tuple[str, int]]:
    """Label → (address, number) of every number on the page."""
    answer = client.get(reverse("control"))
    assert answer.status_code == 200
    assert len(answer.content) < BYTES
    return {label: (url, int(number)) for url, number, label in STAT.findall(answer.content.decode())}


def rows_in(client: Client, address: str) -> int:
    body = client.get(address.replace("&amp;", "&")).content.decode()
    return sum("<tr" in part and '<th scope="row"' in part for part in re.split(r"(?=<tr)", body))


def test_each_number_is_as_many_rows_of_the_list_it_leads_to(busy: World) -> None:
    client = client_of(busy, "security_head")
    with CaptureQueriesContext(connection) as said:
        shown = stats(client)
    assert len(said) <= QUERIES
    numbers = {label: number for label, (_url, number) in shown.items()}
    assert (numbers["Yttranden som väntar"], numbers["Över målet"], numbers["Start inom 7 dagar"]) == (
        2,
        2,
        1,
    )
    assert (numbers["Väntar"], numbers["Försenade"], numbers["Lyfta som väntar"]) == (1, 1, 1)
    for label, (url, number) in shown.items():
        assert rows_in(client, url) == number, label
    page = client.get(reverse("control")).content.decode()
    assert "är inget bevis" in page
    assert "för sent" in page
    assert "skyddad uppgift" not in page
    assert client_of(busy, "security_one").get(reverse("lifted_list")).status_code == 200
    for name in ("hr", "manager", "auditor", "chief", "employee"):
        assert client_of(busy, name).get(reverse("lifted_list")).status_code == 404
    for name in ("hr", "manager", "employee", "security_one"):
        assert client_of(busy, name).get(reverse("control")).status_code == 404


def test_a_lift_that_was_decided_counts_for_a_year_and_one_that_waits_until_it_is(world: World) -> None:
    lifted = []
    for _number in range(2):
        walk, _finalist, refused = ask(world)
        walk.vote(refused, "security_one", ballot("advised_against"))
        escalate_opinion(
            walk.case(), by=world.actor("manager"), opinion=walk.case().opinion(refused), reason="Hon behövs."
        )
        lifted.append((walk, refused))
    walk, refused = lifted[0]
    case = walk.case()
    decide_escalation(
        case, by=world.actor("head"), opinion=case.opinion(refused), overrule=True, reason="Hon behövs nu."
    )
    for days, expected in ((20, (1, 1)), (400, (1, 0))):
        with at(world.today + timedelta(days=days)):
            shown = stats(client_of(world, "security_head"))
        assert (shown["Lyfta som väntar"][1], shown["Lyfta som gick vidare"][1]) == expected, days


def test_whoever_may_not_open_what_is_counted_sees_a_quarter_that_is_over(busy: World) -> None:
    row = Opinion.objects.values()[0]
    quarter = last_quarter(busy.today + LATER)
    asked: dict[str, int] = {}
    for name in ("hr_head", "chief", "auditor", "data_protection_officer"):
        client = client_of(busy, name)
        with CaptureQueriesContext(connection) as said:
            shown = stats(client)
        asked[name] = len(said)
        page = client.get(reverse("control")).content.decode()
        assert not any(reverse("opinion_list") in url or "lyft" in url for url, _number in shown.values())
        assert "Förra kvartalet" in page
        assert "färre än 5" in page
        for label, (url, number) in shown.items():
            assert rows_in(client, url) == number, label
        if name == "chief":
            assert not shown
            references = set(Opinion.objects.values_list("recruitment__reference", flat=True))
            assert references
            assert not any(reference in page for reference in references)
    copies(row, 12, requested_on=quarter.first, concluded_on=quarter.first)
    copies(row, 2, requested_on=quarter.first, concluded_on=quarter.last)
    for name, before in asked.items():
        client = client_of(busy, name)
        with CaptureQueriesContext(connection) as said:
            stats(client)
        assert len(said) == before <= QUERIES, name
        page = client.get(reverse("control")).content.decode()
        assert ("skyddad uppgift" in page) == (name != "chief"), "the chief's authority is another"
    page = client_of(busy, "auditor").get(reverse("control")).content.decode().split("Över tid")[0]
    # Two were late: told with neither number, nor with the twelve that would give them away.
    assert page.count("skyddad uppgift") == 4
    # What is counted stands at the number: a sum under the heading of lifts was read as so many lifts.
    assert len(re.findall(r"Lämnade yttranden</dt>\s*<dd[^>]*>\s*14", page)) == 2
    assert "Totalt" not in page
    menu = re.search(r'href="/kontrollfunktionen/"[^>]*>(.*?)</a>', page, re.DOTALL)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert menu is not None
    assert heading is not None
    assert re.sub(r"<svg.*?</svg>|<[^>]*>", "", menu[1], flags=re.DOTALL).strip() == heading[1].strip()


def copies(row: dict[str, Any], number: int, **columns: Any) -> None:
    """So many rounds more, as the database would hold them."""
    start = Opinion.objects.count() + 10
    for n in range(number):
        told = row | {"id": uuid4(), "round": start + n, "state": "returned"} | columns
        fields = [Opinion._meta.get_field(name) for name in told]
        values = [field.get_db_prep_save(told[field.attname], connection) for field in fields]
        statement = "INSERT INTO recruitment_opinion ({}) VALUES ({})"
        names, marks = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.execute(statement.format(names, marks), values)


def test_a_quarter_that_runs_is_told_nothing_of_and_late_counts_working_days() -> None:
    assert last_quarter(date(2026, 11, 28)) == last_quarter(date(2026, 10, 1))
    quarter = last_quarter(date(2027, 1, 1))
    assert (quarter.first, quarter.last) == (date(2026, 10, 1), date(2026, 12, 31))
    for day in (date(2026, 11, 27), date(2026, 11, 30), date(2027, 1, 7), date(2026, 4, 8)):
        newest = late(day).children[0][1]
        assert working_days_between(newest, day) == TARGET_DAYS + 1
        assert working_days_between(newest + timedelta(days=1), day) == TARGET_DAYS
