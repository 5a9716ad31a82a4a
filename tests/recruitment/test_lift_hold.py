"""A legal hold is lifted by two persons: one proposes, another lifts or keeps; until then nothing is disposed of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.integrity import findings
from audit.models import Entry
from tests.administration.test_link import link
from tests.recruitment.holds import held_case, propose, stored
from tests.recruitment.waivers import raw
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.hold import confirm_lift, keep_hold, propose_lift, set_hold
from vetting.recruitment.queries.holds import holds_visible_to

EVERYBODY = (
    "manager", "hr", "other_hr", "hr_head", "security_one", "security_head", "registrar", "archivist",
    "data_protection_officer", "auditor", "administrator", "chief", "employee", "head",
)  # fmt: skip
SAYS_NO = (Denied, SamePerson)


@pytest.fixture
def held(world: World) -> Walk:
    """A recruitment about which a claim has come in."""
    return held_case(world)


def test_one_proposes_and_another_lifts_and_the_log_tells_codes_alone(held: Walk) -> None:
    propose(held)
    assert (stored(held).hold_state, stored(held).is_held) == ("lift_proposed", True)
    confirm_lift(held.case(), by=held.world.actor("registrar"))
    now = stored(held)
    assert (now.hold_state, now.is_held) == ("lifted", False)
    assert (now.lift_proposed_by_id, now.lifted_by_id) == (
        held.world.person_id("hr_head"),
        held.world.person_id("registrar"),
    )
    told = {e.action: set(e.facts) for e in Entry.objects.filter(action__startswith="hold.")}
    assert told == {
        "hold.set": {"role", "reference", "ground", "date"},
        "hold.lift_proposed": {"role", "reference", "reason_code"},
        "hold.lifted": {"role", "reference"},
    }
    assert not list(findings())


def test_kept_by_another_it_stands_and_may_be_proposed_and_set_anew(held: Walk) -> None:
    propose(held)
    keep_hold(held.case(), by=held.world.actor("archivist"), reason="not_final")
    assert (stored(held).hold_state, stored(held).lift_reason) == ("in_force", "")
    propose(held, "registrar")
    confirm_lift(held.case(), by=held.world.actor("archivist"))
    set_hold(held.case(), by=held.world.actor("hr"), ground="supervision")
    now = stored(held)
    assert (now.hold_state, now.legal_hold_ground, now.lifted_by_id) == ("in_force", "supervision", None)


def test_no_step_is_taken_out_of_turn_or_for_a_reason_of_ones_own(held: Walk) -> None:
    registrar, head = held.world.actor("registrar"), held.world.actor("hr_head")
    with pytest.raises(WrongState):
        confirm_lift(held.case(), by=registrar)
    with pytest.raises(WrongState):
        keep_hold(held.case(), by=registrar, reason="not_final")
    with pytest.raises(BadInput):
        propose_lift(held.case(), by=head, reason="because")
    propose(held)
    with pytest.raises(WrongState):
        propose(held, "registrar")
    with pytest.raises(WrongState):
        set_hold(held.case(), by=held.world.actor("hr"), ground="claim")
    with pytest.raises(BadInput):
        keep_hold(held.case(), by=registrar, reason="because")
    confirm_lift(held.case(), by=registrar)
    with pytest.raises(WrongState):
        keep_hold(held.case(), by=registrar, reason="not_final")


def test_each_act_is_for_those_of_the_agreed_table(held: Walk) -> None:
    may = {"hr_head": {"propose", "confirm", "keep"}, "archivist": {"confirm", "keep"}}
    may["registrar"] = may["hr_head"]
    found: dict[str, set[str]] = {}
    for name in EVERYBODY:
        actor = held.world.actor(name)
        acts = {
            "propose": lambda name=name: propose(held, name),
            "confirm": lambda actor=actor: confirm_lift(held.case(), by=actor),
            "keep": lambda actor=actor: keep_hold(held.case(), by=actor, reason="not_final"),
        }
        for act, do in acts.items():
            with transaction.atomic():
                try:
                    do()
                except Denied:
                    continue
                except WrongState:
                    pass
                finally:
                    transaction.set_rollback(True)
            found.setdefault(name, set()).add(act)
    assert found == may


def test_whoever_proposed_neither_lifts_nor_keeps_with_either_account(held: Walk) -> None:
    world = held.world
    propose(held)
    world.accounts["again"] = Account.objects.create_user(
        "again", "hemligt-lösenord-7", person=world.person("hr_head")
    )
    for name in ("hr_head", "again"):
        with pytest.raises(SAYS_NO):
            confirm_lift(held.case(), by=world.actor(name))
        with pytest.raises(SAYS_NO):
            keep_hold(held.case(), by=world.actor(name), reason="not_final")
    assert stored(held).hold_state == "lift_proposed"


def test_whoever_stands_aside_has_no_part_in_it(held: Walk) -> None:
    world = held.world
    propose(held)
    set_recusal(
        held.case(), by=world.actor("security_head"), person_id=world.person_id("registrar"),
        reason="Nära släkt, deltar inte.",
    )  # fmt: skip
    with pytest.raises(Denied):
        confirm_lift(held.case(), by=world.actor("registrar"))
    assert list(holds_visible_to(world.actor("registrar"))) == []


def test_the_database_refuses_what_the_program_refuses(held: Walk) -> None:
    head, day = held.world.person_id("hr_head"), held.on
    alone: list[dict[str, Any]] = [
        {"lifted_by_id": head, "lifted_on": day},
        {"lift_proposed_by_id": head, "lift_proposed_on": day, "lift_reason": ""},
        {"lift_proposed_by_id": head, "lift_reason": "claim_settled"},
        {"lift_proposed_by_id": head, "lift_reason": "x", "lift_proposed_on": day - timedelta(days=1)},
        {"lifted_on": day},
    ]
    for columns in alone:
        with pytest.raises(IntegrityError):
            raw("recruitment_recruitment", held.pk, **columns)
    propose(held)
    for columns in (
        {"lifted_by_id": head, "lifted_on": day},
        {"lifted_by_id": held.world.person_id("registrar")},
        {"legal_hold_since": None},
    ):
        with pytest.raises(IntegrityError):
            raw("recruitment_recruitment", held.pk, **columns)


def test_two_accounts_that_turn_out_to_be_one_persons_have_lifted_nothing(held: Walk) -> None:
    world = held.world
    propose(held)
    confirm_lift(held.case(), by=world.actor("registrar"))
    cancel_recruitment(held.case(), by=world.actor("manager"), reason="budget", informed_on=held.on)
    assert link(world, "hr_head", "registrar", by="security_head").holds == 1
    assert (stored(held).hold_state, stored(held).legal_hold_since) == ("in_force", held.on)
    assert Entry.objects.filter(action="hold.set", subject=held.pk).count() == 2
    assert not list(findings())


@pytest.mark.parametrize("ended", [False, True])
def test_a_lift_that_waits_is_not_confirmed_with_her_other_account(held: Walk, ended: bool) -> None:
    world = held.world
    if ended:
        cancel_recruitment(held.case(), by=world.actor("manager"), reason="budget", informed_on=held.on)
    propose(held, "registrar")
    link(world, "hr_head", "registrar", by="security_head")
    assert stored(held).lift_proposed_by_id == world.person_id("hr_head")
    with pytest.raises(SAYS_NO):
        confirm_lift(held.case(), by=world.actor("hr_head"))
    assert not list(findings())
