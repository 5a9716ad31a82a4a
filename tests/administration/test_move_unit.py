"""A reorganisation: a unit is moved, replaced or ended, within its authority, and nothing that goes on is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Entry
from tests.administration.tree import moved as move
from tests.administration.tree import press_confirm
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.administration.actions.tree_proposals import propose_move, propose_replacement
from vetting.administration.actions.units import NewUnit, create_unit
from vetting.administration.actions.units_moved import end_unit
from vetting.administration.queries.in_the_way import in_the_way
from vetting.administration.unit_tree import locked_unit
from vetting.organisation.models import Unit
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.queries.beginnings import positions_to_recruit
from vetting.recruitment.queries.visible import reach_of

ROOM = "/behorigheter/enheter/"


def post(world: World, unit: Unit, act: str, **sent: Any) -> Any:
    return client_of(world, "administrator", fresh=True).post(f"{ROOM}{unit.pk}/{act}/", filled(**sent))


def new(world: World, name: str, parent: str = "school_office") -> Unit:
    wanted = NewUnit(world.authority, world.units[parent], name, (), world.today)
    return create_unit(wanted, by=world.actor("administrator"))


def test_a_moved_unit_takes_all_below_it_and_scope_follows_at_once(world: World) -> None:
    walk = Walk(world, "assistant").open()
    below = new(world, "Fritids", "school")
    assert not reach_of(world.actor("other_manager")).recruitments.exists()
    answer = post(
        world, world.units["school"], "flytta", parent=str(world.units["school_two"].pk), on=str(world.today)
    )
    assert answer.status_code == 302
    assert not reach_of(world.actor("other_hr")).recruitments.filter(pk=walk.pk).exists()
    assert press_confirm(world).status_code == 302
    moved, child = Unit.objects.get(name="Björkskolan"), Unit.objects.get(pk=below.pk)
    assert moved.path == "0001.0002.0001."
    assert child.path == "0001.0002.0001.0001."
    assert moved.parent == world.units["school_two"]
    # Whoever has a role in the unit it now stands under reaches its recruitment; its own manager still does.
    assert reach_of(world.actor("other_hr")).recruitments.filter(pk=walk.pk).exists()
    assert reach_of(world.actor("manager")).recruitments.filter(pk=walk.pk).exists()
    entry = Entry.objects.get(action="unit.moved")
    assert entry.subject == moved.pk


def test_a_unit_goes_where_its_new_parent_stands_now(world: World) -> None:
    """Chosen in a form before somebody else moved it, the parent is read again."""
    stale = Unit.objects.get(pk=world.units["school"].pk)
    unit = new(world, "Fritids")
    move(world, world.units["school"], world.units["school_two"])
    move(world, unit, stale)
    moved = Unit.objects.get(pk=unit.pk)
    assert moved.path.startswith(Unit.objects.get(pk=stale.pk).path)


def test_a_unit_never_crosses_to_another_authority_or_into_itself(world: World) -> None:
    below = new(world, "Fritids", "school")
    for place in (world.units["executive"], below, world.units["school"]):
        with locked_unit(world.units["school"].pk) as unit, pytest.raises(BadInput):
            propose_move(unit, by=world.actor("administrator"), parent=place, on=world.today)
    answer = post(
        world, world.units["school"], "flytta", parent=str(world.units["executive"].pk), on=str(world.today)
    )
    assert answer.status_code == 422


def test_a_move_is_made_on_its_day_or_later_never_before(world: World) -> None:
    with locked_unit(world.units["school"].pk) as unit, pytest.raises(BadInput):
        propose_move(
            unit,
            by=world.actor("administrator"),
            parent=world.units["school_two"],
            on=world.today + timedelta(days=1),
        )


def test_a_replaced_unit_begins_nothing_and_its_successor_reaches_what_goes_on(world: World) -> None:
    walk = Walk(world, "assistant").open()
    assert not reach_of(world.actor("other_hr")).recruitments.filter(pk=walk.pk).exists()
    answer = post(
        world, world.units["school"], "ersatt", parent=str(world.units["school_two"].pk), on=str(world.today)
    )
    assert answer.status_code == 302
    assert press_confirm(world).status_code == 302
    old = Unit.objects.get(name="Björkskolan")
    assert (old.successor, old.valid_to) == (world.units["school_two"], world.today - timedelta(days=1))
    assert reach_of(world.actor("other_hr")).recruitments.filter(pk=walk.pk).exists()
    assert not positions_to_recruit(world.actor("hr")).filter(unit=old).exists()
    # What goes on is finished where it began.
    finalist = walk.finalist()
    walk.ready(finalist)
    again = post(world, old, "flytta", parent="hogst", on=str(world.today))
    assert again.status_code == 409


def test_a_unit_with_units_of_its_own_is_not_replaced_before_they_have_moved(world: World) -> None:
    new(world, "Fritids", "school")
    with locked_unit(world.units["school"].pk) as unit, pytest.raises(WrongState):
        propose_replacement(
            unit, by=world.actor("administrator"), successor=world.units["school_two"], on=world.today
        )


def test_a_unit_in_use_cannot_end_and_the_page_says_what_is_to_be_done(world: World) -> None:
    Walk(world, "assistant").open()
    school = world.units["school"]
    page = client_of(world, "administrator").get(f"{ROOM}{school.pk}/avsluta/").content.decode()
    for words in (
        "1 rekrytering pågår",
        "1 befattning är i bruk",
        "1 roll gäller",
        "1 delegationspunkt gäller",
    ):
        assert words in page
    for where in ("/befattningar/", "/behorigheter/", "/behorigheter/delegationsordning/"):
        assert f'<a class="ds-link" href="{where}">Till ' in page, where
    moving = client_of(world, "administrator").get(f"{ROOM}{school.pk}/flytta/").text
    assert "en annan systemförvaltare bekräftar" in moving
    assert "Lägg förslaget" in moving
    assert post(world, school, "avsluta", last_day=str(world.today)).status_code == 409
    school.refresh_from_db()
    assert school.valid_to is None
    refusal = Entry.objects.filter(action="action.refused").latest("id")
    assert refusal.subject == school.pk


def test_an_empty_unit_ends_from_a_day_and_then_nothing_is_laid_up_in_it(world: World) -> None:
    unit = new(world, "Tillfälliga lokalen")
    assert in_the_way(unit, world.today) == []
    assert post(world, unit, "avsluta", last_day=str(world.today)).status_code == 302
    unit.refresh_from_db()
    assert unit.valid_to == world.today
    assert unit.is_in_force(world.today)
    assert not unit.is_in_force(world.today + timedelta(days=1))
    later = NewUnit(world.authority, unit, "Rummet", (), world.today + timedelta(days=1))
    with pytest.raises(BadInput):
        create_unit(later, by=world.actor("administrator"))
    assert Entry.objects.filter(action="unit.ended", subject=unit.pk).exists()


def test_an_ended_unit_stands_in_the_list_of_the_ended(world: World) -> None:
    unit = new(world, "Tillfälliga lokalen")
    with locked_unit(unit.pk) as fresh:
        end_unit(fresh, by=world.actor("administrator"), last_day=world.today)
    from audit.clock import at, now

    with at(now() + timedelta(days=2)):
        client = client_of(world, "auditor")
        assert "Tillfälliga lokalen" in client.get(ROOM, {"visa": "avslutade"}).content.decode()
        assert "Tillfälliga lokalen" not in client.get(ROOM).content.decode()
