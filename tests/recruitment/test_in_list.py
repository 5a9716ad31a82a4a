"""Backwards and forwards in the list one came from: its filter and order, and nothing that one may not see."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.recruitment.opinions import ask
from tests.recruitment.test_nothing_slips_behind import hear_and_assess, row
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.recruitment.actions.checks import reopen_check
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.queries.worklist_order import ORDERS

LINK = re.compile(r'rel="(prev|next)" href="([^"]+)"')
ROW = re.compile(r'<th scope="row"><a class="ds-link" href="(/(?:rekryteringar|godkannanden)/[^"]+)"')


def rows(client: Client, address: str) -> list[str]:
    """What the rows of the list lead to, in its order."""
    return [html.unescape(url) for url in ROW.findall(client.get(address).text)]


def beside(client: Client, address: str) -> dict[str, str]:
    return {rel: html.unescape(url) for rel, url in LINK.findall(client.get(address).text)}


def walked(client: Client, first: str) -> list[str]:
    """From the first row with *Nästa* to the last, and back again with *Föregående*: the same rows."""
    there = [first]
    while "next" in (links := beside(client, there[-1])):
        there.append(links["next"])
        assert len(there) < 20
    back = [there[-1]]
    while "prev" in (links := beside(client, back[-1])):
        back.append(links["prev"])
        assert len(back) < 20
    assert back == there[::-1]
    return there


@pytest.fixture
def several(world: World) -> list[Walk]:
    """Two posts, two without a planned start, two that start on one day; and one with another employer."""
    made = [Walk(world, "assistant", planned_start=world.today + timedelta(days=n)) for n in (9, 3, 3)]
    made += [Walk(world, "buyer", planned_start=None) for _n in range(2)]
    for number, walk in enumerate(made):
        recruitment = walk.case().recruitment
        recruitment.created_on = world.today - timedelta(days=number // 2)
        put(recruitment, "recruitment.edited")
    Walk(world, "clerk")
    return made


def test_one_walks_through_the_worklist_in_its_order(several: list[Walk], world: World) -> None:
    client = client_of(world, "hr")
    for order in ORDERS:
        listed = rows(client, f"/rekryteringar/?visa=enhet&ordning={order}")
        assert len(listed) == len(several) + 1, order
        assert walked(client, listed[0]) == listed, order
    filtered = rows(client, "/rekryteringar/?visa=enhet&q=Upphandlare")
    assert len(filtered) == 2
    assert walked(client, filtered[0]) == filtered


def test_it_costs_as_much_anywhere_in_the_list_and_nothing_without_one(
    several: list[Walk], world: World, django_assert_max_num_queries: Any
) -> None:
    client = client_of(world, "hr")
    listed = rows(client, "/rekryteringar/?visa=enhet")
    client.get(listed[0])
    with django_assert_max_num_queries(60) as alone:
        assert beside(client, listed[0].partition("?")[0]) == {}
    for address in (listed[0], listed[2], listed[-1]):
        with django_assert_max_num_queries(len(alone.captured_queries) + 3):
            client.get(address)


def test_nobody_is_led_to_what_she_may_not_see(several: list[Walk], world: World) -> None:
    shut = several[1]
    set_recusal(
        shut.case(), by=world.actor("security_head"), person_id=world.person_id("hr"), reason="Jäv i ärendet."
    )
    client = client_of(world, "hr")
    listed = rows(client, "/rekryteringar/?visa=alla")
    assert walked(client, listed[0]) == listed
    assert not any(str(shut.pk) in address for address in listed)
    here = f"/rekryteringar/{several[0].pk}/?lista=visa%3Dalla%26q%3D19800101-1234"
    assert "19800101" not in "".join(beside(client, here).values())
    for address in (f"/rekryteringar/{shut.pk}/", f"/rekryteringar/{shut.pk}/?lista=visa%3Dalla"):
        assert client.get(address).status_code == 404


def test_one_walks_through_the_queue(world: World) -> None:
    asked = [ask(world) for _each in range(2)]
    deviating = Walk(world, "buyer").open()
    finalist = deviating.finalist()
    deviating.ready(finalist)
    check = row(deviating, finalist, "references")
    reopen_check(deviating.case(), by=world.actor("hr"), check=check, reason="wrong_entry")
    deviating.record(check, "to_assess")
    hear_and_assess(deviating, check)
    asked.insert(1, (deviating, finalist, deviating.ask_opinion(finalist)))
    client = client_of(world, "security_one")
    for tab in ("oppna", "alla"):
        listed = rows(client, f"/godkannanden/?visa={tab}")
        assert len(listed) == 3
        assert str(asked[1][2]) in listed[0]
        assert walked(client, listed[0]) == listed
    # One's own opinion takes the row from the list; its neighbours are where they were.
    listed = rows(client, "/godkannanden/?visa=oppna")
    asked[0][0].vote(asked[0][2], "security_one")
    gone = f"/godkannanden/{asked[0][0].pk}/{asked[0][2]}/?lista=oppna"
    assert gone in listed[1:]
    assert beside(client, gone)["prev"] == listed[listed.index(gone) - 1]
    assert beside(client_of(world, "hr"), gone) == {}
