"""What stands on earlier material falls with it: persons are not exchanged, deviations not washed, notes not lent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.recruitment.raw import extract_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.recruitment.actions.assessment import assess_check, notify_candidate, record_reply
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.checks import reopen_check
from vetting.recruitment.actions.decision import Extract, Terms, record_board_decision, sign_decision
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.recruitment import edit_recruitment
from vetting.recruitment.actions.shown import record_shown
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.engine.progress import approvers_needed, missing_before_signing

THREE = {
    "relevant": "Ja, för posten.",
    "certain": "Säkert.",
    "condition": "Nej.",
    "conclusion": "Går vidare.",
}


@pytest.fixture
def buyer(world: World) -> tuple[Walk, Any]:
    """A procurement officer's finalist who has gone on to the final checks."""
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist


def row(walk: Walk, finalist: Any, code: str) -> Any:
    """The finalist's check as it stands now."""
    case = walk.case()
    return case.check_named(code, case.candidacy(finalist.pk))


def hear_and_assess(walk: Walk, check: Any, by: str = "hr") -> None:
    """Told, declined to answer, assessed."""
    hr = walk.world.actor("hr")
    case = walk.case()
    notify_candidate(case, by=hr, check=case.check(check.pk), told_on=walk.on)
    case = walk.case()
    record_reply(case, by=hr, check=case.check(check.pk), reply="declined", replied_on=walk.on)
    case = walk.case()
    assess_check(case, by=walk.world.actor(by), check=case.check(check.pk), **THREE)


def test_another_name_asks_for_the_identity_anew(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    case = walk.case()
    edit_candidacy(
        case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk), name="Någon Annansson"
    )
    assert row(walk, finalist, "id_check").state == "in_progress"
    assert row(walk, finalist, "references").state == "done"


def test_nobody_is_exchanged_after_the_decision(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    case = walk.case()
    with pytest.raises(WrongState):
        edit_candidacy(
            case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), name="Någon Annansson"
        )


def test_a_deviation_after_the_opinion_asks_for_a_new_one_by_two(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_one")
    assert walk.case().opinion(opinion).state == "approved"
    # The evidence grows old and is recorded anew, this time as something to assess.
    check = row(walk, finalist, "references")
    check.state = "in_progress"
    walk_record(walk, check)
    hear_and_assess(walk, check)
    case = walk.case()
    own = case.candidacy(finalist.pk)
    assert "security_opinion" in {missing.code for missing in missing_before_signing(case, own)}
    assert approvers_needed(case, own) == (2, ["deviation"])


def walk_record(walk: Walk, check: Any) -> None:
    """Put the row back to work as its lapse would, and record a deviation."""
    from tests.recruitment.world import put

    put(check)
    walk.record(check, "to_assess")


def test_a_deviation_while_the_opinion_is_asked_for_adds_the_second(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    opinion = walk.ask_opinion(finalist)
    check = row(walk, finalist, "references")
    check.state = "in_progress"
    walk_record(walk, check)
    hear_and_assess(walk, check)
    walk.vote(opinion, "security_one")
    assert walk.case().opinion(opinion).state == "half_given"


def test_correcting_a_deviation_takes_nobody_out_of_four_eyes(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    hr = walk.world.actor("hr")
    case = walk.case()
    reopen_check(case, by=hr, check=case.check(row(walk, finalist, "references").pk), reason="wrong_entry")
    walk.record(row(walk, finalist, "references"), "to_assess")
    case = walk.case()
    reopen_check(case, by=hr, check=case.check(row(walk, finalist, "references").pk), reason="wrong_entry")
    walk.record(row(walk, finalist, "references"))
    case = walk.case()
    assert approvers_needed(case, case.candidacy(finalist.pk)) == (2, ["deviation"])


def test_a_second_deviation_is_heard_anew(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    check = row(walk, finalist, "references")
    check.state = "in_progress"
    walk_record(walk, check)
    hear_and_assess(walk, check)
    again = row(walk, finalist, "references")
    again.state, again.deviated = "in_progress", False
    walk_record(walk, again)
    case = walk.case()
    with pytest.raises(NotComplete):
        assess_check(case, by=walk.world.actor("hr"), check=case.check(check.pk), **THREE)


def test_whoever_assessed_does_not_opine(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    opinion = walk.ask_opinion(finalist)
    walk.vote(opinion, "security_two", Ballot("returned", (), "Referenserna behöver bedömas."))
    check = row(walk, finalist, "references")
    check.state = "in_progress"
    walk_record(walk, check)
    hear_and_assess(walk, check, by="security_two")
    case = walk.case()
    with pytest.raises(Denied):
        decide_opinion(
            case,
            by=walk.world.actor("security_two"),
            opinion=case.opinion(opinion),
            ballot=Ballot("supported"),
        )


def test_a_note_is_not_lent_to_another_day_or_signer(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    manager = world.actor("manager")
    record_shown(
        walk.case(), by=manager, check=extract_of(walk, finalist), shown_on=walk.on, issued_on=walk.on
    )
    from tests.recruitment.world import put

    check = extract_of(walk, finalist)
    check.recorded_on = check.evidence_on = walk.on - timedelta(days=40)
    put(check)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    more = {"terms": Terms(walk.on), "answers": {"trial_period": False}}
    with pytest.raises(NotComplete) as refused:
        sign_decision(case, by=manager, candidacy=case.candidacy(finalist.pk), **more)
    assert [missing.code for missing in refused.value.missing] == ["crim_school"]
    case = walk.case()
    sign_decision(
        case,
        by=manager,
        candidacy=case.candidacy(finalist.pk),
        extracts={"crim_school": Extract(walk.on, walk.on)},
        **more,
    )
    assert extract_of(walk, finalist).recorded_on == walk.on


def test_a_board_does_not_decide_before_the_basis(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    case = walk.case()
    with pytest.raises(BadInput) as refused:
        record_board_decision(
            case, by=walk.world.actor("registrar"), candidacy=case.candidacy(finalist.pk), maker="committee",
            decided_on=walk.on - timedelta(days=3), section="§ 7", terms=Terms(walk.on),
        )  # fmt: skip
    assert refused.value.errors == {"decided_on": "before_basis"}


def test_a_no_after_a_yes_takes_the_statutory_row_away_and_a_yes_brings_it_back(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    hr = world.actor("hr")
    for answer, state in ((True, "not_started"), (False, "not_applicable"), (True, "not_started")):
        case = walk.case()
        edit_candidacy(
            case, by=hr, candidacy=case.candidacy(finalist.pk), answers={"requires_work_permit": answer}
        )
        found = row(walk, finalist, "work_right")
        assert found is None or found.state == state


def test_places_never_go_below_those_taken(buyer: tuple[Walk, Any]) -> None:
    walk, _finalist = buyer
    with pytest.raises(BadInput):
        edit_recruitment(walk.case(), by=walk.world.actor("hr"), planned_start=None, places=0)


def test_protection_voids_an_opinion_under_way(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    opinion = walk.ask_opinion(finalist)
    hr = walk.world.actor("hr")
    case = walk.case()
    mark_protected(
        case,
        by=hr,
        candidacy=case.candidacy(finalist.pk),
        alias="Kandidat 7",
        kept_at="Kassaskåp",
        handlers=[hr.person_id],
    )
    case = walk.case()
    assert case.opinion(opinion).state == "invalidated"
    assert case.candidacy(finalist.pk).state == "checking"
