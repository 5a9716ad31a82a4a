"""Opening: every question answered, the risk analysis in force, the declaration given."""

from __future__ import annotations

from datetime import timedelta

from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put

ANSWERS = {"q-redeployment_case": "no", "q-priority_holder": "no", "declares": "on"}
INHERITED = {"q-union_local_agreement": "no", "q-formal_requirement": "no", "q-teacher_post": "no"}


def test_the_questions_open_it(world: World) -> None:
    walk = Walk(world, "assistant")
    client = signed_in(world, "hr")
    page = client.get(url("open_recruitment", walk)).content.decode()
    assert "Ärvt från befattningen" in page
    assert "Innan beslut fattas gör vi" in page
    assert post(client, url("open_recruitment", walk), **ANSWERS, **INHERITED).status_code == 302
    assert walk.case().recruitment.state == "open"
    assert walk.case().recusal_of(world.person_id("hr")) is not None


def test_an_unanswered_question_stops_it_and_the_rest_is_kept(world: World) -> None:
    walk = Walk(world, "assistant")
    client = signed_in(world, "hr")
    fields = {**ANSWERS, **INHERITED, "q-priority_holder": ""}
    answer = post(client, url("open_recruitment", walk), **fields)
    assert answer.status_code == 422
    assert "Svara ja eller nej." in answer.content.decode()
    assert answer.context["form"]["q-redeployment_case"].value() == "no"
    assert walk.case().recruitment.state == "draft"


def test_a_lapsed_risk_analysis_is_named_with_its_link(world: World) -> None:
    position = world.positions["assistant"]
    position.risk_decided_on = world.today - timedelta(days=900)
    put(position)
    walk = Walk(world, "assistant")
    client = signed_in(world, "hr")
    page = client.get(url("open_recruitment", walk)).content.decode()
    assert "Riskbedömningen av befattningen gäller inte" in page
    answer = post(client, url("open_recruitment", walk), **ANSWERS, **INHERITED)
    assert answer.status_code == 422
    assert walk.case().recruitment.state == "draft"


def test_it_opens_once_and_only_within_scope(world: World) -> None:
    walk = Walk(world, "assistant").open()
    assert signed_in(world, "hr").get(url("open_recruitment", walk)).status_code == 409
    assert (
        post(signed_in(world, "hr"), url("open_recruitment", walk), **ANSWERS, **INHERITED).status_code == 409
    )
    for name in ("other_hr", "hr_head", "security_one", "employee"):
        assert post(signed_in(world, name), url("open_recruitment", walk)).status_code == 404
