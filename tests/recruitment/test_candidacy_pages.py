"""Finalists: entered, changed, ordered, taken over, ended, protected - and shown only when opened."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.models import Entry
from tests.recruitment.pages import post, signed_in, step_up, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.crypto import keystore
from vetting.recruitment.models import Candidacy


def test_a_finalist_is_entered_once_with_name_and_contact(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    fields = {"once": str(uuid4()), "name": "Testa Persson", "contact": "0700-000000", "declares": "on"}
    for _click in range(2):
        answer = client.post(url("create_candidacy", walk), fields)
        assert answer.status_code == 302
    assert len(walk.case().candidacies) == 1
    page = client.get(url("recruitment_view", walk)).content.decode()
    assert "Testa Persson" not in page


def test_a_number_in_the_name_is_asked_about(world: World) -> None:
    walk = Walk(world, "assistant").open()
    answer = post(
        signed_in(world, "hr"), url("create_candidacy", walk), name="Tolvan Tolvansson 19121212-1212"
    )
    assert answer.status_code == 422
    assert "personnummer" in answer.content.decode()
    assert not walk.case().candidacies


@pytest.mark.parametrize("name", ["hr_head", "other_hr", "security_one", "employee"])
def test_others_enter_nobody(world: World, name: str) -> None:
    walk = Walk(world, "assistant").open()
    assert post(signed_in(world, name), url("create_candidacy", walk), name="X Y").status_code == 404


def test_uppgifter_are_shown_after_a_purpose_and_hidden_again(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    reveal = url("reveal_candidacy", walk, candidacy=finalist.pk)
    assert post(client, reveal).status_code == 422
    assert post(client, reveal, purpose="contact_candidate").status_code == 302
    entry = Entry.objects.get(action="candidacy.revealed")
    assert entry.facts["purpose"] == "contact_candidate"
    assert entry.facts["field"] == "contact|name"
    assert "Testa Persson" in client.get(url("recruitment_view", walk)).content.decode()
    other = signed_in(world, "manager")
    assert "Testa Persson" not in other.get(url("recruitment_view", walk)).content.decode()
    assert post(client, url("hide_candidacy", walk, candidacy=finalist.pk)).status_code == 302
    assert "Testa Persson" not in client.get(url("recruitment_view", walk)).content.decode()
    assert post(signed_in(world, "registrar"), reveal, purpose="disclosure").status_code == 404


def test_a_value_without_its_key_cannot_be_read_and_the_page_stands(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    post(client, url("reveal_candidacy", walk, candidacy=finalist.pk), purpose="contact_candidate")
    keystore.destroy(finalist.pk)
    answer = client.get(url("recruitment_view", walk))
    assert answer.status_code == 200
    assert "kan inte läsas" in answer.content.decode()


def test_changes_are_sealed_and_two_people_see_each_others(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("edit_candidacy", walk, candidacy=finalist.pk)
    form = client.get(address).context["form"]
    walk.answer_candidacy(finalist)
    typed = {"seen": form.seen_value, "contact": "0700-111111"}
    answer = post(client, address, **typed)
    assert answer.status_code == 422
    assert "0700-111111" in answer.content.decode()
    again = answer.context["form"]
    assert post(client, address, contact="0700-111111", seen=again.seen_value).status_code == 302
    page = client.get(address).content.decode()
    assert "number" not in client.get(address).context["form"].fields
    assert "0700-111111" not in page


def test_a_number_is_asked_only_where_a_check_needs_it(world: World) -> None:
    walk = Walk(world, "buyer").open({"company_roles_decided": True})
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("edit_candidacy", walk, candidacy=finalist.pk)
    seen = client.get(address).context["form"].seen_value
    answer = post(client, address, number="19121212-1213", seen=seen)
    assert answer.status_code == 422
    assert "Den sista siffran stämmer inte" in answer.content.decode()
    seen = answer.context["form"].seen_value
    assert post(client, address, number="19121212-1212", seen=seen).status_code == 302
    assert walk.case().candidacies[0].number_kind == "personnummer"


def test_order_reserve_and_take_over(world: World) -> None:
    walk = Walk(world, "assistant").open()
    first, second = walk.finalist("A B"), walk.finalist("C D")
    client = signed_in(world, "hr")
    assert post(client, url("rank_candidacies", walk), up="K2").status_code == 302
    assert [c.label for c in walk.case().candidacies] == ["K2", "K1"]
    assert post(client, url("set_reserve", walk, candidacy=second.pk)).status_code == 302
    walk.ready(first)
    assert post(client, url("withdraw_candidacy", walk, candidacy=first.pk)).status_code == 302
    walk.answer_candidacy(second)
    walk.finish({"finalist"}, second)
    page = client.get(url("recruitment_view", walk) + "?k=K2").content.decode()
    assert "Låt K2 ta över platsen" in page
    assert post(client, url("take_over_candidacy", walk, candidacy=second.pk)).status_code == 302
    assert walk.case().candidacy(second.pk).state == Candidacy.State.CHECKING


def test_going_on_waits_for_the_checks_and_a_forced_step_is_refused(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("proceed_candidacy", walk, candidacy=finalist.pk)
    assert post(client, address).status_code == 409
    assert Entry.objects.filter(action="action.refused").count() == 1
    walk.ready(finalist)
    assert post(client, address).status_code == 409
    assert post(signed_in(world, "manager"), address).status_code == 404


def test_not_selected_takes_a_neutral_reason(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("mark_not_selected", walk, candidacy=finalist.pk)
    assert post(client, address).status_code == 422
    assert post(client, address, reason="other_chosen").status_code == 302
    assert walk.case().candidacy(finalist.pk).end_reason == "other_chosen"
    assert "En annan slutkandidat valdes" in client.get(url("recruitment_view", walk)).content.decode()


def test_protected_identity_asks_for_the_password_and_is_told_to_handlers_alone(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    address = url("mark_protected", walk, candidacy=finalist.pk)
    fields = {"alias": "Linden", "kept_at": "kassaskåpet rum 4", "handlers": str(world.person_id("hr"))}
    assert "Testa" not in client.get(address).content.decode()
    post(client, address, **fields)
    assert not walk.case().candidacy(finalist.pk).is_protected, "the password is asked for first"
    step_up(client, world, "hr")
    assert post(client, address, **fields).status_code == 302
    assert walk.case().candidacy(finalist.pk).is_protected
    mine = client.get(url("recruitment_view", walk)).content.decode()
    assert "Linden" in mine
    assert "kassaskåpet rum 4" in mine
    theirs = signed_in(world, "manager").get(url("recruitment_view", walk)).content.decode()
    assert "Linden" not in theirs
    assert "hantering för hand" not in theirs
    assert "Uppgifterna visas bara för den som handlägger." in theirs
