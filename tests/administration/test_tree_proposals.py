"""What widens a unit or takes checks away, and what an authority is, is proposed by one administrator and confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from tests.administration.tree import another, confirmed, press_confirm
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.administration.actions.tree_proposals import (
    confirm_change,
    locked_change,
    propose_authority,
    propose_edit,
    propose_move,
)
from vetting.administration.unit_tree import locked_unit
from vetting.organisation.models import TreeProposal
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState

ROOM = "/behorigheter/enheter/"


def proposed_edit(world: World, by: str = "administrator", **more: Any) -> TreeProposal | None:
    unit = world.units["school"]
    wanted = {"name": unit.name, "profiles": unit.profiles, "access_manager": None} | more
    with locked_unit(unit.pk) as fresh:
        return propose_edit(fresh, by=world.actor(by), **wanted)


def proposed_body(world: World, **more: Any) -> TreeProposal | None:
    body = world.authority
    wanted = {"name": body.name, "diary_prefix": body.diary_prefix, "is_control_function": False} | more
    return propose_authority(body, by=world.actor("administrator"), **wanted)


def test_one_administrator_alone_takes_no_check_away(world: World) -> None:
    proposal = proposed_edit(world, profiles=[])
    assert proposal is not None
    world.units["school"].refresh_from_db()
    assert world.units["school"].profiles == ["school"]
    with pytest.raises(SamePerson), locked_change(proposal.pk) as fresh:
        confirm_change(fresh, by=world.actor("administrator"))
    address = f"{ROOM}forslag/{proposal.pk}/"
    own = client_of(world, "administrator", fresh=True)
    assert "Ta tillbaka förslaget" in own.get(address).content.decode()
    assert own.post(address, filled()).status_code == 409
    page = client_of(world, another(world)).get(address).content.decode()
    assert "Nu: Skola och förskola" in page
    assert press_confirm(world).status_code == 302
    world.units["school"].refresh_from_db()
    assert world.units["school"].profiles == []
    told = [entry.action for entry in Entry.objects.filter(action__startswith="unit.").order_by("id")]
    assert told == ["unit.change_proposed", "unit.edited"]


def test_a_name_is_changed_by_one_and_access_by_two(world: World) -> None:
    assert proposed_edit(world, name="Björkbackaskolan") is None
    world.units["school"].refresh_from_db()
    assert world.units["school"].name == "Björkbackaskolan"
    other = world.person(another(world))
    proposal = proposed_edit(world, access_manager=other)
    assert proposal is not None
    with pytest.raises(BadInput), locked_change(proposal.pk) as fresh:
        confirm_change(fresh, by=world.actor(another(world)))
    world.units["school"].refresh_from_db()
    assert world.units["school"].access_manager is None, "nobody confirms herself either"


def test_what_has_changed_since_is_not_confirmed_unread(world: World) -> None:
    with locked_unit(world.units["school"].pk) as unit:
        proposal = propose_move(
            unit, by=world.actor("administrator"), parent=world.units["school_two"], on=world.today
        )
    assert proposed_edit(world, name="Annat namn") is None
    with pytest.raises(WrongState):
        confirmed(world, proposal)
    with pytest.raises(WrongState):
        proposed_edit(world, profiles=[])
    address = f"{ROOM}forslag/{proposal.pk}/avsla/"
    assert client_of(world, another(world), fresh=True).post(address, filled()).status_code == 302
    assert TreeProposal.objects.get().state == "rejected"
    again = proposed_edit(world, profiles=[])
    assert again is not None
    own = client_of(world, "administrator", fresh=True)
    assert own.post(f"{ROOM}forslag/{again.pk}/avsla/", filled()).status_code == 302
    again.refresh_from_db()
    assert again.state == "withdrawn"


def test_an_authority_is_marked_as_the_functions_own_by_two(world: World) -> None:
    body = world.other_authority
    admin = client_of(world, "administrator", fresh=True)
    assert f"{ROOM}myndighet/{body.pk}/" in admin.get(ROOM).content.decode()
    sent = filled(name="Kommunstyrelsen", diary_prefix="KST", is_control_function="on")
    assert admin.post(f"{ROOM}myndighet/{body.pk}/", sent).status_code == 302
    body.refresh_from_db()
    assert (body.diary_prefix, body.is_control_function) == ("KS", False)
    assert "Väntar på en annan systemförvaltare" in admin.get(ROOM).content.decode()
    assert press_confirm(world).status_code == 302
    body.refresh_from_db()
    assert (body.diary_prefix, body.is_control_function) == ("KST", True)
    entry = Entry.objects.get(action="unit.edited", subject=body.pk)
    assert entry.facts["field"] == "diary_prefix|is_control_function"


def test_an_authority_keeps_a_name_of_its_own(world: World) -> None:
    for fault in ({"name": " "}, {"diary_prefix": ""}, {"name": world.other_authority.name.upper()}):
        with pytest.raises(BadInput):
            proposed_body(world, **fault)
    assert proposed_body(world) is None
    with pytest.raises(Denied):
        propose_authority(
            world.authority,
            by=world.actor("hr_head"),
            name="X",
            diary_prefix="X",
            is_control_function=True,
        )


def test_only_administrators_meet_the_pages(world: World) -> None:
    proposal = proposed_edit(world, profiles=[])
    assert proposal is not None
    another(world)
    for name in world.accounts:
        expected = 200 if name.endswith("administrator") else 404
        for address in (f"{ROOM}forslag/{proposal.pk}/", f"{ROOM}myndighet/{world.authority.pk}/"):
            assert client_of(world, name).get(address).status_code == expected, (name, address)


@pytest.mark.parametrize("answer", ["confirmed", "rejected"])
def test_the_database_says_no_to_one_signature(world: World, answer: str) -> None:
    proposal = proposed_edit(world, profiles=[])
    assert proposal is not None
    proposal.state, proposal.answered_on = answer, world.today
    proposal.answered_by = world.person("administrator")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(proposal, "unit.edited")
