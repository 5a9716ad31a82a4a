"""Plain SQL, on both engines: nobody is engaged for a holiday without a last day, whoever writes it there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.recruitment.waivers import raw, raw_copy
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.engagement_forms import ALWAYS_END
from vetting.recruitment.models import Engagement

TABLE = "recruitment_engagement"
REFUSED = "what it must have"


def engaged(world: World, form: str) -> Engagement:
    walk = Walk(world, "assistant", form=form).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    return Engagement.objects.get(candidacy=finalist)


def test_its_last_day_is_neither_left_out_nor_taken_away(world: World) -> None:
    for form in ALWAYS_END:
        own = engaged(world, form)
        assert own.planned_end is not None
        with pytest.raises(IntegrityError, match=REFUSED):
            raw(TABLE, own.pk, planned_end=None)
        with pytest.raises(IntegrityError, match=REFUSED):
            raw_copy(own.pk, Engagement, planned_end=None)
        with transaction.atomic():
            raw(TABLE, own.pk, planned_end=own.planned_end.replace(year=own.planned_end.year + 1))
            transaction.set_rollback(True)


def test_what_need_not_end_does_not_become_what_must(world: World) -> None:
    other = engaged(world, "permanent")
    assert other.planned_end is None
    with pytest.raises(IntegrityError, match=REFUSED):
        raw(TABLE, other.pk, form=ALWAYS_END[0])
    with transaction.atomic():
        raw(TABLE, other.pk, form="fixed_term")
        transaction.set_rollback(True)
