"""The second signature: by another than everybody with a hand in the matter, once, while the end date lies ahead."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from audit import clock
from audit.models import Entry
from tests.recruitment.managers import change, with_deputies
from tests.recruitment.waivers import almost, confirm, go_on, propose, row, stored, waive
from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, build_world, put
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.organisation.models import DelegationPoint
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.errors import NotComplete, Refused, SamePerson, WrongState
from vetting.recruitment.actions.opinion import prepare_opinion
from vetting.recruitment.actions.recruitment import hold_recruitment, resume_recruitment
from vetting.recruitment.engine.progress import missing_to_proceed

SAYS_NO = (Denied, SamePerson)


def at(walk: Walk, days: int) -> Any:
    return clock.at(datetime.combine(walk.on + timedelta(days=days), time(9), STOCKHOLM))


@pytest.mark.parametrize("signer", ["hr_head", "security_head"])
def test_with_both_signatures_the_check_stops_nothing(world: World, signer: str) -> None:
    walk, finalist = almost(world)
    case = walk.case()
    assert [m.code for m in missing_to_proceed(case, case.candidacies[0])] == ["references"]
    waiver = propose(walk, finalist)
    confirm(walk, waiver, signer)
    now = stored(waiver)
    assert (now.state, now.confirmed_by_id, now.confirmed_on) == (
        "in_force",
        world.person_id(signer),
        walk.on,
    )
    shown = row(walk, finalist)
    assert shown.is_settled
    assert not shown.is_finished
    assert shown.waived_until == now.until
    case = walk.case()
    assert missing_to_proceed(case, case.candidacies[0]) == []
    entry = Entry.objects.get(action="waiver.confirmed")
    assert entry.facts["until"] == now.until.isoformat()
    assert entry.facts["check"] == "references"
    assert set(entry.facts) == {"role", "reference", "candidacy", "check", "until"}


@pytest.mark.parametrize(
    "name",
    [
        "manager",
        "hr",
        "security_one",
        "registrar",
        "auditor",
        "administrator",
        "chief",
        "employee",
        "other_hr",
    ],
)
def test_only_a_head_of_hr_or_security_signs(world: World, name: str) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    with pytest.raises(Denied):
        confirm(walk, waiver, name)
    assert stored(waiver).state == "proposed"


def test_a_head_of_another_authority_does_not_reach_it(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    with pytest.raises(Denied):
        confirm(walk, waiver, "school_head")


def with_a_hand(world: World, walk: Walk, finalist: Any, hand: str) -> str:
    """Give the head of HR (or another head) that hand in the matter; the name of whoever has it."""
    if hand == "proposer":
        world.hire("hr_head", "hiring_manager", unit=world.units["procurement"])
        change(walk, to="hr_head", reason="absence")
        walk.declare("hr_head")
        walk.proposed = propose(walk, finalist, by="hr_head")  # type: ignore[attr-defined]
        change(walk, to="manager", reason="absence")
        walk.declare("manager")
        return "hr_head"
    walk.proposed = propose(walk, finalist, by="hr")  # type: ignore[attr-defined]
    if hand == "manager":
        change(walk, to="hr_head", reason="absence")
    if hand == "earlier_manager":
        change(walk, to="hr_head", reason="absence")
        walk.declare("hr_head")
        change(walk, to="manager", reason="absence")
    if hand == "recused":
        case = walk.case()
        set_recusal(
            case,
            by=world.actor("security_head"),
            person_id=world.person_id("hr_head"),
            reason="Nära släkt, deltar inte.",
        )
    if hand == "substitute":
        put(
            DelegationPoint(
                unit=world.units["procurement"],
                code="4.2",
                forms=EVERY_FORM,
                delegate=world.person("hr_head"),
                is_substitute=True,
                valid_from=world.today - timedelta(days=9),
            )
        )
    return "hr_head"


@pytest.mark.parametrize("hand", ["proposer", "manager", "earlier_manager", "recused", "substitute"])
def test_whoever_has_a_hand_in_it_is_refused_by_the_act_and_by_the_database(world: World, hand: str) -> None:
    with_deputies(world)
    walk, finalist = almost(world)
    name = with_a_hand(world, walk, finalist, hand)
    waiver = walk.proposed  # type: ignore[attr-defined]
    with pytest.raises(SAYS_NO):
        confirm(walk, waiver, name)
    assert stored(waiver).state == "proposed"
    confirm(walk, waiver, "security_head")
    from tests.recruitment.waivers import raw

    with pytest.raises(IntegrityError):
        raw("recruitment_waiver", waiver, confirmed_by_id=world.person_id(name))


def test_whoever_prepared_an_opinion_is_refused_by_the_act_and_by_the_database(world: World) -> None:
    walk, finalist = almost(world)
    first = waive(walk, finalist)
    go_on(walk, finalist)
    world.hire("hr", "hr_head", authority=world.other_authority)
    case = walk.case()
    prepare_opinion(case, by=world.actor("hr"), candidacy=case.candidacies[0])
    case = walk.case()
    from vetting.recruitment.actions.waiver import end_waiver

    end_waiver(case, by=world.actor("manager"), waiver=case.waiver(first))
    again = propose(walk, finalist)
    with pytest.raises(SAYS_NO):
        confirm(walk, again, "hr")
    confirm(walk, again, "security_head")
    assert world.person_id("hr").hex in stored(again).barred


def test_a_second_account_of_the_proposer_is_the_same_person(world: World) -> None:
    walk, finalist = almost(world)
    world.hire("hr", "hr_head", authority=world.other_authority)
    waiver = propose(walk, finalist, by="hr")
    world.accounts["hr_again"] = Account.objects.create_user(
        "hr_again", "hemligt-lösenord-7", person=world.person("hr")
    )
    for account in ("hr", "hr_again"):
        with pytest.raises(SAYS_NO):
            confirm(walk, waiver, account)


def test_it_is_signed_once_and_never_after_it_was_rejected_ended_or_lapsed(world: World) -> None:
    walk, finalist = almost(world)
    waiver = waive(walk, finalist, until=walk.on + timedelta(days=5))
    with pytest.raises(WrongState):
        confirm(walk, waiver, "security_head")
    other, another = almost(world, "assistant")
    late = propose(other, another, until=other.on + timedelta(days=5))
    with at(other, 6), pytest.raises(WrongState, match="waiver_lapsed"):
        confirm(other, late)
    with at(other, 5):
        confirm(other, late)
    assert stored(late).state == "in_force"


def test_a_held_cancelled_or_left_recruitment_signs_nothing(world: World) -> None:
    walk, finalist = almost(world, "assistant")
    waiver = propose(walk, finalist)
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    with pytest.raises(NotComplete):
        confirm(walk, waiver)
    resume_recruitment(walk.case(), by=world.actor("hr"))
    cancel_recruitment(walk.case(), by=world.actor("manager"), reason="budget", informed_on=walk.on)
    assert stored(waiver).state == "ended"
    with pytest.raises((WrongState, Denied)):
        confirm(walk, waiver)
    gone, leaver = almost(world, "assistant")
    held = waive(gone, leaver)
    case = gone.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacies[0])
    assert (stored(held).state, stored(held).ended_on) == ("ended", gone.on)


def test_a_check_done_meanwhile_ends_the_proposal(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    case = walk.case()
    references = case.check_named("references", case.candidacies[0])
    assert references is not None
    walk.record(references)
    assert stored(waiver).state == "ended"
    with pytest.raises(WrongState):
        confirm(walk, waiver)


@pytest.mark.usefixtures("real_db")
def test_two_who_sign_in_the_same_moment_give_one_signature_and_one_entry() -> None:
    world = build_world()
    walk, finalist = almost(world, "assistant")
    waiver = propose(walk, finalist)
    barrier, outcomes = threading.Barrier(2), []
    from vetting.recruitment.actions.waiver import confirm_waiver
    from vetting.recruitment.case import Case

    def sign(name: str) -> None:
        try:
            actor = world.actor(name)
            barrier.wait(20)
            with Case.locked(walk.pk) as case:
                confirm_waiver(case, by=actor, waiver=case.waiver(waiver))
            outcomes.append(name)
        except Refused:
            outcomes.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(name,)) for name in ("hr_head", "security_head")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert len(outcomes) == 2
    assert outcomes.count("") == 1
    assert Entry.objects.filter(action="waiver.confirmed").count() == 1
    assert stored(waiver).state == "in_force"
