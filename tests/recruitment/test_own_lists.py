"""What lists find by indexes alone is what they find the long way round: for everybody, in every tab, on every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from audit import clock
from tests.recruitment.test_visible import grant, many
from tests.recruitment.world import World, put
from vetting.access.actor import Actor
from vetting.recruitment.models import Recruitment, RecruitmentGrant
from vetting.recruitment.queries import my_work, own, reminders, worklist
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.queries.worklist import TABS, Choice, chosen, counts, page_rows

__all__ = ["many"]
WALKED = ("vantat", "-vantat")
"""The orders that an index has, forwards and backwards; the others are sorted."""
DAYS = (0, 3)
"""Today, and when some assignments are over."""


@pytest.fixture
def people(world: World, many: list[Recruitment]) -> list[str]:
    """Those of `many`, and some with several ways to the same recruitment."""
    world.hire("wide_hr", "hr_officer", authority=world.authority)
    world.hire("everywhere", "hr_head")
    world.hire("manager", "security_officer")
    world.hire("hr", "security_officer")
    for row in many[:9]:
        for role in ("security_officer", "protective_security"):
            grant(world, row, "hr", role)
            if row in many[:7]:
                grant(world, row, "wide_hr", role)
    for number, row in enumerate(many):
        row.responsible = world.person("hr" if number % 2 else "manager")
        row.created_on = world.today - timedelta(days=number // 2)
        put(row)
    for number, given in enumerate(RecruitmentGrant.objects.order_by("pk")):
        if number % 3 == 0:
            given.until = world.today + timedelta(days=number % 4)
            put(given)
    return [*world.accounts]


def long_way(reach: Reach) -> Reach:
    """The same reach, whose queries are made of the recruitments' own rows."""
    return replace(reach, terms=None)


def each(world: World, people: list[str], ask: Callable[[Actor, Reach], None]) -> int:
    """Ask for everybody whose reach is told by terms; how many they were."""
    asked = 0
    for day in DAYS:
        with clock.at(clock.now() + timedelta(days=day)):
            for name in people:
                actor = world.actor(name)
                reach = reach_of(actor)
                if reach.terms is not None:
                    ask(actor, reach)
                    asked += 1
    assert asked > 20
    return asked


@pytest.mark.deadline(180)
def test_every_tab_is_the_same_on_every_page(
    world: World, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "PER_PAGE", 3)
    worklist._paging.cache_clear()
    found = set()

    def ask(actor: Actor, reach: Reach) -> None:
        for visa in TABS:
            for ordning in WALKED:
                choice = Choice(visa=visa, ordning=ordning)
                wanted = [row.pk for row in chosen(actor, long_way(reach), choice)]
                told = [
                    row.case.pk
                    for first in range(0, len(wanted) + 1, 3)
                    for row in page_rows(actor, reach, choice, first)
                ]
                assert told == wanted, (actor.person_id, visa, ordning)
                found.update(told)
            choice = Choice(visa=visa)
            assert counts(actor, reach, choice) == counts(actor, long_way(reach), choice)
            few = counts(actor, reach, choice, 2000), counts(actor, long_way(reach), choice, 2000)
            assert few[0] == few[1]

    each(world, people, ask)
    worklist._paging.cache_clear()
    assert len(found) > 5


def test_every_number_of_mitt_arbete_is_the_same(world: World, people: list[str]) -> None:
    seen = set()

    def ask(actor: Actor, reach: Reach) -> None:
        number = my_work.work_counts(actor, reach)
        assert number == my_work.work_counts(actor, long_way(reach))
        first = [row.pk for row in my_work.first_to_do(actor, reach, 12)]
        assert first == [row.pk for row in my_work.first_to_do(actor, long_way(reach), 12)]
        assert reminders.reminders_of(actor, reach) == reminders.reminders_of(actor, long_way(reach))
        seen.update(code for code, many in number.items() if many)

    each(world, people, ask)
    assert {"att-gora", "nytt"} <= seen


def test_a_page_of_ones_own_reads_the_index_and_not_every_row(world: World, people: list[str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table of a page whole.")
    actor = world.actor("hr")
    reach = reach_of(actor)
    assert reach.terms is not None
    asking = own.Asking(reach.terms, actor.person_id, actor.account_id, reach.values[2:])
    for rows in (own.together(asking.own()), *(branch.rows for branch in asking.own())):
        plan = rows.explain()
        assert "COVERING INDEX" in plan, plan
        assert "SCAN recruitment" not in plan, plan
