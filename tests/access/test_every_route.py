"""Every role and relation × every route, through HTTP: the answer is the agreed tables' answer, or 404."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from tests.access.agreed import roles, rules
from tests.access.persons import RELATIONS, Somebody, somebody
from tests.access.routes import Route, every_route
from tests.access.stage import FINALISTS, Stage, kept
from vetting.policy import decide
from vetting.policy.matrix import MATRIX

ROUTES = every_route()
CASE_ROUTES = [route for route in ROUTES if "pk" in route.places]
OWN = {"factor"}
"""Places that name a part of one's own account, by an id that nobody else's opens: tests of the sign-in meet them."""
CLOSED = [
    route
    for route in ROUTES
    if route.declaration and not route.declaration.public and not OWN & set(route.places)
]
IN_FULL = bool(os.environ.get("SOAK"))
# The door's judgement is one and the same on both engines; outside `make soak` two roles are enough on PostgreSQL.
QUICK = connection.vendor != "sqlite" and not IN_FULL
ROLES_HERE = ["hr_officer", "security_officer"] if QUICK else roles()


def test_every_route_declares_its_permission() -> None:
    assert not undeclared(ROUTES), "a route without a declaration: " + ", ".join(undeclared(ROUTES))


def undeclared(routes: list[Route]) -> list[str]:
    """The routes that say nothing of who may."""
    return [route.name for route in routes if route.declaration is None]


def test_a_new_route_that_declares_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = ModuleType("grown_urls")
    new = path("utan-deklaration/", lambda request: HttpResponse(), name="forgotten")
    grown.urlpatterns = [*import_module(settings.ROOT_URLCONF).urlpatterns, new]
    monkeypatch.setitem(sys.modules, grown.__name__, grown)
    with override_settings(ROOT_URLCONF=grown.__name__):
        assert undeclared(every_route()) == ["forgotten"]


@pytest.mark.parametrize(("permission", "cell"), [("account.list", "all"), ("recruitment.view_access", "no")])
def test_a_permission_wider_or_narrower_than_agreed_is_found(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, permission: str, cell: str
) -> None:
    """The walk compares with the agreed tables, not with the program's own."""
    who = somebody(stage, "hr_officer", "assigned")
    assert who is not None
    client = Client()
    client.force_login(stage.world.accounts[who.name])
    routes = [
        route for route in CLOSED if route.declaration.permission == permission and "GET" in methods(route)
    ]

    def deviations() -> list[str]:
        found = [_deviations(client, stage, who, route, ["GET"]) for route in routes]
        return [said for each in found for said in each]

    assert routes
    assert not deviations()
    monkeypatch.setitem(MATRIX, permission, {**MATRIX[permission], "hr_officer": cell})
    monkeypatch.setitem(decide._ROWS, permission, decide._prepare(permission))
    assert len(deviations()) == len(routes)


def test_what_is_open_to_all_is_granted_to_anyone() -> None:
    for route in ROUTES:
        anyone = ("grants", "anyone", "all") in rules().get(route.declaration.permission, [])
        assert not route.declaration.public or anyone, (
            f"{route} is public, but the tables do not open it to anyone"
        )


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Built once in this process; each test looks at it in a savepoint of its own."""
    with django_db_blocker.unblock(), kept() as stage:
        yield stage


@pytest.fixture
def stage(built: Stage, db: None) -> Stage:
    """The stage as it was built."""
    return built.copy()


def test_without_sign_in_nothing_but_the_open_pages_answers(stage: Stage) -> None:
    client = Client()
    stage.warn("hr_head")
    for route in CLOSED:
        for method in methods(route):
            status = client.generic(method, stage.url(route)).status_code
            assert status in ({302} if method == "GET" else {302, 401, 403}), f"{method} {route}: {status}"


def methods(route: Route) -> list[str]:
    """How the route is asked."""
    return sorted(set(route.declaration.methods) & {"GET", "POST"})


@pytest.mark.deadline(1200 if IN_FULL else 300)
@pytest.mark.parametrize("role", ROLES_HERE)
def test_each_role_meets_every_route_as_agreed(stage: Stage, role: str) -> None:
    """`make soak` asks each route by every method in every relation; else see `covering`."""
    wrong: list[str] = []
    everybody = [who for relation in RELATIONS if (who := somebody(stage, role, relation)) is not None]
    plan = every_way(everybody) if IN_FULL else covering(everybody, roles().index(role))
    for who, asked in zip(everybody, plan, strict=True):
        assert asked, f"{role} is never met as {who.relation}"
        stage.warn("hr_head" if who.relation == "stranger" else who.name)
        client = Client()
        client.force_login(stage.world.accounts[who.name])
        for route, chosen in asked:
            wrong += [f"{who.relation} {said}" for said in _deviations(client, stage, who, route, chosen)]
    assert not wrong, "\n".join(wrong)


Plan = list[list[tuple[Route, list[str]]]]
"""For each person, in their order: which routes she asks for, and by which methods."""


def every_way(everybody: list[Somebody]) -> Plan:
    """Each route by each method in each relation."""
    return [[(route, methods(route)) for route in CLOSED] for _who in everybody]


def covering(everybody: list[Somebody], turn: int) -> Plan:
    """What the door judges, in full; of the routes that ask it the same, a third.

    The role meets each permission where the tables open it and where they shut it, by one of its routes at least; and
    each route so in one of three roles, by one method, in one relation of those that get the same answer. Which of
    them goes round with the route and with the role's `turn`: so that the role is met in each relation, and a route
    over the roles by each method in most relations.
    """
    plan: Plan = [[] for _who in everybody]
    met = set[tuple[str, bool]]()
    for place, route in enumerate(CLOSED, start=turn):
        for answer in (True, False):
            alike = [n for n, who in enumerate(everybody) if who.expected(route) is answer]
            judged = (route.declaration.permission, answer)
            if alike and (place % 3 == 0 or judged not in met):
                met.add(judged)
                ways, round_ = methods(route), place // 3
                plan[alike[round_ % len(alike)]].append((route, [ways[(round_ + answer) % len(ways)]]))
    return plan


def test_the_short_walk_leaves_nothing_out(stage: Stage) -> None:
    """Each role at each permission wherever it is let in or shut out; over the roles each route by each method, and
    in several of them."""
    asked, times = set[tuple[str, str]](), Counter[str]()
    for turn, role in enumerate(roles()):
        everybody = [who for relation in RELATIONS if (who := somebody(stage, role, relation)) is not None]
        reachable = {
            (route.declaration.permission, who.expected(route)) for who in everybody for route in CLOSED
        }
        answers = set[tuple[str, bool]]()
        for who, plan in zip(everybody, covering(everybody, turn), strict=True):
            assert {route.name for route, _chosen in plan}, f"{role} is never met as {who.relation}"
            asked |= {(route.name, method) for route, chosen in plan for method in chosen}
            answers |= {(route.declaration.permission, who.expected(route)) for route, _chosen in plan}
            times.update(route.name for route, _chosen in plan)
        assert answers == reachable, role
    assert asked == {(route.name, method) for route in CLOSED for method in methods(route)}
    assert min(times.values()) >= len(roles()) // 3


def _deviations(
    client: Client, stage: Stage, who: Somebody, route: Route, chosen: list[str]
) -> Iterator[str]:
    """Where the route's answer is not the tables'. What it wrote is undone."""
    permission, expected = route.declaration.permission, who.expected(route)
    for method in chosen:
        with transaction.atomic():
            answer = client.generic(method, stage.url(route))
            transaction.set_rollback(True)
        if method == "GET" and any(name in answer.content for name in FINALISTS):
            yield f"GET {route.name} names a finalist nobody has asked to see"
        if answer.status_code >= 500 or (answer.status_code != 404) != expected:
            yield f"{method} {route.name} ({permission}): {answer.status_code}, agreed {expected}"


def test_a_hidden_case_answers_exactly_as_one_that_does_not_exist(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.world.hire("far_away", "hr_officer", unit=stage.world.units["outside"]))
    for route in CASE_ROUTES:
        kwargs = {place: uuid4() if place != "group" else "finalist" for place in route.places}
        for method in methods(route):
            hidden = client.generic(method, stage.url(route))
            absent = client.generic(method, reverse(route.name, kwargs=kwargs))
            assert (hidden.status_code, absent.status_code) == (404, 404), f"{method} {route}"
            assert hidden.content == absent.content
