"""*Fördela* and *Lämna ifrån mig* for ticked rows: one reason, an entry each, as each door allows."""

from __future__ import annotations

from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.case import Case

ASSIGNED = "recruitment.assigned"


def address(name: str, *walks: Walk) -> str:
    """The page for these rows."""
    return f"{reverse(name)}?visa=alla&" + urlencode([("pick", walk.pk) for walk in walks])


def said(client: Client) -> str:
    """The list with the notices of what was done."""
    return unescape(client.get(reverse("recruitment_list")).content.decode())


def handlers(walk: Walk) -> set[str]:
    """User names of those who have an assignment."""
    return {grant.user.username for grant in Case.load(walk.pk).grants}


@pytest.fixture
def three(world: World) -> list[Walk]:
    """Two at the school and one in the administration; `hr` has all three."""
    return [Walk(world, "assistant"), Walk(world, "assistant"), Walk(world, "clerk")]


def test_the_list_has_boxes_for_whoever_may_assign(world: World, three: list[Walk]) -> None:
    for name, may in (("hr", True), ("hr_head", True), ("manager", False), ("registrar", False)):
        page = client_of(world, name).get(reverse("recruitment_list") + "?visa=alla").content.decode()
        assert ('name="pick"' in page, reverse("release_ticked") in page) == (may, may), name


def test_one_reason_and_an_entry_for_each_and_a_second_click_does_nothing(
    world: World, three: list[Walk]
) -> None:
    client = client_of(world, "hr_head")
    account = world.hire("new_hr", "hr_officer", unit=world.units["school"])
    url = address("assign_ticked", *three)
    page = client.get(url)
    assert [case.pk for case in page.context["cases"]] == sorted(
        (walk.pk for walk in three), key=lambda pk: Case.load(pk).recruitment.reference
    )
    before = Entry.objects.filter(action=ASSIGNED).count()
    data = filled(who=f"{account.pk}:hr_officer", reason="workload")
    for _click in range(2):
        assert client.post(url, data).status_code == 302
        told = said(client)
        assert "2 uppdrag är givna." in told
        reference = three[2].case().recruitment.reference
        assert f"{reference} ändrades inte: Personen har inte rollen i den enheten" in told
    new = Entry.objects.filter(action=ASSIGNED).order_by("id")[before:]
    assert {entry.subject for entry in new} == {three[0].pk, three[1].pk}
    assert {entry.facts["reason_code"] for entry in new} == {"workload"}
    assert len(new) == 2
    assert ["new_hr" in handlers(walk) for walk in three] == [True, True, False]
    assert client.post(url, {**data, "once": str(uuid4())}).status_code == 302
    assert said(client).count("Personen har redan uppdraget.") == 2


def test_ones_own_are_given_back_and_no_others(world: World, three: list[Walk]) -> None:
    client = client_of(world, "hr")
    url = address("release_ticked", *three)
    assert len(client.get(url).context["cases"]) == 3
    data = filled(reason="absence")
    for _click in range(2):
        assert client.post(url, data).status_code == 302
        assert "Du har lämnat 3 uppdrag." in said(client)
    assert [handlers(walk) for walk in three] == [set(), set(), set()]
    assert all(walk.case().recruitment.responsible_id is None for walk in three)
    page = client.get(url)
    assert page.context["cases"] == []
    assert "Du kan inte fördela uppdrag där." in page.content.decode()
    page = client_of(world, "hr_head").get(url).content.decode()
    assert page.count("Du har inget uppdrag som handläggare där.") == 3


def test_only_what_each_rows_door_allows(world: World, three: list[Walk]) -> None:
    """Outside one's assignments, where one stands aside, and out of sight: named with why, or only counted."""
    account = world.hire("new_hr", "hr_officer", unit=world.units["school"])
    set_recusal(
        three[0].case(),
        by=world.actor("security_head"),
        person_id=world.person_id("hr_head"),
        reason="Är släkt med en.",
    )
    data = filled(who=f"{account.pk}:hr_officer", reason="workload")
    head = client_of(world, "hr_head")
    url = address("assign_ticked", three[0], three[1])
    assert "1 rad finns inte i din lista längre." in unescape(head.get(url).content.decode())
    head.post(url, data)
    assert ["new_hr" in handlers(walk) for walk in three] == [False, True, False]
    stranger = client_of(world, "other_hr")
    page = unescape(stranger.post(address("assign_ticked", *three), data).content.decode())
    assert "3 rader finns inte i din lista längre." in page
    refused = Entry.objects.filter(action="access.refused").count()
    newcomer = Client()
    newcomer.force_login(account)  # she sees the unit's recruitments, and may assign in her own alone
    newcomer.post(
        address("assign_ticked", three[0]), filled(who=f"{world.accounts['hr'].pk}:hr_officer", reason="left")
    )
    assert Entry.objects.filter(action="access.refused").count() == refused + 1
    for name in ("manager", "employee", "auditor"):
        assert client_of(world, name).get(address("assign_ticked", *three)).status_code == 404


def test_nobody_assigns_herself_and_rubbish_is_nothing(world: World, three: list[Walk]) -> None:
    client = client_of(world, "hr_head")
    url = address("assign_ticked", *three)
    own = world.accounts["hr_head"]
    assert client.post(url, filled(who=f"{own.pk}:hr_head", reason="workload")).status_code == 200
    for wrong in ("", "?pick=x", "?pick="):
        for name in ("assign_ticked", "release_ticked"):
            for answer in (client.get(reverse(name) + wrong), client.post(reverse(name) + wrong)):
                assert answer.status_code == 200
                assert "Kryssa i minst en rad." in answer.content.decode()
                assert "messages" not in answer.cookies, (
                    "a page that is opened leaves nothing for the next one"
                )
    assert (
        len(client.get(address("assign_ticked") + f"pick={uuid4()}&pick={three[0].pk}").context["cases"]) == 1
    )


def test_the_page_costs_the_same_for_many(world: World) -> None:
    client = client_of(world, "hr_head")
    counted = []
    for size in (2, 12):
        walks = [Walk(world, "assistant") for _each in range(size)]
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address("assign_ticked", *walks)).status_code == 200
        counted.append(len(caught))
    assert counted[0] == counted[1] <= 20, [query["sql"][:120] for query in caught.captured_queries]
