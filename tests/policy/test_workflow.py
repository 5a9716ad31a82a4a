"""Every step from every state: exactly the agreed ones lead on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vetting.policy.workflow import (
    MACHINES,
    NEW,
    WrongTransition,
    next_state,
    state,
    transition,
    transitions_from,
)

HERE = Path(__file__).parent / "signed_off"


def agreed_pairs() -> dict[tuple[str, str, str], str]:
    with (HERE / "transitions.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["machine"], row["name"], source): row["target"]
            for row in csv.DictReader(file)
            for source in row["sources"].split("|")
        }


def test_every_step_from_every_state() -> None:
    agreed = agreed_pairs()
    tried = 0
    for machine in MACHINES.values():
        for source in (NEW, *(s.code for s in machine.states)):
            for step in machine.transitions:
                expected = agreed.get((machine.code, step.name, source))
                if expected is None:
                    with pytest.raises(WrongTransition):
                        next_state(machine.code, step.name, source)
                else:
                    assert next_state(machine.code, step.name, source) == expected
                tried += 1
    assert tried > 1000


@pytest.mark.parametrize("machine", MACHINES)
def test_the_ways_out_of_a_state_are_the_agreed_ones(machine: str) -> None:
    agreed = agreed_pairs()
    for source in (NEW, *(s.code for s in MACHINES[machine].states)):
        names = {t.name for t in transitions_from(machine, source)}
        assert names == {name for m, name, s in agreed if m == machine and s == source}


def test_nothing_leaves_a_final_state() -> None:
    for machine in MACHINES.values():
        for final in (s for s in machine.states if s.final):
            assert transitions_from(machine.code, final.code) == ()


def test_a_step_that_does_not_exist_is_wrong_and_its_look_up_fails() -> None:
    with pytest.raises(WrongTransition):
        next_state("check", "skip", "not_started")
    with pytest.raises(KeyError):
        transition("check", "skip")
    assert state("check", "done").label == "Klar"
    assert transition("check", "record_shown").target == "done"
