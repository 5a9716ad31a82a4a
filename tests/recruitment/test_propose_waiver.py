"""Proposing a waiver: only from what the agreed table marks as the municipality's own, with reason and end date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.access.agreed import roles
from tests.policy.test_signed_off import agreed
from tests.recruitment.waivers import WORDS, almost, go_on, propose, row, stored, waive
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.policy.calendar import add_months
from vetting.policy.waivers import LONGEST_MONTHS
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.actions.engagement import begin_exit
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.new_checks import build_check
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.models import Candidacy, Check

AGREED = {row["code"]: row["waivable"] == "yes" for row in agreed("checkpoints")}


def every_check(walk: Walk, finalist: Any) -> dict[str, Check]:
    """A row of every check in the catalogue about the finalist, whatever her post calls for."""
    case = walk.case()
    candidacy = case.candidacy(finalist.pk)
    for code in AGREED:
        if case.check_named(code, candidacy) is None:
            check = build_check(case, code, candidacy)
            check.belongs_to = (
                "candidacy" if check.belongs_to in {"position", "recruitment"} else check.belongs_to
            )
            put(check, "check.begun")
    case = walk.case()
    return {check.code: check for check in case.checks_of(case.candidacy(finalist.pk))}


def answered(walk: Walk, finalist: Any, code: str) -> str:
    """What a proposal is answered: "" where it is taken, else why not.

    Of an employment that has not begun nothing is waived in advance: that is told as what is missing first.
    """
    try:
        propose(walk, finalist, code)
    except WrongState as error:
        return error.state
    except NotComplete as error:
        return error.missing[0].code
    return ""


def test_every_check_of_the_catalogue_may_be_waived_exactly_where_the_agreed_table_says(world: World) -> None:
    walk, finalist = almost(world)
    waive(walk, finalist)
    go_on(walk, finalist)
    rows = every_check(walk, finalist)
    assert rows.keys() == AGREED.keys()
    proposed = {"references"} | {code for code in AGREED if AGREED[code] and rows[code].state == "done"}
    for code, may in AGREED.items():
        if code not in proposed:
            answer = answered(walk, finalist, code)
            assert answer in ({"", "start_first", "exit_first"} if may else {"not_waivable"}), (
                f"{code}: {answer}"
            )
            proposed |= {code} if may else set()
    assert proposed == {code for code, may in AGREED.items() if may}
    assert len(proposed) == 11


def test_nor_is_a_statutory_check_when_the_row_calls_itself_the_municipalitys_own(world: World) -> None:
    walk, finalist = almost(world)
    case = walk.case()
    identity = case.check_named("population_register", case.candidacy(finalist.pk)) or case.check_named(
        "id_check", case.candidacy(finalist.pk)
    )
    assert identity is not None
    identity.code, identity.is_statutory = "id_check", False
    with pytest.raises(WrongState, match="not_waivable"):
        from vetting.recruitment.actions.waiver import propose_waiver

        propose_waiver(
            case,
            by=world.actor("manager"),
            check=identity,
            until=walk.on,
            reason_code="answer_delayed",
            reason=WORDS,
        )


def test_what_was_proposed_waits_and_the_check_stops_as_before(world: World) -> None:
    walk, finalist = almost(world)
    waiver = stored(propose(walk, finalist))
    assert (waiver.state, waiver.code, waiver.is_statutory) == ("proposed", "references", False)
    assert (waiver.proposed_by_id, waiver.confirmed_by_id) == (world.person_id("manager"), None)
    assert waiver.reason is not None
    assert WORDS not in repr(waiver.reason)
    assert not row(walk, finalist).is_settled


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"until": -1}, "until", "passed"),
        ({"until": None}, "until", "waiver_too_long"),
        ({"reason_code": "because"}, "reason_code", "reason"),
        ({"reason": "  kort  "}, "reason", "too_short"),
    ],
)
def test_end_date_and_reason_are_judged(world: World, typed: dict[str, Any], field: str, why: str) -> None:
    walk, finalist = almost(world)
    if "until" in typed:
        longest = add_months(walk.on, LONGEST_MONTHS)
        typed = {
            "until": longest + timedelta(days=1) if typed["until"] is None else walk.on - timedelta(days=1)
        }
    with pytest.raises(BadInput) as refused:
        propose(walk, finalist, **typed)
    assert refused.value.errors == {field: why}


def test_the_longest_time_is_half_a_year_and_today_is_enough(world: World) -> None:
    walk, finalist = almost(world)
    assert stored(propose(walk, finalist, until=add_months(walk.on, 6))).until == add_months(walk.on, 6)
    other, another = almost(world, "assistant")
    assert stored(propose(other, another, until=other.on)).until == other.on


def test_one_live_waiver_per_check(world: World) -> None:
    walk, finalist = almost(world)
    propose(walk, finalist)
    with pytest.raises(WrongState, match="waiver_there"):
        propose(walk, finalist, by="hr")


def test_what_is_done_or_to_be_assessed_is_not_waived(world: World) -> None:
    walk, finalist = almost(world)
    with pytest.raises(WrongState, match="waiver_done"):
        propose(walk, finalist, "candidate_coi")
    case = walk.case()
    references = case.check_named("references", case.candidacy(finalist.pk))
    assert references is not None
    walk.record(references, "to_assess")
    with pytest.raises(WrongState, match="waiver_to_assess"):
        propose(walk, finalist)


def test_nothing_is_waived_while_held_after_the_decision_or_for_somebody_who_has_left(world: World) -> None:
    walk, finalist = almost(world, "assistant")
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    with pytest.raises(NotComplete):
        propose(walk, finalist)
    gone, leaver = almost(world, "assistant")
    case = gone.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(leaver.pk))
    with pytest.raises(WrongState, match="waiver_ended"):
        propose(gone, leaver)
    decided, engaged = almost(world, "assistant")
    waive(decided, engaged)
    case = decided.case()
    from vetting.recruitment.actions.candidacy import proceed_candidacy

    proceed_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(engaged.pk))
    decided.sign(engaged)
    with pytest.raises(WrongState, match="decided"):
        propose(decided, engaged)


def test_the_exit_may_be_waived_when_it_has_begun_and_then_stops_nothing(world: World) -> None:
    from vetting.recruitment.actions.engagement import complete_exit

    walk = Walk(world, "clerk").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    if walk.case().check_named("exit", walk.case().candidacies[0]) is None:
        put(build_check(walk.case(), "exit", walk.case().candidacies[0]), "check.begun")
    with pytest.raises(NotComplete):
        propose(walk, finalist, "exit")
    case = walk.case()
    begin_exit(case, by=world.actor("manager"), candidacy=case.candidacies[0], last_day=walk.on)
    case = walk.case()
    with pytest.raises(NotComplete):
        complete_exit(case, by=world.actor("manager"), candidacy=case.candidacies[0], ended_on=walk.on)
    waive(walk, finalist, "exit")
    case = walk.case()
    complete_exit(case, by=world.actor("manager"), candidacy=case.candidacies[0], ended_on=walk.on)
    assert walk.case().engagements[0].state == "ended"


def test_of_a_person_with_protected_identity_no_words_are_kept(world: World) -> None:
    from vetting.recruitment.actions.candidacy_outcome import mark_protected

    walk, finalist = almost(world, "assistant")
    waiver = propose(walk, finalist)
    case = walk.case()
    mark_protected(
        case,
        by=world.actor("hr"),
        candidacy=case.candidacy(finalist.pk),
        alias="Sökande 7",
        kept_at="Kassaskåp 3",
        handlers=[world.person_id("hr")],
    )
    assert stored(waiver).reason is None
    case = walk.case()
    assert {each.reason for each in case.waivers} == {None}
    references = case.check_named("references", case.candidacy(finalist.pk))
    assert references is not None
    assert stored(waiver).state == "proposed"
    again, another = almost(world, "assistant")
    case = again.case()
    mark_protected(
        case,
        by=world.actor("hr"),
        candidacy=case.candidacy(another.pk),
        alias="Sökande 8",
        kept_at="Kassaskåp 3",
        handlers=[world.person_id("hr")],
    )
    assert stored(propose(again, another, by="hr", reason="")).reason is None


@pytest.mark.parametrize("role", [r for r in roles() if r not in {"hiring_manager", "hr_officer"}])
def test_nobody_but_the_manager_and_the_assigned_hr_officer_proposes(world: World, role: str) -> None:
    walk, finalist = almost(world, "assistant")
    world.hire(f"some_{role}", role, authority=world.authority)
    with pytest.raises(Denied):
        propose(walk, finalist, by=f"some_{role}")
    assert Candidacy.objects.filter(pk=finalist.pk, state="proposed").exists()
