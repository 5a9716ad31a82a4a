"""*Gallringsstopp* on its pages: the list, the hold, *Mitt arbete*, and the times for claims beside it."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.recruitment.holds import held_case, propose, stored
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.limitation import claim_times
from vetting.recruitment.actions.hold import set_hold
from vetting.recruitment.queries.holds import to_be_lifted
from vetting.web.days import day_or_dash


@pytest.fixture
def held(world: World) -> Walk:
    """A recruitment about which a claim has come in."""
    return held_case(world)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_the_way_of_a_hold_through_the_pages(held: Walk) -> None:
    world = held.world
    head, archivist = signed_in(world, "hr_head"), client_of(world, "archivist")
    case_page = page_of(head, url("recruitment_view", held))
    assert "Anspråk har kommit in" in case_page
    assert url("hold_view", held) in case_page
    assert "Anspråk inkommet" not in case_page
    assert head.get(url("set_legal_hold", held))["Location"] == url("hold_view", held)
    assert page_of(head, url("hold_view", held)).count('name="reason"') == 5
    assert post(head, url("propose_lift_hold", held)).status_code == 422
    assert post(head, url("propose_lift_hold", held), reason="claim_settled").status_code == 302
    own = page_of(head, url("hold_view", held))
    assert "Du har själv föreslagit" in own
    assert url("confirm_lift_hold", held) not in own
    assert post(head, url("confirm_lift_hold", held)).status_code == 404
    assert url("confirm_lift_hold", held) in page_of(archivist, url("hold_view", held))
    asked = post(archivist, url("confirm_lift_hold", held))
    assert asked.status_code == 401, "who it is is asked once more"
    assert stored(held).is_held
    archivist = client_of(world, "archivist", fresh=True)
    assert post(archivist, url("keep_hold", held), reason="not_final").status_code == 302
    assert post(head, url("propose_lift_hold", held), reason="claim_withdrawn").status_code == 302
    answer = post(archivist, url("confirm_lift_hold", held))
    assert (answer.status_code, answer["Location"]) == (302, url("hold_view", held))
    assert not stored(held).is_held
    assert "Hävt" in page_of(archivist, url("hold_view", held))
    timeline = page_of(head, url("recruitment_timeline", held))
    assert "hävde gallringsstoppet." in timeline
    assert "föreslog att gallringsstoppet hävs." in timeline
    assert "behöll gallringsstoppet." in timeline
    assert "Avgörandet är inte slutligt".lower() in timeline.lower()
    assert "Anspråk inkommet" in page_of(head, url("recruitment_view", held))


def test_the_list_and_my_work_tell_whom_it_waits_for(held: Walk) -> None:
    world = held.world
    other = Walk(world, "clerk").open()
    set_hold(other.case(), by=world.actor("hr"), ground="record_request")
    propose(held)
    work = reverse("work")
    for name in ("registrar", "archivist"):
        tasks = signed_in(world, name).get(work).context["tasks"]
        assert [task.url for task in tasks] == [url("hold_view", held)], name
    assert not [t for t in signed_in(world, "hr_head").get(work).context["tasks"] if "stopp" in t.name]
    assert to_be_lifted(world.actor("hr")) is None
    listed = reverse("hold_list")
    for name in ("hr", "hr_head", "registrar", "archivist", "data_protection_officer"):
        client = signed_in(world, name)
        answer = client.get(listed)
        shown = [row.recruitment.pk for row in answer.context["rows"]]
        assert shown == [held.pk, other.pk], name
        assert [link.count for link in answer.context["tabs"]] == [2, 1]
        assert listed in page_of(client, work)
        for row in answer.context["rows"]:
            client.get(reverse("hold_view", kwargs={"pk": row.recruitment.pk}))
        narrowed = client.get(listed, {"visa": "foreslagna"}).context["rows"]
        assert [row.recruitment.pk for row in narrowed] == [held.pk]
    assert not signed_in(world, "other_hr").get(listed).context["rows"]
    for name in ("manager", "security_head", "employee"):
        assert signed_in(world, name).get(listed).status_code == 404
        assert signed_in(world, name).get(url("hold_view", held)).status_code == 404
    assert "Inget gallras" not in page_of(signed_in(world, "manager"), url("recruitment_view", held))


def test_every_link_of_the_hold_opens_for_whoever_sees_it(held: Walk) -> None:
    for name in ("hr", "hr_head", "registrar", "archivist", "data_protection_officer"):
        client = signed_in(held.world, name)
        answer = client.get(url("hold_view", held))
        for address in (answer.context["case_url"], answer.context["set_url"]):
            assert not address or client.get(address).status_code == 200, (name, address)


def test_the_times_for_claims_run_from_the_day_the_decision_is_final() -> None:
    made, final = date(2026, 1, 15), date(2026, 2, 28)
    times = claim_times(made, final, is_reviewable=True)
    assert times is not None
    assert (times.starts_on, times.soonest, times.latest) == (final, date(2026, 6, 28), date(2028, 2, 28))
    assert claim_times(made, None, is_reviewable=True) is None
    of_company = claim_times(made, None, is_reviewable=False)
    assert of_company is not None
    assert of_company.latest == date(2028, 1, 15)


def test_the_page_tells_until_when_a_claim_can_come(held: Walk) -> None:
    walk = held
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    client = signed_in(walk.world, "hr_head")
    assert "Laga kraft är inte antecknad" in page_of(client, url("hold_view", walk))
    assert "räknas från laga kraft" in page_of(client, reverse("hold_list"))
    decision = walk.case().decisions[0]
    day = walk.on
    decision.reported_on = decision.minutes_approved_on = decision.posted_on = day
    decision.final_on = day + timedelta(days=21)
    put(decision)
    times = claim_times(day, decision.final_on, is_reviewable=True)
    assert times is not None
    for address in (url("hold_view", walk), reverse("hold_list")):
        assert day_or_dash(times.latest) in page_of(client, address)
