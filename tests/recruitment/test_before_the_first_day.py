"""Between the decision and the first day nobody is asked to say that the person has begun; she may still have."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from audit.clock import at
from tests.recruitment.clicks import client_of, send, text_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.engine.coming import coming_step
from vetting.recruitment.models import Candidacy, Engagement
from vetting.recruitment.queries.list_rows import read_rows

ASKED = "Bekräfta att K1 har börjat"


@pytest.fixture
def decided(world: World) -> tuple[Walk, Candidacy]:
    """Somebody who begins in thirty days, with everything before the start done."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist, terms=Terms(walk.on + timedelta(days=30)))
    walk.finish({"start"}, finalist)
    return walk, finalist


def test_the_day_is_told_and_the_button_comes_with_it(decided: tuple[Walk, Candidacy], world: World) -> None:
    walk, _finalist = decided
    here = reverse("recruitment_view", kwargs={"pk": walk.pk})
    page = text_of(client_of(world, "manager").get(here))
    assert "Första dagen är" in page
    assert ASKED not in page
    assert coming_step(walk.case()).code == "await_start"
    tasks = client_of(world, "manager").get(reverse("work")).context["tasks"]
    assert not [task for task in tasks if str(walk.pk) in task.url]
    engagement = Engagement.objects.get()
    with at(datetime.combine(engagement.planned_start, time(9), UTC)):
        assert ASKED in text_of(client_of(world, "manager").get(here))
        assert coming_step(walk.case()).code == "confirm_start"


def test_the_decisions_page_asks_from_the_day_and_until_it_is_confirmed(
    decided: tuple[Walk, Candidacy], world: World
) -> None:
    def asked(walk: Walk, finalist: Candidacy) -> bool:
        here = reverse("sign_decision", kwargs={"pk": walk.pk, "candidacy": finalist.pk})
        return ASKED in text_of(client_of(world, "manager").get(here))

    assert not asked(*decided)
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    assert asked(walk, finalist)
    walk.start(finalist)
    assert not asked(walk, finalist)


def test_a_decided_day_that_nobody_has_confirmed_is_told_as_passed(
    decided: tuple[Walk, Candidacy], world: World
) -> None:
    walk, _finalist = decided
    (row,) = read_rows([walk.case().recruitment], world.today)
    assert not row.is_late
    (row,) = read_rows([walk.case().recruitment], world.today + timedelta(days=31))
    assert row.is_late


def test_whoever_has_begun_sooner_is_noted_by_a_day_that_is_typed(
    decided: tuple[Walk, Candidacy], world: World
) -> None:
    walk, finalist = decided
    manager, where = client_of(world, "manager"), {"pk": walk.pk, "candidacy": finalist.pk}
    form = manager.get(reverse("confirm_start", kwargs=where)).context["form"]
    assert form["started_on"].value() is None
    left = send(manager, "confirm_start", {"started_on": ""}, **where)
    assert "Fältet är tomt. Fyll i det." in text_of(left)
    assert Engagement.objects.get().state == "planned"
    send(manager, "confirm_start", {"started_on": world.today.isoformat()}, **where)
    assert Engagement.objects.get().started_on == world.today
