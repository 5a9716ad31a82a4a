"""The recruitment as a whole: taken, paused, changed, settled, cancelled, closed."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World


def test_pause_and_take_up_again(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    assert post(client, url("hold_recruitment", walk)).status_code == 422
    assert post(client, url("hold_recruitment", walk), reason="holidays").status_code == 302
    page = client.get(url("recruitment_view", walk)).content.decode()
    assert "Pausad sedan" in page
    assert "Återuppta rekryteringen" in page
    assert post(client, url("hold_recruitment", walk), reason="holidays").status_code == 409
    assert post(client, url("resume_recruitment", walk)).status_code == 302
    assert not walk.case().recruitment.on_hold


def test_open_facts_are_changed_by_one_at_a_time(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    seen = client.get(url("edit_recruitment", walk)).context["form"].seen_value
    fields = {"planned_start": "2027-01-11", "places": "2"}
    assert post(client, url("edit_recruitment", walk), **fields, seen=seen).status_code == 302
    assert walk.case().recruitment.places == 2
    late = post(client, url("edit_recruitment", walk), **{**fields, "places": "3"}, seen=seen)
    assert late.status_code == 422
    assert "Någon annan har sparat här" in late.content.decode()
    bad = post(client, url("edit_recruitment", walk), **{**fields, "places": "900"}, seen=seen)
    assert "mellan 1 och 500" in bad.content.decode()


def test_cancelled_with_a_neutral_reason_and_the_day_they_were_told(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "manager")
    late = post(client, url("cancel_recruitment", walk), reason="budget", informed_on="2099-01-01")
    assert late.status_code == 422
    fields = {"reason": "budget", "informed_on": walk.on.isoformat()}
    assert post(client, url("cancel_recruitment", walk), **fields).status_code == 302
    assert walk.case().recruitment.state == "cancelled"
    assert "Medel saknas".lower() in client.get(url("recruitment_view", walk)).content.decode().lower()
    assert post(signed_in(world, "hr"), url("cancel_recruitment", walk), **fields).status_code == 404


def test_settling_and_closing_wait_for_what_is_left(world: World) -> None:
    walk = Walk(world, "assistant", places=2).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    client = signed_in(world, "manager")
    assert post(client, url("settle_places", walk), reason="fewer_needed").status_code == 302
    walk.start(finalist)
    assert walk.case().recruitment.state == "onboarding"
    assert "Avsluta rekryteringen" in client.get(url("close_recruitment", walk)).content.decode()
    walk.finish({"employment"}, finalist)
    assert post(client, url("close_recruitment", walk)).status_code == 302
    assert walk.case().recruitment.state == "closed"
    assert post(client, url("reopen_recruitment", walk), reason="place_free_again").status_code == 409


def test_an_officer_of_the_unit_takes_what_waits(world: World) -> None:
    walk = Walk(world, "assistant")
    world.hire("second_hr", "hr_officer", unit=world.units["school"], manager="head")
    client = signed_in(world, "second_hr")
    assert post(client, url("join_recruitment", walk)).status_code == 302
    assert Entry.objects.filter(action="recruitment.joined").count() == 1
    assert post(signed_in(world, "manager"), url("join_recruitment", walk)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["hold_recruitment", "resume_recruitment", "settle_places", "cancel_recruitment", "close_recruitment",
     "reopen_recruitment", "edit_recruitment"],
)  # fmt: skip
def test_outside_scope_is_not_found(world: World, name: str) -> None:
    walk = Walk(world, "assistant").open()
    assert signed_in(world, "other_hr").get(url(name, walk)).status_code == 404
    assert post(signed_in(world, "employee"), url(name, walk)).status_code == 404


def test_the_registrar_notes_the_diarys_number(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "registrar")
    seen = client.get(url("set_diary", walk)).context["form"].seen_value
    assert post(client, url("set_diary", walk), diary_number="UBN 2026/17", seen=seen).status_code == 302
    assert walk.case().recruitment.diary_number == "UBN 2026/17"
    assert post(signed_in(world, "manager"), url("set_diary", walk), diary_number="X").status_code == 404


def test_a_claim_stops_disposal_once(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    assert post(client, url("set_legal_hold", walk), reason="claim").status_code == 302
    assert walk.case().recruitment.legal_hold_since == walk.on
    assert post(client, url("set_legal_hold", walk), reason="claim").status_code == 409
    assert post(signed_in(world, "other_hr"), url("set_legal_hold", walk), reason="claim").status_code == 404


def test_an_act_the_door_refuses_leaves_an_entry_and_a_reading_leaves_none(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "other_hr")
    before = Entry.objects.filter(action="access.refused").count()
    assert client.get(url("hold_recruitment", walk)).status_code == 404
    assert Entry.objects.filter(action="access.refused").count() == before
    assert post(client, url("hold_recruitment", walk), reason="holidays").status_code == 404
    assert Entry.objects.filter(action="access.refused").count() == before + 1
