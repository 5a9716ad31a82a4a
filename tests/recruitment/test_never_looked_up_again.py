"""Nobody who has been decided on is looked up again, and nothing that is asked for once is a renewal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.policy.test_signed_off import agreed
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.statutory import (
    FULL,
    STATUTORY,
    Tally,
    in_act,
    past_the_managers,
    raw_insert,
    raw_update,
    visitors,
)
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.walk import Walk, done_outcome, evidence_for
from tests.recruitment.world import World, put
from vetting.policy.reasons import REOPEN_CHECK
from vetting.recruitment.actions.checks import record_check, reopen_check
from vetting.recruitment.actions.engagement import record_renewal
from vetting.recruitment.actions.shown import record_shown
from vetting.recruitment.models import Check, Engagement

RENEWED = {row["code"]: row["renewal"] for row in agreed("checkpoints")}
LAWFUL = {code for code, renewal in RENEWED.items() if renewal != "none"}
"""A licence, a permit, a declaration, training and the review of access, as agreed."""
ONCE = [code for code in STATUTORY if code not in LAWFUL]
EXTRACTS = [row["code"] for row in agreed("checkpoints") if row["code"].startswith("crim_")]
WHY = next(iter(REOPEN_CHECK))


@pytest.fixture
def scene(world: World) -> tuple[Walk, dict[str, Check], Engagement]:
    """Somebody who works here since today, decided on a week ago, with a row of every check in the catalogue."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    rows = every_check(walk, finalist)
    decision = walk.case().decision_of(finalist)
    assert decision is not None
    decision.decided_on = walk.on - timedelta(days=7)
    put(decision, "check.begun")
    for code in EXTRACTS:
        check = rows[code]
        check.state, check.outcome = "done", done_outcome(code)
        check.evidence_on = check.recorded_on = walk.on - timedelta(days=8)
        check.recorded_by_id = world.person_id("manager")
        put(check, "check.begun")
    found = walk.case()
    engagement = found.engagement_of(found.candidacy(finalist.pk))
    assert engagement is not None
    return walk, {check.code: check for check in found.checks_of(found.candidacy(finalist.pk))}, engagement


def test_no_form_renews_what_is_asked_for_once(scene: tuple[Walk, dict[str, Check], Engagement]) -> None:
    walk, _rows, engagement = scene
    tally, day = Tally(), (walk.on - timedelta(days=1)).isoformat()
    clients = {name: signed_in(walk.world, name) for name in ("manager", "hr")}
    address = url("engagement_view", walk, candidacy=engagement.candidacy_id)
    renew = url("record_renewal", walk, candidacy=engagement.candidacy_id)
    page = clients["manager"].get(address).content.decode()
    for code, name, _looks in visitors(("manager", "hr")):
        if code in LAWFUL:
            continue
        assert f'value="{code}"' not in page
        answer = post(clients[name], renew, code=code, done_on=day)
        unchanged = Engagement.objects.get(pk=engagement.pk).renewals == engagement.renewals
        tally.answered(f"{code} {name}", answer.status_code, unchanged and answer.status_code != 302)
    tally.require(len(ONCE) * (2 if FULL else 1))


def test_no_act_renews_it_nor_looks_again(scene: tuple[Walk, dict[str, Check], Engagement]) -> None:
    walk, rows, engagement = scene
    tally, case = Tally(), walk.case()
    candidacy = case.candidacy(engagement.candidacy_id)
    for name in ("manager", "hr"):
        by = walk.world.actor(name)
        for code in ONCE:
            tally.attempt(
                f"{code} renew {name}",
                lambda c=code, who=by: record_renewal(
                    case, by=who, candidacy=candidacy, code=c, done_on=walk.on
                ),
            )
        for code in EXTRACTS:
            check = case.check(rows[code].pk)
            given: dict[str, Any] = {"by": by, "check": check}
            tally.attempt(f"{code} reopen {name}", lambda g=given: reopen_check(case, **g, reason=WHY))
            tally.attempt(
                f"{code} shown {name}",
                lambda g=given: record_shown(case, **g, shown_on=walk.on, issued_on=walk.on),
            )
            tally.attempt(
                f"{code} record {name}",
                lambda g=given: record_check(
                    case,
                    **g,
                    outcome=done_outcome(g["check"].code),
                    evidence=evidence_for(g["check"].code, walk.on),
                ),
            )
    tally.require(2 * (len(ONCE) + 3 * len(EXTRACTS)))


def test_no_page_looks_again(scene: tuple[Walk, dict[str, Check], Engagement]) -> None:
    walk, rows, engagement = scene
    tally, today = Tally(), walk.on.isoformat()
    for name in ("manager", "hr"):
        client = signed_in(walk.world, name)
        for code in EXTRACTS:
            check = rows[code]
            shown = url("record_shown", walk, candidacy=engagement.candidacy_id, check=check.pk)
            typed = {"outcome": done_outcome(code), **evidence_for(code, walk.on)}
            answers = (
                post(client, url("reopen_check", walk, check=check.pk), reason=WHY),
                post(client, url("record_check", walk, check=check.pk), **typed),
                post(client, shown, shown_on=today, issued_on=today),
            )
            for answer in answers:
                unchanged = Check.objects.get(pk=check.pk).entry_id == check.entry_id
                tally.answered(f"{code} {name}", answer.status_code, unchanged)
    tally.require(2 * 3 * len(EXTRACTS))


def test_no_model_nor_sql_renews_it(scene: tuple[Walk, dict[str, Check], Engagement]) -> None:
    walk, _rows, engagement = scene
    tally, day = Tally(), walk.on.isoformat()
    for code in ONCE:
        columns = {"renewals": {**engagement.renewals, code: day}}
        row = Engagement.objects.get(pk=engagement.pk)
        row.renewals = columns["renewals"]
        tally.attempt(f"{code} act", lambda r=row: in_act(r))
        tally.attempt(f"{code} bulk", lambda r=row: Engagement.objects.bulk_update([r], ["renewals"]))
        tally.attempt(f"{code} past", lambda n=columns: past_the_managers(engagement, **n))
        tally.attempt(f"{code} sql", lambda n=columns: raw_update(engagement, **n))
    tally.require(4 * len(ONCE))
    lawful = {"renewals": dict.fromkeys(sorted(LAWFUL), day)}
    tally.attempt("lawful", lambda: raw_update(engagement, **lawful))
    assert tally.through == ["lawful"]


def test_no_model_nor_sql_dates_an_extract_after_the_decision(
    scene: tuple[Walk, dict[str, Check], Engagement],
) -> None:
    """Neither the row that is there, nor a new one for her, nor one that had fallen away."""
    walk, rows, _engagement = scene
    tally = Tally()
    for code in EXTRACTS:
        check = rows[code]
        again = {"recorded_on": walk.on, "evidence_on": walk.on}
        for name, value in again.items():
            setattr(check, name, value)
        tally.attempt(f"{code} act", lambda c=check: in_act(c))
        tally.attempt(f"{code} bulk", lambda c=check, n=again: Check.objects.bulk_update([c], list(n)))
        check.refresh_from_db()
        tally.attempt(f"{code} past", lambda c=check, n=again: past_the_managers(c, **n))
        tally.attempt(f"{code} update", lambda c=check, n=again: raw_update(c, **n))
        new = Check.objects.get(pk=check.pk)
        new.pk = uuid4()
        tally.attempt(f"{code} insert", lambda r=new, n=again: raw_insert(r, **n))
        gone = {
            "state": "not_applicable",
            "outcome": "",
            "evidence_on": None,
            "recorded_on": None,
            "recorded_by": None,
        }
        if code != "crim_hvb":  # of which the place it is kept at stays told
            for name, value in gone.items():
                setattr(check, name, value)
            put(check, "check.begun")
            back = {"state": "done", "outcome": "shown", "recorded_by": walk.world.person("manager"), **again}
            tally.attempt(f"{code} back", lambda c=check, n=back: raw_update(c, **n))
    tally.require(6 * len(EXTRACTS) - 1)


@pytest.mark.parametrize(("form", "may"), [("hourly_pool", True), ("permanent", False)])
def test_a_pool_is_asked_again_as_each_booking_is_an_engagement(world: World, form: str, may: bool) -> None:
    walk = Walk(world, "assistant", form=form).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    case = walk.case()
    decision, extract = case.decision_of(finalist), case.check_named("crim_school", finalist)
    assert decision is not None
    assert extract is not None
    decision.decided_on = walk.on - timedelta(days=7)
    put(decision, "check.begun")
    tally = Tally()
    moved = {"recorded_on": walk.on - timedelta(days=1), "evidence_on": walk.on - timedelta(days=1)}
    tally.attempt("again", lambda: raw_update(extract, **moved))
    assert (tally.through == ["again"]) is may
