"""Nobody has nothing to declare about finalists whom she has not seen: the names come first, at page and act alike."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.clock import at, now
from audit.models import Entry
from tests.recruitment.test_declarations import address, own, walk
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from vetting.access.reveal import own_words
from vetting.recruitment.actions.candidacy import create_candidacy
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.names_read import read_names

__all__ = ["walk"]


def entered(walk: Walk, by: str, name: str) -> None:
    create_candidacy(walk.case(), by=walk.world.actor(by), name=name)


def test_nobody_has_nothing_to_tell_about_people_she_has_not_seen(walk: Walk) -> None:
    for each in ("Ny Testsson", "Nyare Testsson"):
        entered(walk, "hr", each)
    client = client_of(walk.world, "manager")
    page = client.get(address(walk)).content.decode()
    assert "Visa slutkandidaternas namn" in page
    assert "när du har sett namnen" in page
    assert page.count("Inget att anmäla") == 1, "said, and no button"
    answer = client.post(address(walk), {"once": str(uuid4())})
    assert answer.status_code == 422
    assert "Visa namnen först" in answer.content.decode()
    assert own(walk, "manager").finalists_seen == 1
    client.post(address(walk, "javsforklaring/namn/"), {"once": str(uuid4())})
    assert client.post(address(walk), {"once": str(uuid4())}).status_code == 302
    assert own(walk, "manager").finalists_seen == 3

    entered(walk, "hr", "Nyast Testsson")
    assert client.post(address(walk), {"once": str(uuid4())}).status_code == 422, "of her no name was shown"
    client.post(address(walk, "javsforklaring/namn/"), {"once": str(uuid4())})
    with at(now() + timedelta(minutes=16)):
        assert client.post(address(walk), {"once": str(uuid4())}).status_code == 422, "hidden by now"


def test_the_act_takes_no_such_answer_either(walk: Walk) -> None:
    entered(walk, "hr", "Ny Testsson")
    case, manager = walk.case(), walk.world.actor("manager")
    first, second = case.candidacies
    for names in ({}, {first.pk: own_words(manager.who("hiring_manager"), first.entry_id)}):
        with pytest.raises(BadInput):
            give_declaration(case, by=manager, names=names)
    assert give_declaration(case, by=manager, names=read_names(case, manager)).finalists_seen == 2
    (read,) = Entry.objects.filter(action="candidacy.revealed")
    assert read.facts["candidacy"] == second.label, "about the first she had answered"
    assert read.facts["field"] == "name"


def test_whoever_enters_one_has_seen_her_but_not_a_colleagues(walk: Walk) -> None:
    world = walk.world
    client, form = client_of(world, "hr"), {"name": "Ny Testsson", "contact": "", "declares": "on"}
    assert client.post(address(walk, "slutkandidat/ny/"), filled(**form)).status_code == 302
    assert own(walk, "hr").finalists_seen == 2
    entered(walk, "hr", "Nyare Testsson")
    page = client.get(address(walk, "slutkandidat/ny/")).content.decode()
    assert 'name="declares"' not in page, "she is asked when she has seen the one before"
    assert client.post(address(walk, "slutkandidat/ny/"), filled(**form)).status_code == 302
    assert own(walk, "hr").finalists_seen == 2
