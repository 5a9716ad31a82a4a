"""What a test has read is read anew as soon as it may have changed: by a row, by SQL by hand, by a savepoint undone."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.recruitment.case import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def roles_of(world: World, name: str) -> set[str]:
    return {held.role for held in world.actor(name).roles}


def test_a_person_is_the_same_until_somebody_writes_about_roles(world: World) -> None:
    first = world.actor("employee")
    Walk(world, "assistant")
    assert world.actor("employee") is first
    world.hire("employee", "archivist", authority=world.other_authority)
    assert "archivist" in roles_of(world, "employee")


def test_what_a_savepoint_took_back_is_forgotten(world: World) -> None:
    with transaction.atomic():
        world.hire("employee", "archivist", authority=world.other_authority)
        assert "archivist" in roles_of(world, "employee")
        transaction.set_rollback(True)
    assert "archivist" not in roles_of(world, "employee")


def test_sql_by_hand_is_seen(world: World) -> None:
    first = world.actor("employee")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_rolegrant WHERE 1 = 0")
    assert world.actor("employee") is not first


def test_a_walk_goes_on_with_its_case_until_another_writes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(world, "assistant").open()
    loaded: list[object] = []
    load = Case.load.__func__
    monkeypatch.setattr(
        Case, "load", classmethod(lambda cls, pk, **how: loaded.append(pk) or load(cls, pk, **how))
    )
    finalist = walk.finalist()
    assert not loaded
    world.hire("somebody")
    walk.answer_candidacy(finalist)
    assert len(loaded) == 1
