"""What holds already with the same employer is taken over with one click, each check with its own entry."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from audit.models import Entry
from tests.policy.test_signed_off import agreed
from tests.recruitment.pages import signed_in, url
from tests.recruitment.test_never_reused_elsewhere import PERSON, Rows, finished
from tests.recruitment.test_propose_waiver import every_check
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment import search_index
from vetting.recruitment.models import Check

REUSE = {row["code"]: row["reuse"] for row in agreed("checkpoints")}
LEVEL = {row["code"]: row["belongs_to"] for row in agreed("checkpoints")}
WITHIN = {code for code, how in REUSE.items() if how == "within_limit" and LEVEL[code] != "position"}
BOX = re.compile(r'name="pick" value="([0-9a-f-]+):([0-9a-f-]+)"[^>]* checked')

Scene = tuple[Walk, Any, Rows, dict[str, Rows]]


@pytest.fixture
def scene(world: World) -> Scene:
    """The same person moves within the municipality; before, she was in it and with another employer."""
    found = {}
    for key, position in (("same", "assistant"), ("other", "clerk"), ("now", "assistant")):
        walk = Walk(world, position, form="internal_move" if key == "now" else "permanent").open()
        finalist = walk.finalist()
        search_index.store(walk.case().candidacy(finalist.pk), PERSON)
        if key == "now":
            walk.answer_candidacy(finalist)
        found[key] = (walk, finalist, every_check(walk, finalist))
    now, finalist, rows = found.pop("now")
    return now, finalist, rows, {key: finished(rows, walk) for key, (walk, _f, rows) in found.items()}


def page_of(scene: Scene, name: str = "hr") -> Any:
    walk, finalist, _rows, _earlier = scene
    return signed_in(walk.world, name).get(url("reuse_checks", walk, candidacy=finalist.pk))


def boxes(answer: Any) -> dict[str, str]:
    """Code → what its box sends."""
    found = BOX.findall(answer.content.decode())
    return {Check.objects.get(pk=check).code: f"{check}:{earlier}" for check, earlier in found}


def test_one_click_takes_over_all_that_holds(scene: Scene) -> None:
    walk, finalist, rows, earlier = scene
    hr = signed_in(walk.world, "hr")
    here = url("reuse_checks", walk, candidacy=finalist.pk)
    assert here in hr.get(f"/rekryteringar/{walk.pk}/?k=K1").content.decode()
    shown = page_of(scene)
    sent = boxes(shown)
    assert set(sent) == {code for code in WITHIN if "hr_officer" in CHECKPOINTS[code].performed_by}
    assert len(sent) > 2
    text = shown.content.decode()
    assert "görs bara skillnaden" in text
    assert earlier["same"]["id_check"].recruitment.reference in text
    assert "Högst 24 månader gammal" in text
    assert "Utdraget visas upp på nytt" in text
    fields = {"once": str(uuid4()), "pick": list(sent.values())}
    for _click in range(2):
        told = hr.post(here, fields, follow=True).content.decode()
        assert f"{len(sent)} tidigare kontroller används" in told
        assert "togs inte över" not in told
    for code in sent:
        row, old = Check.objects.get(pk=rows[code].pk), earlier["same"][code]
        assert (row.state, row.reused_from_id, row.evidence_on) == ("done", old.pk, old.evidence_on)
        assert row.recorded_by_id == walk.world.person_id("hr")
    told = Entry.objects.filter(action="check.reused", subject=walk.pk)
    assert sorted(str(each.facts["check"]) for each in told) == sorted(sent)
    assert boxes(page_of(scene)) == {}


def test_what_is_never_used_again_is_not_taken_whatever_is_sent(scene: Scene) -> None:
    walk, finalist, rows, earlier = scene
    forged = [f"{rows[code].pk}:{earlier['other'][code].pk}" for code in rows]
    forged += [f"{rows[code].pk}:{earlier['same'][code].pk}" for code in rows if code not in WITHIN]
    here = url("reuse_checks", walk, candidacy=finalist.pk)
    for name in ("hr", "manager", "security_one"):
        client = signed_in(walk.world, name)
        for picks in (forged, ["", "x:y"], [f"{uuid4()}:{uuid4()}"]):
            answer = client.post(here, {"once": str(uuid4()), "pick": picks}, follow=True)
            assert "kontroller används" not in answer.content.decode()
    assert [e.facts for e in Entry.objects.filter(action="check.reused")] == []
    assert not Check.objects.filter(reused_from__isnull=False).exists()


def test_why_the_others_do_not_hold_is_said(scene: Scene) -> None:
    walk, finalist, _rows, earlier = scene
    old, assessed, lapsed = (earlier["same"][code] for code in ("id_check", "education", "work_right"))
    old.evidence_on = walk.on - timedelta(days=800)
    assessed.has_deviated = True
    lapsed.valid_until = walk.on - timedelta(days=1)
    for row in (old, assessed, lapsed):
        put(row, "check.recorded")
    shown = page_of(scene)
    text = shown.content.decode()
    assert not {"id_check", "education", "work_right"} & set(boxes(shown))
    for said in (
        "är äldre än så",
        "har varit att bedöma",
        "har slutat gälla",
        "krävs i lag och görs på nytt",
    ):
        assert said in text, said
    # Nor does the check's own page offer what the act refuses.
    own = walk.case().check_named("education", walk.case().candidacy(finalist.pk))
    assert own is not None
    page = signed_in(walk.world, "hr").get(url("check_view", walk, check=own.pk)).content.decode()
    assert str(assessed.pk) not in page


def test_what_one_may_not_open_is_as_if_it_were_not_there(scene: Scene) -> None:
    walk, finalist, _rows, earlier = scene
    assert page_of(scene, "other_hr").status_code == 404
    text = page_of(scene).content.decode()
    assert earlier["other"]["id_check"].recruitment.reference not in text
    assert "Testa Persson" not in text
    search_index.store(walk.case().candidacy(finalist.pk), b"another person entirely .........")
    shown = page_of(scene)
    assert boxes(shown) == {}
    assert "Inget kan tas över nu" in shown.content.decode()
    assert "ingen tidigare hos samma arbetsgivare" in shown.content.decode()
