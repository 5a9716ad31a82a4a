"""Powers that would go past the door stop the service before it starts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from config import marks
from tests.recruitment.world import World, build_world
from vetting.access.powers import problems
from vetting.accounts.models import Account


@pytest.fixture
def world(db: None) -> World:
    """One municipality in the test's own transaction."""
    return build_world()


def _own_permission(world: World) -> None:
    world.accounts["hr"].user_permissions.add(Permission.objects.first())


def _group(world: World) -> None:
    world.accounts["hr"].groups.add(Group.objects.create(name="alla"))


def _group_permission(world: World) -> None:
    Group.objects.create(name="alla").permissions.add(Permission.objects.first())


def _guardians(world: World) -> None:
    UserObjectPermission.objects.create(user=world.accounts["hr"], **_on(world))


def _guardians_group(world: World) -> None:
    GroupObjectPermission.objects.create(group=Group.objects.create(name="alla"), **_on(world))


def _on(world: World) -> dict[str, object]:
    unit = ContentType.objects.get_for_model(type(world.units["school"]))
    permission = Permission.objects.filter(content_type=unit).first()
    return {"permission": permission, "content_type": unit, "object_pk": str(world.units["school"].pk)}


def test_an_installation_as_it_should_be_has_none(world: World) -> None:
    assert problems() == []


@pytest.mark.parametrize("put", [_own_permission, _group, _group_permission, _guardians, _guardians_group])
def test_what_was_put_in_by_hand_stops_the_start(
    world: World, put: Callable[[World], None], capsys: pytest.CaptureFixture[str]
) -> None:
    put(world)
    assert problems()
    assert "config.E004" in {message.id for message in run_checks(databases=["default"])}
    with pytest.raises(SystemExit) as stopped:
        marks.refuse()
    assert stopped.value.code == 4
    assert problems()[0] in capsys.readouterr().err


def test_a_superuser_is_refused_by_the_table_itself(world: World) -> None:
    for change in ({"is_superuser": True},):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(username="hr").update(**change)
    assert not hasattr(Account, "is_staff") or Account.objects.get(username="hr").is_staff is False
