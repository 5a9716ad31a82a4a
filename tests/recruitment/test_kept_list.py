"""The list one came from is there when one has saved: over the links of the recruitment, its forms, and back."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponseRedirect, QueryDict
from django.test import Client, RequestFactory

from tests.recruitment.pages import signed_in, url
from tests.recruitment.test_in_list import beside, rows
from tests.recruitment.test_record_group import REFERENCES, shown
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.kept_list import LONGEST, KeepsList, with_list, with_query

LINK = re.compile(r'(?:href|action)="(/rekryteringar/[0-9a-f-]{36}/[^"]*)"')


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/", "/a/?lista=visa%3Dalla"),
        ("/a/?k=K1", "/a/?k=K1&lista=visa%3Dalla"),
        ("/a/?k=K1#x", "/a/?k=K1&lista=visa%3Dalla#x"),
    ],
)
def test_an_address_with_a_list(address: str, expected: str) -> None:
    assert with_list(address, "?visa=alla") == expected


def test_saving_leads_back_into_the_list(world: World) -> None:
    walks = [Walk(world, "assistant").open() for _each in range(2)]
    walks[0].finalist()
    client = signed_in(world, "hr")
    first = next(row for row in rows(client, "/rekryteringar/?visa=enhet") if str(walks[0].pk) in row)
    around = beside(client, first)
    assert around
    page = client.get(first).text
    forms = [html.unescape(found) for found in LINK.findall(page) if "/grupp/finalist/" in found]
    assert forms
    assert all("lista=visa%3Denhet" in address for address in forms)
    answer = client.post(forms[0], shown(client, forms[0]) | REFERENCES)
    assert answer.status_code == 302
    assert beside(client, answer["Location"]) == around


def test_every_step_leads_back_into_the_list(world: World) -> None:
    """A button of the recruitment's own that does its step at once and leads to an address of its own."""
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    here = with_list(url("recruitment_view", walk), "visa=enhet")
    hold = next(html.unescape(one) for one in LINK.findall(client.get(here).text) if "/pausa/" in one)
    form = client.get(hold).context["form"]
    answer = client.post(hold, {"reason": "holidays", "once": str(form.once_value)})
    assert answer["Location"].endswith("?lista=visa%3Denhet")


def test_nothing_is_carried_by_whoever_came_another_way_or_too_far(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    for address in (
        url("recruitment_view", walk),
        with_list(url("recruitment_view", walk), "q=" + "a" * LONGEST),
    ):
        assert not [one for one in LINK.findall(client.get(address).text) if "lista=" in one]


def test_older_events_keep_what_was_asked_for(world: World) -> None:
    assert with_query("/a/?lista=x", "visa=beslut&efter=4") == "/a/?lista=x&visa=beslut&efter=4"


def test_a_personal_number_in_the_address_is_not_carried_into_more_of_them(world: World) -> None:
    """Somebody has typed one: no link and no redirect spreads it, to the history and the logs of addresses."""
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    for written, carried in (("Testsson", True), ("19900101-0017", False), ("19900101%2D0017", False)):
        here = f"{url('recruitment_view', walk)}?lista=visa%3Dalla%26q%3D{written}"
        found = [one for one in LINK.findall(client.get(here).text) if "lista=" in one]
        assert bool(found) == carried, written
        assert not [one for one in found if "1990" in one]


def test_what_a_link_says_of_the_list_is_text_in_addresses(world: World) -> None:
    """No markup, no header of its own, and no address but the recruitment's."""
    walk = Walk(world, "assistant").open()
    client = signed_in(world, "hr")
    for hostile in (
        '"><b>x</b>',
        "//annan.example/",
        "javascript:alert(1)",
        "visa=alla\r\nX-Mine: 1",
        "\x00",
    ):
        here = with_list(url("recruitment_view", walk), hostile)
        page = client.get(here)
        assert page.status_code == 200
        assert hostile not in page.text
        links = [html.unescape(one) for one in LINK.findall(page.text) if "lista=" in one]
        assert {QueryDict(urlsplit(one).query)["lista"] for one in links} == {hostile}
        back = KeepsList(lambda request: HttpResponseRedirect(request.path))(RequestFactory().get(here))
        assert back["Location"] == here


def test_nothing_is_sent_anywhere_but_back_into_the_recruitment(world: World) -> None:
    """The list's own page has no list, and the way to the sign-in is not a page of the recruitment."""
    client = signed_in(world, "hr")
    page = client.get("/rekryteringar/?lista=visa%3Dalla")
    assert page.status_code == 200
    assert "Location" not in page.headers
    away = client.get("/rekryteringar/?q=19900101-0017&lista=x")
    assert away["Location"] == "/rekryteringar/?visa=mina&nummer=1"
    assert (
        Client().get("/rekryteringar/?lista=x")["Location"]
        == "/logga-in/?next=%2Frekryteringar%2F%3Flista%3Dx"
    )


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [
        ("/rekryteringar/1/a/", "/rekryteringar/1/a/?lista=x"),
        ("/rekryteringar/2/", "/rekryteringar/2/"),
        ("https://annan.example/rekryteringar/1/", "https://annan.example/rekryteringar/1/"),
        ("//annan.example/rekryteringar/1/", "//annan.example/rekryteringar/1/"),
    ],
)
def test_the_list_goes_along_within_the_same_recruitment_alone(elsewhere: str, expected: str) -> None:
    request = RequestFactory().get("/rekryteringar/1/?lista=x")
    assert KeepsList(lambda _request: HttpResponseRedirect(elsewhere))(request)["Location"] == expected


def test_row_by_row_one_comes_back_to_the_same_step_and_the_same_list(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    walk.declare("hr")
    client = signed_in(world, "hr")
    here = with_list(f"{url('note_each', walk)}?steg=fore", "visa=alla")
    page = client.get(here)
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    fields |= {
        "K1-id_check-outcome": "confirmed", "K1-id_check-id_type": "passport", "K1-id_check-checked_on": str(walk.on),
    }  # fmt: skip
    for _press in range(2):
        answer = client.post(here, fields | {"once": str(form.once_value)})
        assert QueryDict(urlsplit(answer["Location"]).query).dict() == {"steg": "fore", "lista": "visa=alla"}


def test_from_what_is_done_for_many_one_comes_back_to_the_same_part_and_the_same_list(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist()
    client = signed_in(world, "hr")
    page = client.get(with_list(f"{url('proceed_together', walk)}?k=K1&visa=kvar", "visa=alla"))
    assert QueryDict(urlsplit(page.context["back"]).query).dict() == {"visa": "kvar", "lista": "visa=alla"}
