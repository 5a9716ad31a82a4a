"""*Vem ser den här rekryteringen?*: exactly those for whom the door says yes; assignments given and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.actor import load_actor
from vetting.access.door import ask
from vetting.accounts.models import Account
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.queries.readers import access_to

STORY = "Vi har arbetat nära varandra i två år."


def by_the_door(walk: Walk) -> set[Any]:
    """Every active account for which the door says yes, asked one by one."""
    case = walk.case()
    return {
        account.pk
        for account in Account.objects.filter(is_active=True).select_related("person")
        if ask(actor := load_actor(account), "recruitment.view", case.facts_for(actor)).allowed
    }


@pytest.mark.parametrize("position", ["assistant", "buyer", "clerk", "secure"])
def test_it_is_the_doors_own_answer(world: World, position: str) -> None:
    Account.objects.create_user("second", None, person=world.person("manager"))
    Account.objects.create_user("closed", None, person=world.person("hr_head"), is_active=False)
    walk = Walk(world, position)
    assert access_to(walk.case()).accounts == by_the_door(walk)
    walk.open()
    walk.finalist()
    assert access_to(walk.case()).accounts == by_the_door(walk)
    give_declaration(walk.case(), by=world.actor("hr"), interest=STORY)
    assert access_to(walk.case()).accounts == by_the_door(walk)


def test_it_follows_an_opinion_and_an_end(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    assert access_to(walk.case()).accounts == by_the_door(walk)
    walk.vote(opinion, "security_one")
    assert access_to(walk.case()).accounts == by_the_door(walk)
    from vetting.recruitment.actions.endings import cancel_recruitment

    cancel_recruitment(walk.case(), by=world.actor("manager"), reason="budget", informed_on=world.today)
    assert world.accounts["archivist"].pk in access_to(walk.case()).accounts
    assert access_to(walk.case()).accounts == by_the_door(walk)


def test_every_reader_has_a_reason(world: World) -> None:
    walk = Walk(world, "assistant").open()
    for reader in access_to(walk.case()).readers:
        assert reader.reasons, reader.name
    page = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/atkomst/").content.decode()
    assert "Ansvarig chef för rekryteringen" in page
    assert "enligt uppdrag KS 2024/17" in page
    assert "Tilldelad som HR-handläggare av Hr" in page


def test_the_recused_are_told_apart(world: World) -> None:
    walk = Walk(world, "assistant").open()
    give_declaration(walk.case(), by=world.actor("manager"), interest=STORY)
    page = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/atkomst/").content.decode()
    table, aside = page.split("app-side", 1)
    assert ">Manager<" not in table.split("<main", 1)[1]
    assert "Manager" in aside


def test_who_stands_aside_is_told_to_those_who_may_list_it(world: World) -> None:
    walk = Walk(world, "assistant").open()
    give_declaration(walk.case(), by=world.actor("hr"), interest=STORY)
    for name, told in (
        ("manager", True), ("hr_head", True), ("security_head", True), ("auditor", True),
        ("data_protection_officer", False),
    ):  # fmt: skip
        answer = client_of(world, name).get(f"/rekryteringar/{walk.pk}/atkomst/")
        assert answer.status_code == 200, name
        aside = [who for who, _words, _day in answer.context["aside"]]
        assert aside == (["Hr"] if told else []), name
        assert ("Rekryteringen syns inte för dem" in answer.content.decode()) is told, name


def test_readings_outside_assignments_are_shown_and_this_page_is_one(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client_of(world, "auditor").get(f"/rekryteringar/{walk.pk}/atkomst/")
    assert Entry.objects.filter(action="recruitment.access_viewed").count() == 1
    page = client_of(world, "hr").get(f"/rekryteringar/{walk.pk}/atkomst/").content.decode()
    assert "Auditor" in page.split("Har läst", 1)[1]
    assert Entry.objects.filter(action="recruitment.access_viewed").count() == 1


def test_who_may_ask_follows_the_matrix(world: World) -> None:
    walk = Walk(world, "assistant")
    url = f"/rekryteringar/{walk.pk}/atkomst/"
    allowed = {"hr", "manager", "hr_head", "security_head", "auditor", "data_protection_officer"}
    for name in world.accounts:
        expected = 200 if name in allowed else 404
        if name == "head":
            continue  # substitutes, where there are any, are the door's affair
        assert client_of(world, name).get(url).status_code == expected, name


def test_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = client_of(world, "hr")
    url = f"/rekryteringar/{walk.pk}/atkomst/"
    client.get(url)
    with django_assert_max_num_queries(23):
        client.get(url)


def test_an_assignment_is_given_once_and_taken_back(world: World) -> None:
    walk = Walk(world, "assistant")
    url = f"/rekryteringar/{walk.pk}/uppdrag/"
    client = client_of(world, "hr_head")
    account = world.hire("new_hr", "hr_officer", unit=world.units["school"])
    data = filled(who=f"{account.pk}:hr_officer", reason="workload")
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    grants = [g for g in walk.case().grants if g.user_id == account.pk]
    assert len(grants) == 1
    back = f"{url}{grants[0].pk}/"
    assert client.get(back).status_code == 200
    assert client.post(back, filled(reason="left")).status_code == 302
    assert not [g for g in walk.case().grants if g.user_id == account.pk]
    assert client.get(back).status_code == 404


def test_nobody_assigns_herself_or_somebody_out_of_reach(world: World) -> None:
    walk = Walk(world, "assistant")
    url = f"/rekryteringar/{walk.pk}/uppdrag/"
    client = client_of(world, "hr_head")
    for name in ("hr_head", "other_hr", "security_one"):
        role = "hr_head" if name == "hr_head" else "hr_officer"
        answer = client.post(url, filled(who=f"{world.accounts[name].pk}:{role}", reason="workload"))
        assert answer.status_code == 200, name
    assert len(walk.case().grants) == 1
    assert client_of(world, "manager").get(url).status_code == 404
