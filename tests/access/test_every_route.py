"""Every role and relation × every route, through HTTP: the answer is the agreed tables' answer, or 404."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.agreed import matrix, roles, rules
from tests.access.persons import ASSIGNABLE, RELATIONS, Somebody, somebody
from tests.access.routes import Route, every_route
from tests.access.stage import FINALISTS, OF_REPORTS, Stage, kept

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
# The door's judgement is one and the same on both engines; outside `make soak` four roles are enough on PostgreSQL.
QUICK = connection.vendor != "sqlite" and not IN_FULL
ROLES_HERE = ["hiring_manager", "hr_officer", "security_officer", "employee"] if QUICK else roles()


def relations_of(role: str) -> tuple[str, ...]:
    """In which relations the role is met: in `make soak` in all of them, else in those that say most of it."""
    if IN_FULL:
        return RELATIONS
    named = any(matrix()[route.declaration.permission].get(role, "no") != "no" for route in CASE_ROUTES)
    if role == "employee":
        return ("authority", "delegate", "expired_delegate")
    if not named:
        return ("authority",)
    if role not in ASSIGNABLE and role != "hiring_manager":
        return ("unit", "stranger")
    if QUICK:
        return ("own", "delegate") if role == "hiring_manager" else ("assigned", "recused")
    if role == "hiring_manager":
        return ("unit", "recused", "own", "delegate")
    return ("assigned", "recused", "emergency" if role == "hr_officer" else "unit")


def test_every_route_declares_its_permission() -> None:
    undeclared = [route.name for route in ROUTES if route.declaration is None]
    assert not undeclared, "a route without a declaration: " + ", ".join(undeclared)


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
    """Each route by each of its methods in the first relation, in the others once, where the relation can matter.

    `make soak` asks by every method in every relation.
    """
    wrong: list[str] = []
    met: list[str] = []
    for relation in relations_of(role):
        who = somebody(stage, role, relation)
        if who is None:
            continue
        stage.warn("hr_head" if relation == "stranger" else who.name)
        client = Client()
        client.force_login(stage.world.accounts[who.name])
        for route in CLOSED:
            chosen = methods(route)
            if met and not IN_FULL:
                matters = route.places and not OF_REPORTS & set(route.places)
                chosen = chosen[-1:] if matters else []
            wrong += [f"{relation} {said}" for said in _deviations(client, stage, who, route, chosen)]
        met.append(relation)
    assert met
    assert not wrong, "\n".join(wrong)


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
