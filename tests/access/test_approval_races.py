"""Four approvals in the same moment, through the pages, with real commits: two votes, of two persons, an entry each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from audit import startup
from audit.integrity import findings
from audit.models import Entry
from tests.harness.databases import RealDatabase, Templates, as_it_was
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.accounts.models import Account
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.models import Vote

IN_FULL = bool(os.environ.get("SOAK"))
ROUNDS, AGAIN = (25, 40) if IN_FULL else (2, 6)
"""Rounds that are prepared, and how often each is raced: 1,000 races, or 12. What is prepared is copied each time."""
#: (account, button): the same button pressed twice is one form's key; `second_account` is `security_one`'s person.
MIXES = (
    (("security_one", 1), ("second_account", 2), ("security_two", 3), ("security_one", 1)),
    (("security_one", 1), ("second_account", 2), ("security_two", 3), ("security_three", 4)),
    (("security_one", 1), ("security_one", 2), ("security_two", 3), ("security_two", 3)),
    (("second_account", 1), ("second_account", 1), ("security_one", 2), ("security_three", 3)),
)
ACCOUNTS = sorted({name for mix in MIXES for name, _button in mix})


@dataclass(frozen=True)
class Round:
    """An opinion that has been asked for and that all of the approvers have taken."""

    recruitment: UUID
    opinion: UUID


@pytest.fixture
def rounds(real_db: RealDatabase) -> Iterator[tuple[World, list[Round]]]:
    """Rounds that need two approvers each."""
    world = build_world()
    person = world.person("security_one")
    world.accounts["second_account"] = Account.objects.create_user("second_account", None, person=person)
    yield world, [_asked(world) for _ in range(ROUNDS)]
    connections.close_all()


def _asked(world: World) -> Round:
    walk = Walk(world, "buyer_lead").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    for name in ACCOUNTS:
        case = walk.case()
        take_opinion(case, by=world.actor(name), opinion=case.opinion(opinion))
    return Round(walk.pk, opinion)


@pytest.mark.deadline(5400 if IN_FULL else 180)
def test_never_two_votes_of_one_person_and_never_three(
    rounds: tuple[World, list[Round]], real_db: RealDatabase, templates: Templates
) -> None:
    world, prepared = rounds
    wrong: list[str] = []
    for number in range(AGAIN):
        with as_it_was(templates, real_db.names):
            sessions = {name: client_of(world, name, fresh=True).cookies for name in ACCOUNTS}
            assert not Vote.objects.exists(), "what came of the races before is still here"
            mixes = islice(cycle(MIXES), number, None)
            for each, mix in zip(prepared, mixes, strict=False):
                wrong += [f"{mix}: {said}" for said in _race(world, each, mix, sessions)]
            wrong += [f"copy {number}: {found}" for found in [*findings(), *startup.problems()]]
    assert not wrong, "\n".join(wrong)


def _race(world: World, each: Round, mix: Any, sessions: dict[str, Any]) -> Iterator[str]:
    """What is not as it must be after the four requests."""
    kwargs = {"pk": each.recruitment, "opinion": each.opinion}
    url, gate = reverse("decide_opinion", kwargs=kwargs), Barrier(len(mix))
    keys = {button: str(uuid4()) for _name, button in mix}

    def press(chosen: tuple[str, int]) -> int:
        name, button = chosen
        client = Client(raise_request_exception=False)
        client.cookies.update(sessions[name])
        form = {"outcome": "supported", "once": keys[button]}
        try:
            gate.wait()
            return int(client.post(url, form).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(mix)) as pool:
        statuses = Counter(pool.map(press, mix))
    persons = list(Vote.objects.filter(opinion=each.opinion, state="given").values_list("person", flat=True))
    told = list(
        Entry.objects.filter(action="opinion.vote_recorded", subject=each.recruitment).values_list(
            "actor_person", flat=True
        )
    )
    if len(persons) != 2 or len(set(persons)) != 2:
        yield f"{len(persons)} votes of {len(set(persons))} persons"
    if sorted(told) != sorted(persons):
        yield f"{len(told)} entries for {len(persons)} votes"
    if not set(statuses) <= {302, 404, 409} or statuses[302] < 2:
        yield f"answers {dict(statuses)}"
