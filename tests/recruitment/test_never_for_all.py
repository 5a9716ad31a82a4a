"""No check that a statute demands is noted for several people with one confirmation: tried in every way there is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.rounds import entered, opened
from tests.recruitment.statutory import (
    FULL,
    STATUTORY,
    Tally,
    in_act,
    past_the_managers,
    raw_insert,
    raw_update,
    visitors,
)
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.walk import Walk, done_outcome, evidence_for
from tests.recruitment.world import World
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.together import decide_together, note_together
from vetting.recruitment.models import Candidacy, Check, Decision

PEOPLE = 2
LIES: tuple[dict[str, Any], ...] = (
    {},
    {"is_statutory": False},
    {"code": "population_register", "ground": "own_requirement", "is_statutory": False},
)


@pytest.fixture
def scene(world: World) -> tuple[Walk, list[dict[str, Check]]]:
    """A round of two, each with a row of every check in the catalogue."""
    walk = opened(world, places=PEOPLE)
    entered(walk, PEOPLE)
    walk.declare("hr", "manager")
    return walk, [every_check(walk, each) for each in walk.case().candidacies]


def noted(rows: list[dict[str, Check]]) -> bool:
    pks = [check.pk for each in rows for check in each.values()]
    return Check.objects.filter(pk__in=pks).exclude(state="not_started").exists()


def test_no_page_does(scene: tuple[Walk, list[dict[str, Check]]]) -> None:
    """There is no such page, whoever asks for it, and the grid leads to none."""
    walk, rows = scene
    tally = Tally()
    clients = {name: signed_in(walk.world, name) for name in ("hr", "manager")}
    grid = {name: client.get(url("round_view", walk)).content.decode() for name, client in clients.items()}
    for code, name, _looks in visitors(("hr", "manager")):
        address = url("note_together", walk, code=code)
        assert address not in grid[name], code
        typed = {"outcome": done_outcome(code), **evidence_for(code, walk.on)}
        for answer in (
            clients[name].get(address, {"alla": "1"}),
            post(clients[name], address, pick="K1 K2", **typed),
        ):
            tally.answered(
                f"{code} {name}", answer.status_code, answer.status_code == 404 and not noted(rows)
            )
    tally.require(len(STATUTORY) * 2 * (2 if FULL else 1))


def test_no_act_does(scene: tuple[Walk, list[dict[str, Check]]]) -> None:
    walk, _rows = scene
    tally = Tally()
    for name in ("hr", "manager"):
        by = walk.world.actor(name)
        case = walk.case()
        for code in STATUTORY:
            typed: dict[str, Any] = {"outcome": done_outcome(code), "evidence": evidence_for(code, walk.on)}
            tally.attempt(
                f"{code} {name}",
                lambda c=code, t=typed, now=case, who=by: note_together(
                    now, by=who, people=now.candidacies, code=c, once=uuid4(), **t
                ),
            )
            for candidacy in case.candidacies:
                check = case.check_named(code, candidacy)
                assert check is not None
                tally.attempt(
                    f"{code} {name} {candidacy.label}",
                    lambda k=check, t=typed, now=case, who=by: record_check(
                        now, by=who, check=k, together=uuid4(), **t
                    ),
                )
    tally.require(len(STATUTORY) * 2 * (1 + PEOPLE))


def test_deciding_for_several_takes_no_extract_along(world: World) -> None:
    """What is open or unshown for one falls out for that one: nobody is decided on so."""
    walk = Walk(world, "assistant", form="holiday_work", places=PEOPLE).open()
    people = [walk.finalist(f"Sommar {n}") for n in range(PEOPLE)]
    for each in people:
        walk.ready(each)
        walk.answer_decision(each)
    walk.finish({"decision"})
    case = walk.case()
    outcome = decide_together(
        case, by=world.actor("manager"), people=case.candidacies, terms=Terms(walk.on, walk.on), once=uuid4()
    )
    assert [error is not None for _candidacy, error in outcome] == [True] * PEOPLE
    assert not Decision.objects.exists()
    assert not Candidacy.objects.filter(state="selected").exists()


def test_no_model_nor_sql_does(scene: tuple[Walk, list[dict[str, Check]]]) -> None:
    """In an act, in bulk, past the managers, by INSERT and by UPDATE; also where the row says that it is the own."""
    _walk, rows = scene
    tally = Tally()
    for code in STATUTORY:
        check = rows[0][code]
        for lie in LIES:
            columns: dict[str, Any] = {"together": uuid4(), **lie}
            for key, value in columns.items():
                setattr(check, key, value)
            tally.attempt(f"{code} act", lambda c=check: in_act(c))
            tally.attempt(f"{code} bulk", lambda c=check, n=columns: Check.objects.bulk_update([c], list(n)))
            check.refresh_from_db()
            tally.attempt(f"{code} past", lambda c=check, n=columns: past_the_managers(c, **n))
            tally.attempt(f"{code} update", lambda c=check, n=columns: raw_update(c, **n))
            new = Check.objects.get(pk=check.pk)
            new.pk = uuid4()
            tally.attempt(f"{code} insert", lambda r=new, n=columns: raw_insert(r, **n))
    tally.require(len(STATUTORY) * len(LIES) * 5)


def test_the_same_ways_are_open_for_what_may_be_noted_so(scene: tuple[Walk, list[dict[str, Check]]]) -> None:
    """So that the refusals above are for what they say."""
    _walk, rows = scene
    tally, own = Tally(), rows[0]["population_register"]
    own.together = uuid4()
    tally.attempt("act", lambda: in_act(own))
    tally.attempt("update", lambda: raw_update(rows[1]["population_register"], together=uuid4()))
    assert tally.through == ["act", "update"]
