"""*Befattningar*: who may do what, four eyes on the risk, only ever more opinions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.organisation.models import Position
from vetting.policy.calendar import add_months
from vetting.recruitment.actions.position import create_position
from vetting.recruitment.case import Case

REASONS = "Kan påverka enskilda elevers vardag men inga pengar."


def url(world: World, key: str = "assistant", step: str = "") -> str:
    return f"/befattningar/{world.positions[key].pk}/{step}"


def again(world: World, key: str = "assistant") -> Position:
    return Position.objects.get(pk=world.positions[key].pk)


def test_the_list_holds_the_posts_in_reach(world: World) -> None:
    page = client_of(world, "other_hr").get("/befattningar/").content.decode()
    assert "Elevassistent" not in page
    page = client_of(world, "hr_head").get("/befattningar/").content.decode()
    assert "Elevassistent" in page
    assert "Upphandlare" in page
    assert client_of(world, "employee").get("/befattningar/").status_code == 404


def test_few_queries_whatever_the_number(world: World, django_assert_max_num_queries: Any) -> None:
    client = client_of(world, "hr_head")
    client.get("/befattningar/")
    with django_assert_max_num_queries(10):
        client.get("/befattningar/")
    with django_assert_max_num_queries(7):
        client.get(url(world))


def test_the_page_shows_checks_with_their_sections(world: World) -> None:
    page = client_of(world, "manager").get(url(world)).content.decode()
    assert "Skollagen (2010:800) 2:31–33" in page
    assert "Identitet" in page
    assert "Beslut 7" in page
    assert "Hr Head" in page
    assert client_of(world, "other_manager").get(url(world)).status_code == 404


def test_no_inner_profile_is_ever_shown_or_chosen(world: World) -> None:
    client = client_of(world, "hr")
    page = client.get("/befattningar/ny/").content.decode()
    assert "Säkerhetsskyddsklass" not in page
    data = filled(
        title="X", unit=str(world.units["school"].pk), form="permanent", profiles=["protective_class_1"]
    )
    assert client.post("/befattningar/ny/", data).status_code == 200
    assert not Position.objects.filter(title="X").exists()


def test_a_post_is_created_once(world: World) -> None:
    client = client_of(world, "hr")
    data = filled(
        title="Skolvärd", unit=str(world.units["school"].pk), form="permanent", profiles=["school"],
        q_teacher_post="nej",
    )  # fmt: skip
    first = client.post("/befattningar/ny/", data)
    assert first.status_code == 302
    assert client.post("/befattningar/ny/", data).status_code == 302
    made = Position.objects.get(title="Skolvärd")
    assert made.answers == {"teacher_post": False}
    assert made.risk_state == "none"


def test_a_form_with_a_fault_comes_back_as_typed(world: World) -> None:
    client = client_of(world, "hr")
    answer = client.post("/befattningar/ny/", filled(title="Skol\u202evärd", unit="", form="permanent"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "[U+202E]" in page
    assert "Rätta" in page


def test_a_unit_outside_ones_reach_is_no_choice(world: World) -> None:
    data = filled(title="Skolvärd", unit=str(world.units["school"].pk), form="permanent")
    assert client_of(world, "other_hr").post("/befattningar/ny/", data).status_code == 200
    assert not Position.objects.filter(title="Skolvärd").exists()
    assert client_of(world, "manager").get("/befattningar/ny/").status_code == 404


def test_one_assesses_and_another_confirms(world: World) -> None:
    typed = filled(level="3", reasons=REASONS, reference="Dnr 7", seen=again(world).entry_id)
    manager = client_of(world, "manager")
    assert manager.post(url(world, step="risk/"), typed).status_code == 302
    assert again(world).risk_state == "assessed"
    confirm = url(world, step="risk/faststall/")
    assert manager.get(confirm).status_code == 404
    head = client_of(world, "hr_head")
    assert "Bedömd av" in head.get(confirm).content.decode()
    typed = filled(decided_on=str(world.today), seen=again(world).entry_id)
    assert head.post(confirm, typed).status_code == 302
    found = again(world)
    assert found.risk_state == "confirmed"
    assert found.risk_level == 3
    assert str(add_months(world.today, 24).year) in head.get(url(world)).content.decode()


def test_a_manager_of_another_unit_assesses_nothing_here(world: World) -> None:
    assert client_of(world, "other_manager").get(url(world, step="risk/")).status_code == 404


def test_a_confirmed_analysis_is_not_confirmed_again(world: World) -> None:
    typed = filled(decided_on=str(world.today), seen=again(world).entry_id)
    answer = client_of(world, "hr_head").post(url(world, step="risk/faststall/"), typed)
    assert answer.status_code == 409
    assert Entry.objects.filter(action="action.refused").exists()


@pytest.mark.parametrize("day", ["2026-02-31", "2999-01-01", "1999-01-01"])
def test_a_day_that_cannot_be_is_told_by_the_field(world: World, day: str) -> None:
    client_of(world, "manager").post(
        url(world, step="risk/"),
        filled(level="3", reasons=REASONS, reference="D", seen=again(world).entry_id),
    )
    answer = client_of(world, "hr_head").post(
        url(world, step="risk/faststall/"), filled(decided_on=day, seen=again(world).entry_id)
    )
    assert answer.status_code == 200
    assert day in answer.content.decode()
    assert again(world).risk_state == "assessed"


def test_two_people_writing_the_analysis_see_both(world: World) -> None:
    seen = again(world).entry_id
    client = client_of(world, "manager")
    client.post(url(world, step="risk/"), filled(level="2", reasons=REASONS, reference="D", seen=seen))
    answer = client_of(world, "hr").post(
        url(world, step="risk/"), filled(level="4", reasons="Något helt annat här.", reference="D", seen=seen)
    )
    page = answer.content.decode()
    assert REASONS in page
    assert "Något helt annat här." in page
    assert again(world).risk_level == 2


def test_a_designated_post_gets_two_opinions(world: World) -> None:
    step = url(world, "clerk", "peka-ut/")
    assert client_of(world, "hr").get(step).status_code == 404
    typed = filled(section="KS § 41", decided_on=str(world.today - timedelta(days=1)))
    assert client_of(world, "registrar").post(step, typed).status_code == 302
    assert again(world, "clerk").is_designated_leading
    assert (
        client_of(world, "registrar").post(step, filled(**{**typed, "once": str(uuid4())})).status_code == 409
    )


def test_opinions_are_only_raised_and_with_the_password(world: World) -> None:
    step = url(world, "buyer", "yttranden/")
    asked = client_of(world, "security_head").post(step, filled(count="2"))
    assert asked.status_code == 401
    assert "lösenord" in asked.content.decode().lower()
    assert again(world, "buyer").min_approvers == 0
    client = client_of(world, "security_head", fresh=True)
    assert client.post(step, filled(count="1")).status_code == 200
    assert client.post(step, filled(count="2")).status_code == 302
    assert again(world, "buyer").min_approvers == 2
    assert Case.load(Walk(world, "buyer").open().pk).recruitment.approvers == 2
    assert client_of(world, "hr_head", fresh=True).get(step).status_code == 404


def test_a_retired_post_starts_nothing_new(world: World) -> None:
    step = url(world, step="avveckla/")
    client = client_of(world, "hr")
    once = {"once": str(uuid4())}
    assert client.post(step, once).status_code == 302
    assert client.post(step, once).status_code == 302
    assert client.post(step, {"once": str(uuid4())}).status_code == 409
    assert "Elevassistent" not in client.get("/befattningar/").content.decode()
    assert "Elevassistent" in client.get("/befattningar/?visa=avvecklade").content.decode()
    assert client.get(url(world, step="risk/")).status_code == 200
    assert "Bedöm risken" not in client.get(url(world)).content.decode()


def test_the_action_refuses_an_unknown_form(world: World) -> None:
    from vetting.recruitment.actions.errors import BadInput

    with pytest.raises(BadInput):
        create_position(
            by=world.actor("hr"), unit=world.units["school"], title="X", profiles=[], answers={},
            form="elected_office",
        )  # fmt: skip
