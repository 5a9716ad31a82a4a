"""A waiver ends: before its time, by its end date, or because the check is done; then the check stops again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from audit import clock
from tests.recruitment.waivers import almost, go_on, propose, row, stored, waive
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.endings import close_recruitment
from vetting.recruitment.actions.engagement import confirm_start
from vetting.recruitment.actions.errors import NotComplete, WrongState
from vetting.recruitment.actions.waiver import end_waiver
from vetting.recruitment.engine.coming import coming_step
from vetting.recruitment.engine.progress import (
    is_cleared,
    may_start,
    missing_for_start,
    missing_to_close,
    progress,
    state_shown,
)
from vetting.recruitment.engine.rows import candidacy_rows
from vetting.recruitment.labels import check_kind, check_state
from vetting.recruitment.queries.cases import light_cases


def end(walk: Walk, waiver: Any, by: str = "manager") -> None:
    case = walk.case()
    end_waiver(case, by=walk.world.actor(by), waiver=case.waiver(waiver))


def at(walk: Walk, days: int) -> Any:
    return clock.at(datetime.combine(walk.on + timedelta(days=days), time(9), STOCKHOLM))


@pytest.mark.parametrize("name", ["manager", "hr", "hr_head", "security_head"])
def test_whoever_it_concerns_ends_it_and_the_check_stops_again(world: World, name: str) -> None:
    walk, finalist = almost(world)
    waiver = waive(walk, finalist)
    end(walk, waiver, name)
    assert (stored(waiver).state, stored(waiver).ended_on) == ("ended", walk.on)
    assert not row(walk, finalist).is_settled
    assert row(walk, finalist).waiver_over is not None
    with pytest.raises(WrongState):
        end(walk, waiver, name)


def test_a_proposal_may_be_taken_back_and_nobody_else_ends_anything(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    for name in ("security_one", "registrar", "auditor", "administrator", "employee", "other_manager"):
        with pytest.raises(Denied):
            end(walk, waiver, name)
    end(walk, waiver, "manager")
    assert stored(waiver).state == "ended"
    assert row(walk, finalist).waiver is None


def test_it_holds_through_its_last_day_and_no_job_is_needed_for_its_end(world: World) -> None:
    walk, finalist = almost(world, "assistant")
    waiver = waive(walk, finalist, until=walk.on + timedelta(days=10))
    go_on(walk, finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    assert is_cleared(case, case.candidacies[0])
    with at(walk, 10):
        case = walk.case()
        assert row(walk, finalist).is_settled
        assert is_cleared(case, case.candidacies[0])
    with at(walk, 11):
        case = walk.case()
        assert stored(waiver).state == "in_force"
        assert not row(walk, finalist).is_settled
        assert state_shown(case, case.candidacies[0]) == "checking"
        coming = coming_step(case)
        assert coming.missing is not None
        assert coming.missing.code == "references"
        # A new one may be proposed; the old row is then told to be over.
        again = propose(walk, finalist, until=walk.on + timedelta(days=20))
    assert (stored(waiver).state, stored(again).state) == ("ended", "proposed")


def test_waived_is_never_shown_as_done_and_counts_as_not_finished(world: World) -> None:
    walk, finalist = almost(world, "assistant")
    before = progress(candidacy_rows(walk.case(), walk.case().candidacies[0]))
    waive(walk, finalist, until=walk.on + timedelta(days=10))
    shown = row(walk, finalist)
    assert check_kind(shown) == "waived"
    assert check_state(shown).startswith("Undantag till ")
    assert progress(candidacy_rows(walk.case(), walk.case().candidacies[0])) == before


def decided(world: World, days: int) -> tuple[Walk, Any, Any]:
    """A school assistant engaged with the references waived for `days` days, ready to begin."""
    walk, finalist = almost(world, "assistant")
    waiver = waive(walk, finalist, until=walk.on + timedelta(days=days))
    go_on(walk, finalist)
    walk.sign(finalist)
    walk.finish({"start"}, finalist)
    return walk, finalist, waiver


def test_after_the_decision_the_sign_falls_when_the_waiver_does(world: World) -> None:
    walk, _finalist, _waiver = decided(world, 10)
    case = walk.case()
    assert may_start(case, case.candidacies[0])
    with at(walk, 11):
        case = walk.case()
        assert not may_start(case, case.candidacies[0])
        assert [m.code for m in missing_for_start(case, case.candidacies[0])] == ["references"]
        light = light_cases([case.recruitment])[0]
        assert [m.code for m in missing_for_start(light, light.candidacies[0])] == ["references"]
        with pytest.raises(NotComplete):
            confirm_start(
                case, by=world.actor("manager"), candidacy=case.candidacies[0], started_on=case.today
            )
        references = walk.case().check_named("references", walk.case().candidacies[0])
        assert references is not None
        walk.record(references)
        case = walk.case()
        assert may_start(case, case.candidacies[0])


def test_ended_early_after_the_decision_it_stops_the_start_as_well(world: World) -> None:
    walk, _finalist, waiver = decided(world, 10)
    end(walk, waiver)
    case = walk.case()
    assert not may_start(case, case.candidacies[0])


def test_a_recruitment_is_not_closed_on_a_waiver(world: World) -> None:
    walk, finalist, waiver = decided(world, 10)
    case = walk.case()
    confirm_start(case, by=world.actor("manager"), candidacy=case.candidacies[0], started_on=walk.on)
    walk.finish({"employment"}, finalist)
    assert "references" in [m.code for m in missing_to_close(walk.case())]
    with pytest.raises(NotComplete):
        close_recruitment(walk.case(), by=world.actor("manager"))
    references = walk.case().check_named("references", walk.case().candidacies[0])
    assert references is not None
    walk.record(references)
    assert stored(waiver).state == "ended"
    close_recruitment(walk.case(), by=world.actor("manager"))


def test_a_check_that_is_done_ends_its_waiver_so_that_a_correction_finds_none(world: World) -> None:
    from vetting.recruitment.actions.checks import reopen_check

    walk, finalist = almost(world)
    waiver = waive(walk, finalist)
    references = row(walk, finalist).check
    assert references is not None
    walk.record(references)
    assert stored(waiver).state == "ended"
    assert row(walk, finalist).is_finished
    case = walk.case()
    reopen_check(case, by=world.actor("manager"), check=case.check(references.pk), reason="wrong_entry")
    assert not row(walk, finalist).is_settled


def test_what_comes_up_is_assessed_waiver_or_not(world: World) -> None:
    walk, finalist = almost(world)
    waive(walk, finalist)
    references = row(walk, finalist).check
    assert references is not None
    walk.record(references, "to_assess")
    assert not row(walk, finalist).is_settled
