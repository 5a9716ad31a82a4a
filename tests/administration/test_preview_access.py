"""*Vad skulle X se?*: pages and acts by subject, as the door answers, without content; every question is recorded."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.access.agreed import may_anywhere, rules
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import may_somewhere
from vetting.administration.previewed import by_subject, subject_of
from vetting.administration.queries.preview import OPEN, as_person, as_role, open_to
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES

PAGE = "/behorigheter/vad-skulle/"


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_opens_what_the_agreed_tables_say(role: str) -> None:
    """As the menus and pages would; and what taking part in a recruitment gives anybody, told as that."""
    shown = {row.permission: row.through for row in open_to(as_role(role, None))}
    expected = {code for code in PERMISSIONS if code not in OPEN and may_anywhere(code, role)}
    taking_part = {code for code in PERMISSIONS if ("grants", "participant", "all") in rules().get(code, [])}
    assert set(shown) == expected | taking_part
    assert all([decision.why for decision in shown[code]] == ["relation"] for code in set(shown) - expected)


def test_a_person_opens_what_she_would_open_herself(world: World) -> None:
    viewer = world.actor("auditor")
    for name in world.accounts:
        shown = {row.permission for row in open_to(as_person(world.person(name), viewer))}
        actor = world.actor(name)
        assert shown == {code for code in PERMISSIONS if code not in OPEN and may_somewhere(actor, code)}, (
            name
        )


def test_the_reach_stands_beside_each(world: World) -> None:
    page = client_of(world, "hr_head").post(PAGE, filled(username="", role="hr_officer", place="alla"))
    text = page.content.decode()
    assert "Enheten (HR-handläggare)" in text
    assert "Tilldelade (HR-handläggare)" in text


def test_every_permission_has_a_subject() -> None:
    without = [code for code in PERMISSIONS if code not in OPEN and subject_of(code) == "Annat"]
    assert set(without) <= {"catalogue.view", "policy.view"}
    assert len(by_subject(open_to(as_role("auditor", None)))) > 4


@pytest.mark.parametrize("name", ["hr", "manager", "data_protection_officer", "registrar", "employee"])
def test_who_may_not_ask(world: World, name: str) -> None:
    assert client_of(world, name).get(PAGE).status_code == 404
    assert client_of(world, name).post(PAGE, filled(username="hr")).status_code == 404


def test_a_head_is_told_of_no_role_outside_her_authority(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    world.hire("both", "hr_officer", unit=world.units["school"])
    world.hire("both", "registrar", authority=world.other_authority)
    seen = as_person(world.person("both"), world.actor("school_head"))
    assert {held.role for held in seen.roles} == {"hr_officer", "employee"}


def test_either_a_person_or_a_role(world: World) -> None:
    client = client_of(world, "administrator")
    for sent in (
        filled(username="", role="", place="alla"),
        filled(username="hr", role="hr_officer", place="alla"),
        filled(username="nobody-of-that-name", role="", place="alla"),
    ):
        assert client.post(PAGE, sent).status_code == 422
    assert not Entry.objects.filter(action="access.previewed").exists()


def test_every_question_is_written_down(world: World) -> None:
    client = client_of(world, "administrator")
    assert client.post(PAGE, filled(username="hr", role="", place="alla")).status_code == 200
    entry = Entry.objects.get(action="access.previewed")
    assert (entry.facts, entry.subject) == ({"role": "administrator", "target_role": "hr_officer"}, None)
