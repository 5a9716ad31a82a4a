"""The same for those ticked: one confirmation, an entry for each, one notice; nothing statutory is done so."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from audit.models import Entry
from tests.harness.sent import sent_from
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.raw import raw_update
from tests.recruitment.rounds import entered, hr_of, in_homes, opened
from tests.recruitment.walk import evidence_for
from tests.recruitment.world import World
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.rounds import TOGETHER, may_be_noted_together
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.actions.together import note_together
from vetting.recruitment.models import Check

CODE = "population_register"


def said(client: Any, answer: Any) -> list[str]:
    return [str(message) for message in client.get(answer["Location"]).context["messages"]]


def fields_of(page: Any) -> dict[str, Any]:
    """The form as a browser would send it back."""
    return dict(sent_from(page.content.decode(), having="pick"))


def test_one_confirmation_one_entry_each_and_one_notice(world: World) -> None:
    walk = opened(world, in_homes(world), places=9)
    entered(walk, 5)
    walk.declare("hr", "manager")
    second = walk.case().candidacies[1]
    check = walk.case().check_named(CODE, second)
    assert check is not None
    walk.record(check)
    client = hr_of(world)
    grid = client.get(url("round_view", walk))
    (act,) = [each for each in grid.context["acts"] if CODE in each.url]
    page = client.get(act.url, {"k": ["K1", "K2", "K3"], "visa": "kvar"})
    assert page.context["people"] == "K1, K3"
    assert [(fact.label, fact.value) for fact in page.context["left_out"]] == [
        ("K2", "Kontrollen är redan klar.")
    ]
    # Somebody is quicker with K3: she falls out, and nobody else.
    third = walk.case().check_named(CODE, walk.case().candidacies[2])
    assert third is not None
    walk.record(third)
    before = Entry.objects.filter(subject=walk.pk, action="check.recorded").count()
    for press in range(2):
        answer = client.post(act.url, fields_of(page))
        assert answer.status_code == 302, press
        assert said(client, answer) == [
            "Gjort för 1 person: K1.", "Inte gjort för K3: Kontrollen är redan klar."
        ], press  # fmt: skip
    assert Entry.objects.filter(subject=walk.pk, action="check.recorded").count() == before + 1
    whole = client.get(act.url, {"alla": "1", "visa": "kvar"})
    assert whole.context["people"] == "K4–K5", "those for whom it can be done"
    client.post(act.url, fields_of(whole))
    rows = {c.label: walk.case().check_named(CODE, c) for c in walk.case().candidacies}
    assert all(row is not None and row.state == "done" for row in rows.values())
    together = {label for label, row in rows.items() if row is not None and row.together is not None}
    assert together == {"K1", "K4", "K5"}, "it is told which were noted with others"


def test_what_a_statute_demands_is_refused_by_page_form_action_and_database(world: World) -> None:
    walk = opened(world, in_homes(world), places=9)
    entered(walk, 2)
    walk.declare("hr", "manager")
    case, hr = walk.case(), world.actor("hr")
    client = hr_of(world)
    statutory = [code for code, spec in CHECKPOINTS.items() if not spec.waivable]
    assert {"id_check", "crim_school", "crim_home_care", "work_right", "license_hosp"} <= set(statutory)
    for code in statutory:
        assert not may_be_noted_together(code)
        assert client.get(url("note_together", walk, code=code) + "?alla=1").status_code == 404
        assert post(client, url("note_together", walk, code=code), pick="K1 K2").status_code == 404
        with pytest.raises(WrongState, match="one_by_one"):
            note_together(
                case, by=hr, people=case.candidacies, code=code, outcome="confirmed", evidence={}, once=uuid4()
            )  # fmt: skip
    identity = case.check_named("id_check", case.candidacies[0])
    assert identity is not None
    with pytest.raises(WrongState, match="one_by_one"):
        record_check(
            case, by=hr, check=identity, outcome="confirmed", evidence=evidence_for("id_check", walk.on),
            together=uuid4(),
        )  # fmt: skip
    page = client.get(url("round_view", walk))
    assert not [act for act in page.context["acts"] if any(code in act.url for code in statutory)]
    assert {column.code for column in page.context["grid"].columns if column.one_by_one} >= {"id_check"}
    row = Check.objects.get(candidacy=case.candidacies[0], code="id_check")
    with pytest.raises(IntegrityError, match="statutory_is_noted_one_by_one"):
        raw_update(row, together=uuid4().hex)
    assert not set(TOGETHER) & set(statutory)


def test_a_deviation_is_never_noted_for_several(world: World) -> None:
    walk = opened(world, in_homes(world), places=9)
    entered(walk, 2)
    walk.declare("hr", "manager")
    client = hr_of(world)
    page = client.get(url("note_together", walk, code=CODE), {"k": ["K1", "K2"]})
    offered = {code for code, _label in page.context["form"].fields["outcome"].choices}
    assert "differs" not in offered
    assert len(offered) == 1
    answer = client.post(url("note_together", walk, code=CODE), fields_of(page) | {"outcome": "to_assess"})
    assert answer.status_code == 422
    late = client.post(url("note_together", walk, code=CODE), fields_of(page) | {"checked_on": "2099-01-01"})
    assert late.status_code == 422
    assert "Datumet ligger i framtiden" in late.content.decode()
    assert not Entry.objects.filter(subject=walk.pk, action="check.recorded").exists()


def test_only_whoever_may_record_it_does(world: World) -> None:
    walk = opened(world, in_homes(world), places=9)
    entered(walk, 2)
    walk.declare("hr", "manager")
    where = url("note_together", walk, code=CODE)
    for name in ("other_hr", "employee"):
        assert signed_in(world, name).get(where + "?k=K1").status_code == 404
        assert post(signed_in(world, name), where, pick="K1").status_code == 404
    # The head of HR reads the page without an assignment here, so it can be done for nobody.
    page = signed_in(world, "hr_head").get(where + "?k=K1&k=K2")
    assert page.context["count"] == 0
    assert "Det går inte för någon av dem just nu" in page.content.decode()
    nobody = hr_of(world).get(where)
    assert nobody.status_code == 302, "nobody ticked"
