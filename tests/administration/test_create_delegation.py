"""Naming a substitute: a named other person, at most 30 days, forwards in time, never oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.formats import date_format

from audit.models import Entry
from tests.administration.delegations import ended, stand_in, stood_in
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.demands import demands_on
from vetting.access.door import Denied
from vetting.access.models import Delegation
from vetting.accounts.models import Account
from vetting.administration.actions.delegations import Period, create_delegation, create_delegation_for
from vetting.recruitment.actions.errors import BadInput, WrongState

LIST = "/behorigheter/ersattare/"


def typed(world: World, days: int = 10, **more: Any) -> dict[str, Any]:
    last = world.today + timedelta(days=days - 1)
    first = more.pop("first", world.today)
    return filled(substitute="other_manager", valid_from=first.isoformat(), valid_to=last.isoformat(), **more)


def period(world: World, days: int, first: int = 0) -> Period:
    start = world.today + timedelta(days=first)
    return Period(start, start + timedelta(days=days - 1))


def test_one_names_ones_own_substitute_and_both_see_it(world: World) -> None:
    assert client_of(world, "manager").post(f"{LIST}ny/", typed(world)).status_code == 302
    row = Delegation.objects.get()
    assert (row.absent_id, row.substitute_id) == (
        world.person_id("manager"),
        world.person_id("other_manager"),
    )
    entry = Entry.objects.get(action="delegation.created")
    assert entry.facts["target_role"] == "hiring_manager"
    assert entry.facts["until"] == row.valid_to.isoformat()
    for name in ("manager", "other_manager", "hr_head", "auditor", "administrator"):
        page = client_of(world, name).get(LIST).content.decode()
        assert "Other Manager" in page, name
        assert date_format(row.valid_to, "j b Y") in page, name
    for name in ("security_one", "hr"):
        assert "Other Manager" not in client_of(world, name).get(LIST).content.decode()
    assert client_of(world, "registrar").get(LIST).status_code == 404


@pytest.mark.parametrize("name", ["administrator", "auditor", "registrar", "protective", "employee"])
def test_who_has_nothing_to_leave_names_nobody(world: World, name: str) -> None:
    assert client_of(world, name).get(f"{LIST}ny/").status_code == 404
    with pytest.raises(Denied):
        create_delegation(
            by=world.actor(name), substitute=world.person("other_manager"), period=period(world, 3)
        )


def test_thirty_days_and_no_more_in_form_action_and_database(world: World) -> None:
    client = client_of(world, "manager")
    assert client.post(f"{LIST}ny/", typed(world, days=31)).status_code == 422
    with pytest.raises(BadInput):
        stand_in(world, "manager", "other_manager", days=31)
    assert not Delegation.objects.exists()
    row = stand_in(world, "manager", "other_manager", days=30)
    assert (row.valid_to - row.valid_from).days == 29
    refused(world, valid_to=world.today + timedelta(days=30))


def test_never_backwards_in_form_action_and_database(world: World) -> None:
    yesterday = world.today - timedelta(days=1)
    assert client_of(world, "manager").post(f"{LIST}ny/", typed(world, first=yesterday)).status_code == 422
    with pytest.raises(BadInput):
        stand_in(world, "manager", "other_manager", first=yesterday)
    refused(world, valid_from=yesterday)
    with pytest.raises(BadInput):
        create_delegation(
            by=world.actor("manager"),
            substitute=world.person("other_manager"),
            period=Period(world.today + timedelta(days=3), world.today),
        )
    refused(world, valid_to=yesterday, valid_from=world.today)


def refused(world: World, **columns: Any) -> None:
    """The database says no to such a row, whatever the program does."""
    row = Delegation(
        absent=world.person("hr"),
        substitute=world.person("other_hr"),
        valid_from=world.today,
        valid_to=world.today,
        created_by=world.person("hr"),
        created_on=world.today,
    )
    for name, value in columns.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(row)


def test_the_database_knows_who_may_not_be_named_nor_name(world: World) -> None:
    refused(world, substitute=world.person("hr"))
    refused(world, created_by=world.person("other_hr"))
    refused(world, created_by=world.person("hr_head"))  # for another without a reason
    refused(world, state="revoked")


def test_its_days_are_not_moved_by_sql(world: World) -> None:
    row = stand_in(world, "manager", "other_manager", days=5)
    longer = world.today + timedelta(days=20)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_delegation SET valid_to = %s, entry_id = entry_id + 1 WHERE id = %s",
            [longer, row.pk.hex if connection.vendor == "sqlite" else row.pk],
        )


def test_never_oneself_with_another_account_either(world: World) -> None:
    second = Account.objects.create_user("manager_two", None, person=world.person("manager"))
    world.accounts["manager_two"] = second
    with pytest.raises(BadInput):
        stand_in(world, "manager", "manager_two")
    answer = client_of(world, "manager").post(f"{LIST}ny/", typed(world) | {"substitute": "manager_two"})
    assert "en annan person" in answer.content.decode()
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    ("absent", "substitute"),
    [("hr", "security_one"), ("security_one", "hr"), ("manager", "auditor"), ("hr_head", "administrator")],
)
def test_roles_that_never_go_together_are_not_lent(world: World, absent: str, substitute: str) -> None:
    with pytest.raises(BadInput) as told:
        stand_in(world, absent, substitute)
    assert told.value.errors == {"substitute": "incompatible_substitute"}


def test_a_role_that_comes_later_and_clashes_makes_it_give_nothing(world: World) -> None:
    stand_in(world, "manager", "employee")
    assert [held.role for held in world.actor("employee").absent[0].roles] == ["hiring_manager"]
    world.hire("employee", "auditor")
    assert world.actor("employee").absent[0].roles == ()


def test_one_substitute_at_a_time(world: World) -> None:
    stand_in(world, "manager", "other_manager", days=10)
    with pytest.raises(BadInput):
        stand_in(world, "manager", "head", first=world.today + timedelta(days=9), days=5)
    stand_in(world, "manager", "head", first=world.today + timedelta(days=10), days=5)


def test_a_head_names_one_for_the_absent_with_a_reason_and_never_herself(world: World) -> None:
    client = client_of(world, "hr_head", fresh=True)
    form = typed(world, absent="manager", reason="ill")
    assert client.post(f"{LIST}at-nagon/", form | {"reason": ""}).status_code == 422
    assert client.post(f"{LIST}at-nagon/", form).status_code == 302
    assert Entry.objects.get(action="delegation.created_for").facts["reason_code"] == "ill"
    for by, error in (("hr_head", Denied), ("manager", Denied), ("hr", Denied)):
        with pytest.raises(error):
            create_delegation_for(
                by=world.actor(by),
                absent=world.person("other_manager"),
                substitute=world.person("hr_head" if by == "hr_head" else "head"),
                period=period(world, 3),
                reason="ill",
            )


def test_naming_for_another_asks_who_one_is_and_needs_the_authority(world: World) -> None:
    form = typed(world, absent="manager", reason="ill")
    assert client_of(world, "hr_head").post(f"{LIST}at-nagon/", form).status_code in (302, 401)
    assert not Delegation.objects.exists()
    world.hire("school_head", "hr_head", authority=world.authority)
    with pytest.raises(Denied):
        create_delegation_for(
            by=world.actor("school_head"),
            absent=world.person("security_one"),
            substitute=world.person("security_two"),
            period=period(world, 3),
            reason="ill",
        )


def test_it_ends_early_by_whom_it_is_about_or_a_head_and_only_once(world: World) -> None:
    row = stand_in(world, "manager", "other_manager")
    assert client_of(world, "other_hr").post(f"{LIST}{row.pk}/avsluta/").status_code == 404
    assert client_of(world, "manager").post(f"{LIST}{row.pk}/avsluta/").status_code == 302
    row.refresh_from_db()
    assert row.state == "revoked"
    assert row.ended_by_id == world.person_id("manager")
    with pytest.raises(WrongState):
        ended(world, row, "hr_head")
    with pytest.raises(WrongState):
        ended(world, stood_in(world, "manager", "other_manager"), "manager")


def test_the_state_is_read_from_the_days(world: World) -> None:
    row = stand_in(world, "manager", "other_manager", first=world.today + timedelta(days=2), days=3)
    states = [row.state_on(world.today + timedelta(days=day)) for day in (1, 2, 4, 5)]
    assert states == ["planned", "active", "active", "ended"]


def test_who_stands_in_for_a_role_signs_in_as_strictly_as_the_role(world: World) -> None:
    world.hire("stranger", None)
    assert demands_on(world.accounts["stranger"]).second_factor == "none"
    stand_in(world, "hr", "stranger")
    assert demands_on(world.accounts["stranger"]).second_factor == "required"
    stood_in(world, "security_head", "manager")
    assert demands_on(world.accounts["manager"]).second_factor != "required", (
        "what has ended asks for nothing"
    )


def test_a_colleague_is_named_by_her_name_where_she_alone_has_it(world: World) -> None:
    """Few know each other's user names; of two with one name, or of somebody protected, the user name is asked for."""
    page, name = f"{LIST}ny/", world.person("other_manager").display_name
    manager = client_of(world, "manager")
    other = world.person("other_manager")
    other.is_protected = True
    put(other)
    assert manager.post(page, typed(world) | {"substitute": name}).status_code == 422
    other.is_protected = False
    put(other)
    world.hire("namesake")
    namesake = world.person("namesake")
    namesake.display_name = name
    put(namesake)
    answer = manager.post(page, typed(world) | {"substitute": name})
    assert answer.status_code == 422
    assert "Skriv användarnamnet" in answer.text
    namesake.display_name = "Någon Annan"
    put(namesake)
    assert manager.post(page, typed(world) | {"substitute": name.lower()}).status_code == 302
    assert Delegation.objects.get().substitute_id == world.person_id("other_manager")
