"""What the database refuses of a clearance, and what one that was put in past it is worth."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.recruitment.pool import NAME, answer_to, booker, check_of, cleared, vetted
from tests.recruitment.world import World, put
from vetting.recruitment.models import PoolBooker, PoolClearance, PoolHolder


def another(clearance: PoolClearance, **columns: Any) -> PoolClearance:
    """A row like the clearance, but for `columns`."""
    values = {
        field.attname: getattr(clearance, field.attname) for field in PoolClearance._meta.concrete_fields
    }
    return PoolClearance(**values | {"id": uuid4(), "reference": "P-999999"} | columns)


def refused(row: Any) -> None:
    """The database takes it by no act at all."""
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        put(row)


def test_one_valid_per_finalist_and_per_person_profile_and_unit(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    refused(another(clearance))
    holder = PoolHolder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        other = another(
            clearance, state="revoked", revoked_on=world.today, revoked_by_id=world.person_id("hr"),
            revoke_code="left_pool",
        )  # fmt: skip
        put(other)
        PoolHolder.objects.create(
            clearance=other, digest=holder.digest, unit=holder.unit, profile=holder.profile
        )


def test_days_in_order_and_a_revocation_that_says_everything(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    day = timedelta(days=1)
    for columns in (
        {"until": clearance.granted_on - day},
        {"renewed_on": clearance.granted_on - day},
        {"renewed_on": clearance.until + day},
        {"state": "revoked"},
        {"revoke_code": "left_pool"},
        {"state": "revoked", "revoked_on": world.today, "revoked_by_id": world.person_id("hr")},
    ):
        own = PoolClearance.objects.get(pk=clearance.pk)
        for name, value in columns.items():
            setattr(own, name, value)
        refused(own)


def test_what_it_is_about_is_true_and_stays(world: World) -> None:
    walk, _finalist, clearance = cleared(world)
    other_walk, other = vetted(world, "Annan Vikarie")
    # Another finalist's decision, another unit's place.
    refused(another(clearance, candidacy_id=other.pk, recruitment_id=other_walk.pk))
    refused(another(clearance, unit_id=world.units["school_two"].pk, candidacy_id=other.pk))
    own = PoolClearance.objects.get(pk=clearance.pk)
    own.unit = world.units["school_two"]
    refused(own)
    assert walk.case().clearances[0].unit == world.units["school"]


def test_one_put_in_without_its_checks_answers_no(world: World) -> None:
    """With an act of its own, the decision and the right copies: its checks are asked all the same."""
    _walk, _finalist, model = cleared(world)
    walk, finalist = vetted(world, "Smugen Insatt")
    shown = check_of(walk, finalist, "crim_school")
    shown.state, shown.outcome, shown.evidence_on = "waiting_candidate", "", None
    shown.recorded_by = shown.recorded_on = None
    put(shown, "check.begun")
    decision = walk.case().decision_of(walk.case().candidacy(finalist.pk))
    assert decision is not None
    put(another(model, recruitment_id=walk.pk, candidacy_id=finalist.pk, decision_id=decision.pk))
    assert answer_to(world, "manager", "Smugen Insatt").startswith("Nej Ingen")
    assert answer_to(world, "manager", "P-999999").startswith("Nej Ingen")
    assert answer_to(world, "manager", NAME).startswith("Ja")


def test_a_last_day_moved_past_what_its_parts_carry_is_not_believed(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    row = PoolClearance.objects.get(pk=clearance.pk)
    row.until = clearance.until + timedelta(days=3000)
    put(row, "pool_clearance.listed")
    answer = answer_to(world, "manager", NAME)
    assert answer.startswith("Ja")
    assert str(row.until.year) not in answer


def test_without_an_act_nothing_is_written(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    statement = "UPDATE recruitment_poolclearance SET until = %s WHERE reference = %s"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [clearance.until + timedelta(days=90), clearance.reference])


def test_nobody_gives_herself_an_assignment_to_book(world: World) -> None:
    booker(world)
    own = PoolBooker(
        person=world.person("manager"), unit=world.units["school"], given_by=world.person("manager"),
        valid_from=world.today, valid_to=world.today,
    )  # fmt: skip
    refused(own)
