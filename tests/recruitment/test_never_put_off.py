"""No check that a statute demands is put off, waived, waved away or broken through: tried in every way there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.short_work import short
from tests.recruitment.statutory import (
    FULL,
    STATUTORY,
    Tally,
    in_act,
    past_the_managers,
    postponement,
    raw_insert,
    raw_update,
    visitors,
)
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.waivers import WORDS
from tests.recruitment.walk import Walk, done_outcome, evidence_for
from tests.recruitment.world import World
from vetting.policy.reasons import NOT_APPLICABLE
from vetting.recruitment.actions.break_glass import open_break_glass
from vetting.recruitment.actions.checks import mark_not_applicable, record_check
from vetting.recruitment.actions.defer import defer_check
from vetting.recruitment.actions.waiver import propose_waiver
from vetting.recruitment.models import Check, Waiver

OWN = {"code": "references", "ground": "own_requirement", "documentation": "free", "is_statutory": False}
LIES: tuple[dict[str, Any], ...] = (
    {},
    {"is_statutory": False},
    {"code": "references", "is_statutory": False},
    OWN,
    {"deferred": False, "state": "proposed", "reason_code": "answer_delayed"},
    OWN | {"deferred": False, "state": "proposed", "reason_code": "answer_delayed"},
)
"""What an INSERT would say of the check, so as to be let through."""
WHY_NOT = next(iter(NOT_APPLICABLE))


@pytest.fixture
def scene(world: World) -> tuple[Walk, dict[str, Check]]:
    """Some days' work from today, where a check may be put off, and a row of every check in the catalogue."""
    walk, finalist = short(world)
    return walk, every_check(walk, finalist)


def stands(check: Check) -> tuple[Any, ...]:
    return tuple(Check.objects.filter(pk=check.pk).values_list("state", "reason", "outcome", "entry_id"))


def test_the_same_ways_are_open_for_the_municipalitys_own(scene: tuple[Walk, dict[str, Check]]) -> None:
    """So that the refusals below are for what they say."""
    walk, rows = scene
    tally, manager = Tally(), walk.world.person_id("manager")
    own = rows["references"]
    tally.attempt("model", lambda: in_act(postponement(own, manager, walk.on)))
    tally.attempt("sql", lambda: raw_insert(postponement(own, manager, walk.on)))
    client = signed_in(walk.world, "manager")
    post(client, url("defer_check", walk, check=own.pk), reason_code="start_cannot_wait", without_access="on")
    assert tally.through == ["model", "sql"]
    assert Waiver.objects.get().code == "references"


def test_no_form_does(scene: tuple[Walk, dict[str, Check]]) -> None:
    """The page offers none of it, and answers whoever sends the form all the same."""
    walk, rows = scene
    tally, until = Tally(), (walk.on + timedelta(days=7)).isoformat()
    forms = {
        "defer_check": {"reason_code": "start_cannot_wait", "without_access": "on"},
        "propose_waiver": {"until": until, "reason_code": "answer_delayed", "reason": WORDS},
        "mark_not_applicable": {"reason": WHY_NOT},
    }
    clients = {name: signed_in(walk.world, name) for name in ("manager", "hr")}
    for code, name, looks in visitors(("manager", "hr")):
        check, before = rows[code], stands(rows[code])
        page = clients[name].get(url("check_view", walk, check=check.pk)) if looks else None
        for form, typed in forms.items():
            address = url(form, walk, check=check.pk)
            assert page is None or f'action="{address}"' not in page.content.decode(), (code, form)
            answer = post(clients[name], address, **typed)
            unchanged = stands(check) == before and not Waiver.objects.exists()
            tally.answered(f"{code} {form} {name}", answer.status_code, unchanged)
    tally.require(len(STATUTORY) * 3 * (2 if FULL else 1))


def test_no_act_does_nor_whoever_breaks_the_glass(scene: tuple[Walk, dict[str, Check]]) -> None:
    walk, rows = scene
    world, tally = walk.world, Tally()
    world.hire("stand_in", "hr_officer", unit=world.units["school_office"], manager="head")
    open_break_glass(
        by=world.actor("stand_in"), reference=walk.case().recruitment.reference, reason=WORDS * 2
    )
    for name in ("manager", "hr", "stand_in"):
        by, case = world.actor(name), walk.case()
        for code in STATUTORY:
            check = case.check(rows[code].pk)
            given: dict[str, Any] = {"by": by, "check": check}
            tally.attempt(
                f"{code} defer {name}",
                lambda c=case, g=given: defer_check(
                    c, **g, reason_code="start_cannot_wait", without_access=True
                ),
            )
            tally.attempt(
                f"{code} waive {name}",
                lambda c=case, g=given: propose_waiver(
                    c, **g, until=walk.on, reason_code="answer_delayed", reason=WORDS
                ),
            )
            tally.attempt(
                f"{code} wave away {name}",
                lambda c=case, g=given: mark_not_applicable(c, **g, reason=WHY_NOT),
            )
    by, case = world.actor("stand_in"), walk.case()
    for code in STATUTORY:
        check = case.check(rows[code].pk)
        tally.attempt(
            f"{code} record through the glass",
            lambda c=case, k=check: record_check(
                c, by=by, check=k, outcome=done_outcome(k.code), evidence=evidence_for(k.code, walk.on)
            ),
        )
    tally.require(len(STATUTORY) * 10)


def test_no_model_does(scene: tuple[Walk, dict[str, Check]]) -> None:
    """In an act, without one, in bulk, and past the managers."""
    walk, rows = scene
    tally, manager = Tally(), walk.world.person_id("manager")
    for code in STATUTORY:
        check = rows[code]
        for lie in LIES:
            tally.attempt(
                f"{code} act {lie}", lambda c=check, x=lie: in_act(postponement(c, manager, walk.on, **x))
            )
            tally.attempt(
                f"{code} past {lie}",
                lambda c=check, x=lie: Waiver._base_manager.bulk_create(
                    [postponement(c, manager, walk.on, **x, entry_id=c.entry_id)]
                ),
            )
        row = postponement(check, manager, walk.on)
        tally.attempt(f"{code} save", row.save)
        tally.attempt(f"{code} bulk", lambda r=row: Waiver.objects.bulk_create([r]))
        for name, columns in away(check).items():
            for key, value in columns.items():
                setattr(check, key, value)
            tally.attempt(f"{code} {name} act", lambda c=check: in_act(c))
            tally.attempt(
                f"{code} {name} bulk", lambda c=check, n=columns: Check.objects.bulk_update([c], list(n))
            )
            tally.attempt(
                f"{code} {name} update", lambda c=check, n=columns: Check.objects.filter(pk=c.pk).update(**n)
            )
            tally.attempt(f"{code} {name} past", lambda c=check, n=columns: past_the_managers(c, **n))
            check.refresh_from_db()
    tally.require(len(STATUTORY) * (2 * len(LIES) + 2 + 4 * 3))


def away(check: Check) -> dict[str, dict[str, Any]]:
    """The row told to be not needed, or to be the municipality's own."""
    return {
        "not needed": {"state": "not_applicable", "reason": WHY_NOT},
        "own": {"is_statutory": False},
        "other": {"code": "references", "ground": "own_requirement", "is_statutory": False},
    }


def test_no_sql_does(scene: tuple[Walk, dict[str, Check]]) -> None:
    walk, rows = scene
    tally, manager = Tally(), walk.world.person_id("manager")
    lawful = postponement(rows["references"], manager, walk.on)
    in_act(lawful)
    for code in STATUTORY:
        check = rows[code]
        for lie in LIES:
            tally.attempt(
                f"{code} insert {lie}",
                lambda c=check, x=lie: raw_insert(postponement(c, manager, walk.on, **x)),
            )
            moved = {"of_check": check.pk, "code": code, "ground": check.ground,
                     "documentation": check.documentation, "is_statutory": check.is_statutory} | lie  # fmt: skip
            tally.attempt(f"{code} move {lie}", lambda n=moved: raw_update(lawful, **n))
        for name, columns in away(check).items():
            tally.attempt(f"{code} {name}", lambda c=check, n=columns: raw_update(c, **n))
    tally.require(len(STATUTORY) * (2 * len(LIES) + 3))
