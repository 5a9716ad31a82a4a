"""No check that a statute demands is taken over from another employer, nor where the catalogue never lets it be."""

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
from tests.recruitment.walk import Walk, done_outcome
from tests.recruitment.world import World, put
from vetting.recruitment import search_index
from vetting.recruitment.actions.reuse import reuse_check
from vetting.recruitment.models import Check

REUSE = {row["code"]: row["reuse"] for row in agreed("checkpoints")}
NEVER = [code for code in STATUTORY if REUSE[code] == "never"]
WITHIN = [code for code in STATUTORY if REUSE[code] == "within_limit" and code != "role_risk"]
"""Facts of a person that one employer may use again; the risk analysis is of the post, and no row of a person's."""

Rows = dict[str, Check]
PERSON = b"one and the same person ........"


@pytest.fixture
def scene(world: World) -> tuple[Walk, Rows, dict[str, Rows]]:
    """The same person in three recruitments: now, and before with the same employer and with another one."""
    found = {}
    for key, position in (("same", "assistant"), ("other", "clerk"), ("now", "assistant")):
        walk = Walk(world, position).open()
        finalist = walk.finalist()
        search_index.store(walk.case().candidacy(finalist.pk), PERSON)
        if key == "now":
            walk.ready(finalist)
        found[key] = (walk, every_check(walk, finalist))
    now, rows = found.pop("now")
    return now, rows, {key: finished(each, walk) for key, (walk, each) in found.items()}


def finished(rows: Rows, walk: Walk) -> Rows:
    """Every row done yesterday."""
    on = walk.on - timedelta(days=1)
    for check in rows.values():
        check.state, check.outcome = "done", done_outcome(check.code)
        check.evidence_on = check.recorded_on = on
        check.recorded_by_id = walk.world.person_id("hr")
        put(check, "check.recorded")
    return rows


def test_no_act_does(scene: tuple[Walk, Rows, dict[str, Rows]]) -> None:
    walk, rows, earlier = scene
    tally = Tally()
    for name in ("hr", "manager"):
        by, case = walk.world.actor(name), walk.case()
        for code in STATUTORY:
            for key in ["other", "same"] if code in NEVER else ["other"]:
                tally.attempt(
                    f"{code} {key} {name}",
                    lambda c=code, k=key, now=case, who=by: reuse_check(
                        now, by=who, check=now.check(rows[c].pk), earlier=earlier[k][c]
                    ),
                )
    tally.require(2 * (len(STATUTORY) + len(NEVER)))


def test_no_form_does(scene: tuple[Walk, Rows, dict[str, Rows]]) -> None:
    walk, rows, earlier = scene
    tally = Tally()
    clients = {name: signed_in(walk.world, name) for name in ("hr", "manager")}
    for code, name, looks in visitors(("hr", "manager")):
        check = rows[code]
        if looks:
            page = clients[name].get(url("check_view", walk, check=check.pk)).content.decode()
            assert str(earlier["other"][code].pk) not in page, code
        sent = earlier["same" if code in NEVER else "other"][code].pk
        answer = post(clients[name], url("reuse_check", walk, check=check.pk), earlier=str(sent))
        unchanged = Check.objects.get(pk=check.pk).entry_id == check.entry_id
        tally.answered(f"{code} {name}", answer.status_code, unchanged and answer.status_code != 302)
    tally.require(len(STATUTORY) * (2 if FULL else 1))


def test_no_model_nor_sql_does(scene: tuple[Walk, Rows, dict[str, Rows]]) -> None:
    """In an act, in bulk, past the managers, by INSERT and by UPDATE."""
    walk, rows, earlier = scene
    tally = Tally()
    beside = walk.finalist("Annan Person")
    tries = [(code, "other") for code in STATUTORY] + [(code, "same") for code in NEVER]
    for code, key in tries:
        check, columns = rows[code], taken_over(walk, earlier[key][code])
        for name, value in columns.items():
            setattr(check, name, value)
        tally.attempt(f"{code} {key} act", lambda c=check: in_act(c))
        tally.attempt(
            f"{code} {key} bulk", lambda c=check, n=columns: Check.objects.bulk_update([c], list(n))
        )
        check.refresh_from_db()
        tally.attempt(f"{code} {key} past", lambda c=check, n=columns: past_the_managers(c, **n))
        tally.attempt(f"{code} {key} update", lambda c=check, n=columns: raw_update(c, **n))
        new = Check.objects.get(pk=check.pk)
        new.pk = uuid4()
        new.candidacy_id = beside.pk
        tally.attempt(f"{code} {key} insert", lambda r=new, n=columns: raw_insert(r, **n))
    tally.require(len(tries) * 5)


def taken_over(walk: Walk, earlier: Check) -> dict[str, Any]:
    """What a row says that has been taken over, in the form that is likeliest to be let through."""
    return {
        "state": "done",
        "outcome": earlier.outcome,
        "evidence_on": earlier.evidence_on,
        "recorded_on": walk.on,
        "recorded_by": walk.world.person("hr"),
        "reused_from": earlier,
        "valid_until": walk.on + timedelta(days=30),
    }


def test_nor_is_it_another_checks_or_its_own(scene: tuple[Walk, Rows, dict[str, Rows]]) -> None:
    walk, rows, earlier = scene
    tally = Tally()
    for code in WITHIN:
        for wrong in (earlier["same"]["references"], rows[code]):
            tally.attempt(code, lambda c=rows[code], w=wrong: raw_update(c, **taken_over(walk, w)))
    tally.require(2 * len(WITHIN))


def test_the_same_employers_is_taken_over_where_the_catalogue_says_so(
    scene: tuple[Walk, Rows, dict[str, Rows]],
) -> None:
    """So that the refusals above are for what they say."""
    walk, rows, earlier = scene
    tally = Tally()
    for code in WITHIN:
        tally.attempt(
            code, lambda c=rows[code], e=earlier["same"][code]: raw_update(c, **taken_over(walk, e))
        )
    assert tally.through == WITHIN
    case, licence = walk.case(), rows["license_hosp"]
    reuse_check(
        case, by=walk.world.actor("hr"), check=case.check(licence.pk), earlier=earlier["same"]["license_hosp"]
    )
    assert Check.objects.get(pk=licence.pk).reused_from_id == earlier["same"]["license_hosp"].pk


def test_a_number_that_only_one_of_them_has_says_nothing(scene: tuple[Walk, Rows, dict[str, Rows]]) -> None:
    """Without a number of her own she cannot be told to be the same person."""
    walk, rows, earlier = scene
    search_index.drop(walk.case().candidacies[0])
    tally, case = Tally(), walk.case()
    for code in WITHIN:
        tally.attempt(
            code,
            lambda c=code: reuse_check(
                case, by=walk.world.actor("hr"), check=case.check(rows[c].pk), earlier=earlier["same"][c]
            ),
        )
    tally.require(len(WITHIN))
