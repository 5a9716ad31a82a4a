"""Every role and relation × every route, through HTTP: the answer is the agreed tables' answer, or 404."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.agreed import matrix, may, may_anywhere, roles, rules
from tests.access.routes import Route, every_route
from tests.recruitment.waivers import put_proposal
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world, put
from vetting.access.grants import permission_for
from vetting.organisation.models import Authority, Unit
from vetting.oversight.actions.alerts import raise_alert
from vetting.oversight.rules import Finding
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal

ROUTES = every_route()
CASE_ROUTES = [route for route in ROUTES if "pk" in route.places]
# The door's judgement is one and the same on both engines; on PostgreSQL the fullest roles are enough.
ROLES_HERE = (
    roles()
    if connection.vendor == "sqlite"
    else ["hiring_manager", "hr_officer", "security_officer", "employee"]
)
SCENARIOS = ("stranger", "unit", "authority", "assigned", "own", "recused")
FINALISTS = (b"Kanarieberg", b"Kanariesson")
ASSIGNABLE = {code.removeprefix("act_as_") for code, _label in Recruitment._meta.permissions}
OPINING = {"security_officer", "security_head", "guest_approver"}
HR = {"hr_officer", "hr_head"}


def test_every_route_declares_its_permission() -> None:
    undeclared = [route.name for route in ROUTES if route.declaration is None]
    assert not undeclared, "a route without a declaration: " + ", ".join(undeclared)


def test_what_is_open_to_all_is_granted_to_anyone() -> None:
    for route in ROUTES:
        anyone = ("grants", "anyone", "all") in rules().get(route.declaration.permission, [])
        assert not route.declaration.public or anyone, (
            f"{route} is public, but the tables do not open it to anyone"
        )


@pytest.fixture
def town(db: None) -> World:
    """The municipality, with a company next door that nobody here works for."""
    return build_world()


def test_without_sign_in_nothing_but_the_open_pages_answers(town: World) -> None:
    client = Client()
    for route in ROUTES:
        if route.declaration.public:
            continue
        url = reverse(route.name, kwargs={place: _any(place) for place in route.places})
        for method in set(route.declaration.methods) & {"GET", "POST"}:
            status = client.generic(method, url).status_code
            assert status in ({302} if method == "GET" else {302, 401, 403}), f"{method} {route}: {status}"


def _any(place: str) -> Any:
    return uuid4() if place not in {"group", "stage", "code", "what"} else "finalist"


def is_about_position(route: Route) -> bool:
    """Whether the address names a position rather than a recruitment."""
    return route.pattern.startswith("befattningar/")


@dataclass
class Stage:
    """One case with a part of every kind, and somebody of each role in each relation to it."""

    world: World
    walk: Walk
    parts: dict[str, Any]
    recusal: Recusal

    def warn(self, name: str) -> None:
        """From now on the stage's alert is one that was given to `name`, about somebody else."""
        person = self.world.person_id("declarer")
        moment = self.recusal.changed_at
        finding = Finding("repeated_misses", person, moment, 10, 10, moment)
        self.parts["alert"] = raise_alert(finding, auditor=self.world.person_id(name)).pk

    def url(self, route: Route) -> str:
        """The route's address for this case's own parts, or for the case's position."""
        parts = dict(self.parts)
        if is_about_position(route):
            parts["pk"] = self.world.positions["buyer"].pk
        if route.pattern.startswith("anstallningar/") or route.name == "print_decision":
            parts["candidacy"] = parts["engaged"]
        return reverse(route.name, kwargs={place: parts.get(place, "finalist") for place in route.places})


@pytest.fixture
def stage(town: World) -> Stage:
    outside = Authority(organisation=town.authority.organisation, name="Grannbolaget AB", entity="company")
    put(outside)
    put(Unit(authority=outside, name="Bolaget", path="0009.", valid_from=town.units["school"].valid_from))
    town.units["outside"] = Unit.objects.get(path="0009.")
    walk = Walk(town, "buyer", places=2).open()
    engaged = walk.finalist("Björk Kanarieberg")
    walk.ready(engaged)
    first = walk.ask_opinion(engaged)
    for name in ("security_one", "security_two")[: walk.case().opinion(first).approvers]:
        walk.vote(first, name)
    walk.sign(engaged)
    walk.start(engaged)
    finalist = walk.finalist("Ek Kanariesson")
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    case = walk.case()
    identity = case.check_named("id_check", case.candidacy(finalist.pk))
    assert identity is not None
    # Somebody whose manager is the hiring manager of the unit scenario has declared an interest.
    town.hire("unit_hiring_manager", "hiring_manager", unit=town.units["executive"])
    town.hire("declarer", None, manager="unit_hiring_manager")
    recusal = Recusal(
        recruitment=walk.case().recruitment,
        person=town.person("declarer"),
        state="declared",
        declared_on=walk.on,
        changed_at=town.person("hr").created_at,
    )
    put(recusal)
    parts = {
        "waiver": put_proposal(town, case, finalist),
        "pk": walk.pk,
        "candidacy": finalist.pk,
        "engaged": engaged.pk,
        "check": identity.pk,
        "opinion": opinion,
        "recusal": recusal.pk,
        "grant": case.grants[0].pk,
        "group": "finalist",
        "stage": "finalist",
    }
    return Stage(town, walk, parts, recusal)


def _join(stage: Stage, name: str, role: str) -> None:
    recruitment = Recruitment.objects.get(pk=stage.walk.pk)
    put(
        RecruitmentGrant(
            permission=permission_for(Recruitment, role),
            user=stage.world.accounts[name],
            content_object=recruitment,
            granted_by=stage.world.person("hr_head"),
            since=stage.recusal.changed_at,
            reason="workload",
        )
    )


def _somebody(stage: Stage, role: str, scenario: str) -> tuple[str, dict[str, set[str]], set[str]] | None:
    """A person of the role in the scenario: name, and the scopes and relations that hold, as the tables name them."""
    world, name = stage.world, f"{scenario}_{role}"
    held: dict[str, set[str]] = {"employee": set(), role: set()}
    relations: set[str] = set()
    if scenario == "own":
        if role != "hiring_manager":
            return None
        held[role] |= {"own", "unit", "authority"}
        held["employee"] |= {"own", "assigned"}
        return "manager", held, {"hiring_manager", "participant", "deciding_delegate", "unit_access_manager"}
    place = {"unit": {"unit": world.units["executive"]}, "authority": {"authority": world.other_authority}}
    world.hire(name, role, **place.get(scenario, {"unit": world.units["outside"]}))
    if scenario in {"unit", "authority"}:
        held[role] |= {"unit", "authority"}
    if scenario == "unit" and role == "hiring_manager":
        relations.add("line_manager")
    if scenario in {"assigned", "recused"}:
        if role not in ASSIGNABLE:
            return None
        _join(stage, name, role)
        held[role] |= {"assigned"}
        relations.add("participant")
    if scenario == "recused":
        put(
            Recusal(
                recruitment=Recruitment.objects.get(pk=stage.walk.pk),
                person=world.person(name),
                state="excluded",
                declared_on=stage.walk.on,
                decided_by=world.person("hr_head"),
                decided_on=stage.walk.on,
                changed_at=stage.recusal.changed_at,
            )
        )
        relations = {"recused"}
    return name, held, relations


def _about(route: Route, role: str, scenario: str, relations: set[str]) -> set[str]:
    """The relations that hold for the part the route is about."""
    if is_about_position(route):
        return set()
    found = set(relations)
    if "recused" in found:
        return found
    places = set(route.places)
    if "check" in places:
        performers = set(CHECKPOINTS["id_check"].performed_by)
        if scenario == "own" or (scenario == "assigned" and role in HR and performers & {"hr_officer"}):
            found.add("assigned_performer")
    if places & {"opinion", "candidacy", "check"} and scenario == "assigned" and role in OPINING:
        found.add("approver")
    if "recusal" not in places:
        found.discard("line_manager")
    return found


def scenarios_of(role: str) -> tuple[str, ...]:
    """All of them, for a role that any object's permission names; one that none names is met in its widest relation.

    `make soak` meets every role in every relation.
    """
    named = any(
        matrix()[route.declaration.permission].get(role, "no") != "no" for route in ROUTES if route.places
    )
    return SCENARIOS if named or os.environ.get("SOAK") else ("authority",)


@pytest.mark.deadline(300)
@pytest.mark.parametrize("role", ROLES_HERE)
def test_each_role_meets_every_route_as_agreed(stage: Stage, role: str) -> None:
    wrong: list[str] = []
    for scenario in scenarios_of(role):
        somebody = _somebody(stage, role, scenario)
        if somebody is None:
            continue
        name, held, relations = somebody
        stage.warn("hr_head" if scenario == "stranger" else name)
        client = Client()
        client.force_login(stage.world.accounts[name])
        for route in ROUTES:
            declared = route.declaration
            if declared.public or (route.places and not {"pk", "alert"} & set(route.places)):
                continue
            if "alert" in route.places:
                mine = set() if scenario == "stranger" else {"assigned"}
                expected = may(declared.permission, dict.fromkeys(held, mine), set())
            elif route.places:
                scopes = held
                if is_about_position(route):
                    scopes = {each: found - {"assigned", "own"} for each, found in held.items()}
                    if "unit" in held.get("hiring_manager", set()) and scenario != "authority":
                        scopes["hiring_manager"] |= {"own"}  # the posts of the units she leads
                expected = may(declared.permission, scopes, _about(route, role, scenario, relations))
            else:
                expected = may_anywhere(declared.permission, role)
            for method in sorted(set(declared.methods) & {"GET", "POST"}):
                with transaction.atomic():
                    answer = client.generic(method, stage.url(route))
                    status = answer.status_code
                    transaction.set_rollback(True)
                if method == "GET" and any(name in answer.content for name in FINALISTS):
                    wrong.append(f"{scenario} GET {route.name} names a finalist nobody has asked to see")
                if status >= 500 or (status != 404) != expected:
                    wrong.append(
                        f"{scenario} {method} {route.name} ({declared.permission}): {status}, agreed {expected}"
                    )
    assert not wrong, "\n".join(wrong)


def test_a_hidden_case_answers_exactly_as_one_that_does_not_exist(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.world.hire("far_away", "hr_officer", unit=stage.world.units["outside"]))
    for route in CASE_ROUTES:
        kwargs = {place: uuid4() if place != "group" else "finalist" for place in route.places}
        for method in sorted(set(route.declaration.methods) & {"GET", "POST"}):
            hidden = client.generic(method, stage.url(route))
            absent = client.generic(method, reverse(route.name, kwargs=kwargs))
            assert (hidden.status_code, absent.status_code) == (404, 404), f"{method} {route}"
            assert hidden.content == absent.content
