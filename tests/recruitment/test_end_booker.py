"""*Avsluta uppdrag att boka*: from that moment the question is refused."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.recruitment.pool import ASK, NAME, booker, cleared
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.recruitment.actions.booker import end_booker
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.models import PoolBooker

URL = "/far-jag-boka/uppdrag/avsluta/"


def test_her_next_question_is_not_answered(world: World) -> None:
    cleared(world)
    pk = booker(world)
    client = client_of(world, "booker")
    assert "Till och med" in client.post(ASK, filled(who=NAME)).content.decode()
    client_of(world, "manager").post(URL, {"booker": str(pk)})
    assert "inget uppdrag att boka" in client.post(ASK, filled(who=NAME)).content.decode()
    assert Entry.objects.get(action="pool_booker.ended").facts == {
        "role": "hiring_manager",
        "unit": "Björkskolan",
    }


def test_by_none_of_another_unit(world: World) -> None:
    pk = booker(world)
    with pytest.raises(Denied):
        end_booker(PoolBooker.objects.get(pk=pk), by=world.actor("other_manager"))
    client_of(world, "other_manager").post(URL, {"booker": str(pk)})
    assert PoolBooker.objects.get(pk=pk).holds_on(world.today)


def test_once(world: World) -> None:
    row = PoolBooker.objects.get(pk=booker(world))
    end_booker(row, by=world.actor("hr"))
    with pytest.raises(WrongState):
        end_booker(row, by=world.actor("hr"))
    assert client_of(world, "manager").post(URL, {"booker": "nonsens"}).status_code == 302
