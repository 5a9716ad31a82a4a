"""One check: its law, its steps, what is to be assessed, and two people at the same time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from audit.models import Entry
from tests.recruitment.pages import post, signed_in, step_up, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.models import Check

TEXTS = {
    "relevant": "Uppdraget rör en leverantör.",
    "certain": "Uppgiften är från i år.",
    "condition": "Avstår i de ärendena.",
    "conclusion": "Risken kan hanteras.",
}


def started(world: World, code: str = "references") -> tuple[Walk, Check]:
    """A recruitment with one finalist, and one of her checks."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    found = walk.case().check_named(code, finalist)
    assert found is not None
    return walk, found


def test_the_law_stands_beside_the_check(world: World) -> None:
    walk, check = started(world)
    page = signed_in(world, "hr").get(url("check_view", walk, check=check.pk)).content.decode()
    for words in ("Lagstöd", "Giltighet", "Aldrig", "Referenser", "Blir normalt offentlig"):
        assert words in page


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["begin_check"], "in_progress"),
        (["ask_candidate"], "waiting_candidate"),
        (["ask_candidate", "record_answer"], "in_progress"),
        (["pause_check", "resume_check"], "in_progress"),
        (["mark_not_applicable", "restore_check"], "not_started"),
    ],
)
def test_each_step_is_one_press(world: World, steps: list[str], state: str) -> None:
    walk, check = started(world)
    client = signed_in(world, "hr")
    reasons = {"pause_check": "referee", "mark_not_applicable": "known_in_organisation"}
    for step in steps:
        answer = post(client, url(step, walk, check=check.pk), reason=reasons.get(step, ""))
        assert answer.status_code == 302, step
    assert walk.case().check(check.pk).state == state


def test_a_result_is_recorded_corrected_and_read(world: World) -> None:
    walk, check = started(world, "id_check")
    client = signed_in(world, "hr")
    fields = {"outcome": "confirmed", "id_type": "passport", "checked_on": walk.on.isoformat()}
    wrong = post(
        client, url("record_check", walk, check=check.pk), **{**fields, "id_type": ""}, seen=check.entry_id
    )
    assert wrong.status_code == 422
    assert "Fältet är tomt" in wrong.content.decode()
    assert (
        post(client, url("record_check", walk, check=check.pk), **fields, seen=check.entry_id).status_code
        == 302
    )
    again = post(
        client, url("record_check", walk, check=check.pk), **fields, seen=walk.case().check(check.pk).entry_id
    )
    assert again.status_code == 409
    assert post(client, url("reopen_check", walk, check=check.pk), reason="wrong_entry").status_code == 302
    assert walk.case().check(check.pk).state == "in_progress"
    reveal = url("reveal_check", walk, check=check.pk)
    assert post(client, reveal, purpose="correct_entry").status_code == 302
    assert "Pass" in client.get(url("check_view", walk, check=check.pk)).content.decode()
    assert Entry.objects.get(action="check.revealed").facts["check"] == "id_check"


def test_the_second_of_two_sees_both(world: World) -> None:
    walk, check = started(world, "id_check")
    manager = signed_in(world, "hr")
    walk.record(check, by="manager")
    fields = {"outcome": "confirmed", "id_type": "driving_licence", "checked_on": walk.on.isoformat()}
    answer = post(manager, url("record_check", walk, check=check.pk), **fields, seen=check.entry_id)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Sparat av någon annan medan du skrev" in page
    assert "Pass" in page
    assert 'value="driving_licence"' in page
    assert Entry.objects.filter(action="check.revealed").count() == 1


def test_what_is_to_be_assessed_follows_fixed_steps(world: World) -> None:
    walk, check = started(world, "id_check")
    client = signed_in(world, "hr")
    walk.record(check, "to_assess")
    at = {
        name: url(name, walk, check=check.pk) for name in ("notify_candidate", "record_reply", "assess_check")
    }
    assert "Kandidaten är informerad" in client.get(url("check_view", walk, check=check.pk)).content.decode()
    early: Any = post(client, at["assess_check"], **TEXTS)
    assert early.status_code == 422
    assert TEXTS["relevant"] in early.content.decode()
    assert post(client, at["notify_candidate"], told_on=walk.on.isoformat()).status_code == 302
    silent = post(client, at["record_reply"], reply="silent", replied_on=walk.on.isoformat())
    assert silent.status_code == 422
    assert "Tiden för svar har inte gått ut än." in silent.content.decode()
    assert (
        post(client, at["record_reply"], reply="replied", replied_on=walk.on.isoformat()).status_code == 302
    )
    assert post(signed_in(world, "manager"), at["assess_check"], **TEXTS).status_code == 404
    crime = post(client, at["assess_check"], **{**TEXTS, "conclusion": "Har medborgarskap i Norge."})
    assert crime.status_code == 422
    assert post(client, at["assess_check"], **TEXTS).status_code == 302
    assert walk.case().check(check.pk).state == "done"


def test_protective_security_is_one_row_set_by_that_function(world: World) -> None:
    walk = Walk(world, "secure").open()
    finalist = walk.finalist()
    walk.finish({"before_advert"})
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    hr = signed_in(world, "hr")
    assert post(hr, url("proceed_candidacy", walk, candidacy=finalist.pk)).status_code == 302
    check = walk.case().check_named("security_vetting", finalist)
    assert check is not None
    page = hr.get(url("check_view", walk, check=check.pk)).content.decode()
    assert "Inte begärd" in page
    assert "Anteckna resultat" not in page
    assert post(hr, url("request_vetting", walk, check=check.pk)).status_code == 302
    confirm = url("confirm_vetting", walk, check=check.pk)
    assert post(hr, confirm, done_on=walk.on.isoformat()).status_code == 404
    function = signed_in(world, "protective")
    assert post(function, confirm, done_on=walk.on.isoformat()).status_code == 401
    step_up(function, world, "protective")
    assert post(function, confirm, done_on=walk.on.isoformat()).status_code == 302
    assert walk.states(finalist)["security_vetting"] == "done"


def test_a_lapsed_check_says_so(world: World) -> None:
    walk, check = started(world, "references")
    walk.record(check)
    with time_machine.travel(walk.on + timedelta(days=200)):
        page = signed_in(world, "hr").get(url("check_view", walk, check=check.pk)).content.decode()
    assert "Behöver göras om (gick ut" in page


def test_what_was_good_at_the_decision_is_not_called_good_for_ever(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    check = walk.case().check_named("references", finalist)
    assert check is not None
    pages = [url("check_view", walk, check=check.pk), url("recruitment_view", walk) + "?k=K1"]
    with time_machine.travel(walk.on + timedelta(days=200)):
        for where in pages:
            page = signed_in(world, "hr").get(where).content.decode()
            assert "Klar vid beslutet (gick ut" in page, where


@pytest.mark.parametrize("name", ["other_hr", "employee", "administrator"])
def test_outside_scope_is_not_found(world: World, name: str) -> None:
    walk, check = started(world)
    client = signed_in(world, name)
    assert client.get(url("check_view", walk, check=check.pk)).status_code == 404
    assert post(client, url("begin_check", walk, check=check.pk)).status_code == 404
