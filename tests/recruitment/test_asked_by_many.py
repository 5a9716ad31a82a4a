"""A query that is made once and asked by many gives each the door's own answer, on every day and in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from audit import clock
from tests.administration.delegations import stand_in
from tests.recruitment.test_visible import grant, recuse
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.organisation.models import DelegationPoint
from vetting.policy.places import GUEST_DAYS
from vetting.recruitment.case import Case
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries import my_work, reminders
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.queries.worklist import Choice, counts, page_rows

NAMES = ("twin_one", "twin_two", "wide", "no_units", "guest_one", "guest_two", "stander", "lent", "hr_head")
DAYS = (0, 1, 2, GUEST_DAYS, 0)
"""Today, the last day of an assignment, the first after it, the first after a guest's role; and today again."""
EVERYTHING = Choice(visa="alla")


@pytest.fixture
def people(world: World) -> list[Walk]:
    """Pairs with the same roles who may not see the same: recused, assigned to the day after, in another's place."""
    walks = [Walk(world, "assistant").open(), Walk(world, "assistant"), Walk(world, "buyer").open()]
    for name in ("twin_one", "twin_two"):
        world.hire(name, "hr_officer", unit=world.units["school"])
    world.hire("wide", "hr_officer", authority=world.authority)
    world.hire("no_units", "hr_officer", unit=world.units["school_two"])
    for name in ("guest_one", "guest_two"):
        world.hire(name, "guest_approver")
    world.hire("stander")
    world.hire("lent")
    rows = [walk.case().recruitment for walk in walks]
    recuse(world, rows[0], "twin_two", "excluded")
    recuse(world, rows[1], "hr_head", "declared")
    recuse(world, rows[1], "manager", "excluded")
    grant(world, rows[0], "guest_one", "guest_approver")
    grant(world, rows[2], "guest_two", "guest_approver")
    last = RecruitmentGrant.objects.get(user=world.accounts["guest_two"])
    last.until = world.today + timedelta(days=1)
    put(last)
    stand_in(world, "manager", "stander", days=2)
    put(
        DelegationPoint(
            unit=world.units["executive"], code="4.9", forms=[rows[2].form], delegate=world.person("lent"),
            leading_posts=True, valid_from=world.today, valid_to=world.today,
        )
    )  # fmt: skip
    return walks


@pytest.mark.parametrize("turn", [1, -1])
def test_each_sees_what_the_door_says_whoever_asked_before(
    world: World, people: list[Walk], turn: int
) -> None:
    made_once = {name: reach_of(world.actor(name)).terms for name in NAMES}
    assert [name for name in NAMES if made_once[name] is None] == ["stander", "lent"]
    assert made_once["twin_one"] == made_once["twin_two"]
    assert made_once["guest_one"] == made_once["guest_two"]
    moment = clock.now()
    seen: dict[tuple[str, int], set[int]] = {}
    for days in DAYS:
        with clock.at(moment + timedelta(days=days)):
            cases = [Case.load(walk.pk) for walk in people]
            for name in NAMES[::turn]:
                actor = world.actor(name)
                reach = reach_of(actor)
                wanted = [
                    number
                    for number, case in enumerate(cases)
                    if ask(actor, "recruitment.list", case.facts_for(actor))
                ]
                rows = [row.case.pk for row in page_rows(actor, reach, EVERYTHING, 0)]
                assert sorted(rows) == sorted(cases[number].pk for number in wanted), (name, days)
                assert counts(actor, reach, EVERYTHING)["alla"] == len(wanted), (name, days)
                seen[name, days] = set(wanted)
    assert (seen["twin_one", 0], seen["twin_two", 0]) == ({0, 1}, {1}), "the same roles, and one stands aside"
    assert (seen["hr_head", 0], seen["no_units", 0]) == ({0, 2}, set())
    assert [seen["guest_one", day] for day in DAYS[:4]] == [{0}, {0}, {0}, set()]
    assert [seen["guest_two", day] for day in DAYS[:4]] == [{2}, {2}, set(), set()]
    assert [seen["stander", day] for day in DAYS[:3]] == [{0, 2}, {0, 2}, set()], "nor past the manager's own"
    assert [seen["lent", day] for day in DAYS[:3]] == [{2}, set(), set()]


def told(actor: Actor, reach: Reach) -> object:
    """What *Mitt arbete* asks of a reach."""
    first = [row.pk for row in my_work.first_to_do(actor, reach, 5)]
    followed = [row.pk for row in reminders._rows(actor, reach)]
    return my_work.work_counts(actor, reach), first, followed


def test_ones_own_work_is_that_of_the_query_made_anew(world: World, people: list[Walk]) -> None:
    """Two who have the same roles share what is made; one of them has an assignment, on some of the days."""
    grant(world, people[0].case().recruitment, "twin_one", "hr_officer")
    people[0].finalist()
    moment, found = clock.now(), set()
    for days in (0, 1):
        with clock.at(moment + timedelta(days=days)):
            for name in ("twin_one", "twin_two", "twin_one"):
                actor = world.actor(name)
                reach = reach_of(actor)
                assert reach.terms is not None
                assert told(actor, reach) == told(actor, replace(reach, terms=None)), (name, days)
                found.add((name, my_work.work_counts(actor, reach)["att-gora"]))
    assert found == {("twin_one", 1), ("twin_two", 0)}
