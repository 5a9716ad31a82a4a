"""The clearances of one's own units: what lapses first on top, never a name, and told by whom it was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from audit import clock
from audit.models import Entry
from tests.recruitment.pool import booker, check_of, cleared, revoke
from tests.recruitment.visit import client_of
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM, add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.queries import pool

LIST = "/klar-for-pool/"


def listed(world: World, name: str, tab: str = "") -> str:
    return client_of(world, name).get(f"{LIST}?visa={tab}").content.decode()


def test_what_lapses_first_stands_on_top(world: World) -> None:
    _walk, _finalist, late = cleared(world, position="assistant")
    walk, finalist, early = cleared(world, "Sixten Senare")
    check = check_of(walk, finalist, "crim_school")
    check.evidence_on = add_months(world.today, -11)
    put(check, "check.begun")
    early.until, early.first_to_lapse = add_months(check.evidence_on, 12), "crim_school"
    put(early, "pool_clearance.listed")
    page = listed(world, "manager")
    assert page.index(early.reference) < page.index(late.reference)
    assert "Vilma" not in page
    assert "Sixten" not in page
    assert CHECKPOINTS["crim_school"].name in page


def test_lapsed_and_soon_lapsing_stand_under_their_own_tabs(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    assert clearance.reference in listed(world, "manager", "galler")
    assert clearance.reference not in listed(world, "manager", "snart")
    last = clearance.until
    noon = datetime(last.year, last.month, last.day, 12, tzinfo=STOCKHOLM).astimezone(UTC)
    with clock.at(noon):
        assert clearance.reference in listed(world, "manager", "snart")
        assert "Sista dagen" in listed(world, "manager", "snart")
    with clock.at(noon + timedelta(days=1)):
        assert clearance.reference not in listed(world, "manager", "galler")
        assert "Gick ut" in listed(world, "manager", "utgangna")


def test_only_those_of_ones_own_units(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    for name, sees in (("manager", True), ("hr", True), ("hr_head", True), ("other_manager", False)):
        assert (clearance.reference in listed(world, name)) == sees, name
    booker(world)
    for name in ("booker", "security_one", "auditor", "administrator", "employee"):
        assert client_of(world, name).get(LIST).status_code == 404, name


def test_the_revoked_is_gone_from_it(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    revoke(walk, finalist)
    assert clearance.reference not in listed(world, "manager")


def test_whoever_does_not_lead_the_units_is_recorded_as_reader(world: World) -> None:
    cleared(world)
    listed(world, "manager")
    assert not Entry.objects.filter(action=pool.LISTED).exists()
    listed(world, "hr")
    assert Entry.objects.get(action=pool.LISTED).facts["role"] == "hr_officer"


def test_one_whose_check_no_longer_stands_is_marked(world: World) -> None:
    walk, finalist, _clearance = cleared(world)
    check = check_of(walk, finalist, "references")
    check.state = "in_progress"
    put(check, "check.begun")
    assert "Får inte bokas" in listed(world, "manager")


def test_the_list_costs_the_same_whatever_its_length(
    world: World, django_assert_max_num_queries: Any
) -> None:
    cleared(world)
    client = client_of(world, "manager")
    client.get(LIST)
    with django_assert_max_num_queries(30) as one:
        client.get(LIST)
    cleared(world, "Sixten Senare")
    with django_assert_max_num_queries(len(one)):
        client.get(LIST)
    assert len(one) <= 12
