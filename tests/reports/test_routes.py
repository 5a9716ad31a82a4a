"""Every address of a report, for every role and for each relation to the circle: as the agreed tables say, or 404."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.access.agreed import may, roles
from tests.access.routes import Route, every_route
from tests.recruitment.clicks import client_of
from tests.recruitment.world import put
from tests.reports.recipients import CANARY, Desk
from vetting.reports.models import File, IdentityReveal, Measure, Member, PoliceDisclosure, Report

IN_FULL = bool(os.environ.get("SOAK"))
ROUTES = [route for route in every_route() if "report" in route.places]


def address(route: Route, report: Report) -> str:
    """The route's address in this report; a part that does not exist is as good as one that is hidden."""
    parts = {
        "measure": Measure.objects.filter(report=report).first(),
        "member": Member.objects.filter(report=report).first(),
        "asked": IdentityReveal.objects.filter(report=report).first(),
        "file": File.objects.filter(report=report).first(),
        "disclosure": PoliceDisclosure.objects.filter(report=report).first(),
    }
    found = {place: part.pk if part is not None else uuid4() for place, part in parts.items()}
    return reverse(
        route.name, kwargs={place: {"report": report.pk, **found}[place] for place in route.places}
    )


def methods(route: Route) -> list[str]:
    """How the route is asked."""
    return sorted(set(route.declaration.methods) & {"GET", "POST"})


def chosen(turn: int) -> list[tuple[Route, list[str]]]:
    """Which routes the role at `turn` asks for, and how: all in every way in `make soak`, else a third of them in one.

    Which ones goes round with the role, and one of each permission is always among them: each role meets what the
    door judges, and over the roles each route is asked in every way.
    """
    if IN_FULL:
        return [(route, methods(route)) for route in ROUTES]
    found, met = [], set[str]()
    for place, route in enumerate(ROUTES):
        if (place + turn) % 3 and route.declaration.permission in met:
            continue
        met.add(route.declaration.permission)
        ways = methods(route)
        found.append((route, [ways[(turn // 3) % len(ways)]]))
    return found


def test_the_short_walk_leaves_nothing_out() -> None:
    asked = set[tuple[str, str]]()
    for turn in range(len(roles())):
        walk = chosen(turn)
        permissions = {route.declaration.permission for route, _ways in walk}
        assert permissions == {route.declaration.permission for route in ROUTES}
        asked |= {(route.name, way) for route, ways in walk for way in ways}
    assert asked == {(route.name, way) for route in ROUTES for way in methods(route)}


@pytest.mark.one_engine
@pytest.mark.deadline(240)
def test_nobody_outside_the_circle_finds_any_address(desk: Desk) -> None:
    report = desk.report(desk.send())
    wrong, addresses = [], {route: address(route, report) for route in ROUTES}
    for turn, role in enumerate(roles()):
        name = f"some_{role}"
        desk.world.hire(name, role, authority=desk.world.other_authority)
        client = client_of(desk.world, name, fresh=True)
        for route, ways in chosen(turn):
            expected = may(route.declaration.permission, {role: {"unit", "authority"}}, set())
            for method in ways:
                status = client.generic(method, addresses[route]).status_code
                if expected or status != 404:
                    wrong.append(f"{role} {method} {route.name}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["rita", "rosa"])
def test_the_tables_say_what_a_member_meets_and_one_who_was_taken_out(desk: Desk, name: str) -> None:
    """Rita is in the circle and answers for the report; Rosa was in it and has been taken out."""
    report = desk.report(desk.send())
    report.owner_id = desk.person("rita")
    put(report, "report.taken")
    if name == "rosa":
        place = Member.objects.get(report=report, person_id=desk.person("rosa"))
        place.state = "left"
        place.ended_on = report.received_on
        put(place, "circle.left")
    is_in = name == "rita"
    relations = {"circle_member", "case_owner"} if is_in else {"excluded_recipient"}
    held = {"report_recipient": {"assigned"} if is_in else set(), "employee": set[str]()}
    client = client_of(desk.world, name, fresh=True)
    wrong = []
    for route in ROUTES:
        if {"measure", "member", "asked", "disclosure", "file"} & set(route.places):
            continue
        expected = may(route.declaration.permission, held, relations)
        for method in methods(route):
            answer = client.generic(method, address(route, report))
            assert CANARY not in answer.content.decode(), route.name
            if (answer.status_code != 404) != expected:
                wrong.append(f"{method} {route.name}: {answer.status_code}, agreed {expected}")
    assert not wrong, "\n".join(wrong)
