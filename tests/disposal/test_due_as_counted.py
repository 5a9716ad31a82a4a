"""*Mitt arbete* says what is due to be put forward, as the job last counted it, with the day: in one query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from tests.disposal.cases import Over
from tests.disposal.test_pages import ROW, put_forward
from tests.recruitment.visit import client_of
from vetting.disposal.jobs import count_due
from vetting.disposal.models import Due
from vetting.disposal.queries.lots import authorities_of, due_counts
from vetting.disposal.waiting import waits
from vetting.policy.calendar import today_stockholm

LIST = f"{reverse('disposal_list')}?visa=dags"


@pytest.fixture
def due(over: Over) -> Any:
    with clock.at(clock.now() + timedelta(days=1)):
        yield over


def told(over: Over, name: str) -> list[tuple[int | None, str]]:
    """What *Mitt arbete* says to her of what is due: how much, and when it was counted."""
    return [(link.count, link.note) for link in waits(over.world.actor(name)) if link.url == LIST]


def today() -> date:
    return today_stockholm(clock.now())


def test_it_is_told_as_counted_with_its_day_to_whoever_may_put_it_forward(due: Over) -> None:
    assert told(due, "registrar") == []  # nobody has counted
    count_due()
    count_due()
    actor = due.world.actor("registrar")
    exact = sum(each.count for each in due_counts(authorities_of(actor, "disposal.propose"), today(), []))
    ((number, note),) = told(due, "registrar")
    assert number == exact > 0
    assert f"räknat {today().day} " in note
    assert told(due, "hr_head") == [(number, note)]
    for name in ("archivist", "hr", "manager"):
        assert told(due, name) == [], name
    page = client_of(due.world, "registrar").get(reverse("work")).text
    assert "Dags att lägga fram för gallring" in page
    assert note in page


def test_it_is_one_query_and_the_page_stays_within_fifteen(due: Over) -> None:
    count_due()
    actor, client = due.world.actor("registrar"), client_of(due.world, "registrar")
    with CaptureQueriesContext(connection) as asked:
        waits(actor)
    assert len(asked) == 1
    client.get(reverse("work"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("work"))
    assert len(asked) <= 15


def test_what_waits_in_a_lot_is_not_to_be_put_forward_again(due: Over) -> None:
    count_due()
    ((before, _note),) = told(due, "registrar")
    of_the_kind = Due.objects.get(row=ROW, authority=due.world.authority).count
    put_forward(due)
    left = (before or 0) - of_the_kind
    assert [number for number, _note in told(due, "registrar")] == ([left] if left else [])


def test_the_next_count_forgets_what_was_due(due: Over) -> None:
    """What is not due any longer is not told as if it were."""
    Due.objects.create(
        authority=due.world.other_authority, row=ROW, count=7, counted_on=today() - timedelta(days=2)
    )
    count_due()
    assert not Due.objects.filter(authority=due.world.other_authority).exists()
    assert set(Due.objects.values_list("counted_on", flat=True)) == {today()}


def test_the_oldest_count_gives_the_day(due: Over) -> None:
    """Where the job has not come to all of them, nothing is told as newer than it is."""
    count_due()
    Due.objects.filter(row=ROW).update(counted_on=date(2026, 1, 2))
    ((_number, note),) = told(due, "registrar")
    assert note == "räknat 2 jan 2026"


def test_nobody_is_told_of_another_authority(due: Over) -> None:
    """A registrar of the whole municipality, and one of this authority alone."""
    Due.objects.create(authority=due.world.other_authority, row=ROW, count=7, counted_on=today())
    whole = due.world.actor("registrar")
    here = frozenset({due.world.authority.pk})
    alone = replace(
        whole, roles=tuple(replace(held, everywhere=False, authorities=here) for held in whole.roles)
    )
    assert [link.count for link in waits(whole)] == [7]
    assert waits(alone) == []
