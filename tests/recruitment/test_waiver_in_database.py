"""Plain SQL, on both engines: no waiver of what a statute demands, none with one signature, none by those barred."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.policy.test_signed_off import agreed
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.waivers import almost, propose, raw, raw_copy, stored, waive
from tests.recruitment.world import World

STATUTORY = [row["code"] for row in agreed("checkpoints") if row["waivable"] == "no"]
OWN = [row["code"] for row in agreed("checkpoints") if row["waivable"] == "yes"]


def test_the_scene_is_one_in_which_a_true_row_is_taken(world: World) -> None:
    """So that the refusals below are for what they say: the same INSERT about another own check goes through."""
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    rows = every_check(walk, finalist)
    for code in OWN:
        if code == "references":
            continue
        check = rows[code]
        raw_copy(
            waiver,
            of_check_id=check.pk,
            code=code,
            ground=check.ground,
            documentation=check.documentation,
            is_statutory=check.is_statutory,
        )


def test_no_insert_waives_what_a_statute_demands(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    rows = every_check(walk, finalist)
    own = stored(waiver)
    for code in STATUTORY:
        check = rows[code]
        true: dict[str, Any] = {
            "of_check_id": check.pk,
            "code": code,
            "ground": check.ground,
            "documentation": check.documentation,
            "is_statutory": check.is_statutory,
        }
        mine = {
            "code": own.code,
            "ground": own.ground,
            "documentation": own.documentation,
            "is_statutory": False,
        }
        for lie in ({}, {"is_statutory": False}, {"code": "references", "is_statutory": False}, mine):
            with pytest.raises(IntegrityError):
                raw_copy(waiver, **(true | lie))


def test_no_update_turns_a_waiver_to_a_statutory_check(world: World) -> None:
    walk, finalist = almost(world)
    waiver = waive(walk, finalist)
    rows = every_check(walk, finalist)
    for code in STATUTORY:
        check = rows[code]
        with pytest.raises(IntegrityError):
            raw("recruitment_waiver", waiver, of_check_id=check.pk)
        with pytest.raises(IntegrityError):
            raw(
                "recruitment_waiver", waiver, of_check_id=check.pk, code=code, ground=check.ground,
                documentation=check.documentation, is_statutory=check.is_statutory,
            )  # fmt: skip
    for column, value in (("code", "id_check"), ("ground", "identity"), ("is_statutory", True)):
        with pytest.raises(IntegrityError):
            raw("recruitment_waiver", waiver, **{column: value})


def test_nor_may_the_check_be_told_to_be_another_or_of_the_municipalitys_own(world: World) -> None:
    walk, finalist = almost(world)
    rows = every_check(walk, finalist)
    for code in STATUTORY:
        for columns in (
            {"is_statutory": False},
            {"code": "references"},
            {"code": "references", "is_statutory": False},
        ):
            with pytest.raises(IntegrityError):
                raw("recruitment_check", rows[code].pk, **columns)


def test_one_signature_puts_nothing_in_force(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    manager, hr, head = (world.person_id(name) for name in ("manager", "hr", "hr_head"))
    for columns in (
        {"state": "in_force"},
        {"state": "in_force", "confirmed_by_id": manager, "confirmed_on": walk.on},
        {"state": "in_force", "confirmed_by_id": head},
        {"state": "in_force", "confirmed_by_id": head, "confirmed_on": walk.on - timedelta(days=1)},
        {"state": "in_force", "confirmed_by_id": head, "confirmed_on": walk.on + timedelta(days=90)},
        {"confirmed_by_id": head, "confirmed_on": walk.on},
        {"state": "rejected"},
        {
            "state": "rejected",
            "rejected_by_id": manager,
            "rejected_on": walk.on,
            "reject_code": "can_be_done",
        },
        {"until": walk.on + timedelta(days=3000)},
        {"proposed_by_id": hr},
        {"barred": head.hex},
        {"reason_code": ""},
    ):
        with pytest.raises(IntegrityError):
            raw("recruitment_waiver", waiver, **columns)
    with transaction.atomic():
        raw("recruitment_waiver", waiver, state="in_force", confirmed_by_id=head, confirmed_on=walk.on)
        transaction.set_rollback(True)


def test_two_live_waivers_of_one_check_are_refused(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    with pytest.raises(IntegrityError):
        raw_copy(waiver)
    with pytest.raises(IntegrityError):
        raw_copy(waiver, until=walk.on - timedelta(days=1), state="ended")
    raw_copy(waiver, state="ended")
