"""The catalogue, the rules and the pages about the service: made from the policy, open to whom it says."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from tests.recruitment.visit import client_of
from tests.recruitment.world import World
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.policy.profiles import PROFILES
from vetting.recruitment.views.about import demo_accounts


def in_parts(client: Client, address: str) -> str:
    """The page with each of its parts, by the links that it shows itself."""
    waiting, read = [address], dict[str, str]()
    while waiting:
        place = waiting.pop()
        if place not in read:
            read[place] = client.get(place).content.decode()
            waiting += [address + unescape(link) for link in re.findall(r'href="(\?[^"]+)"', read[place])]
    assert len(read) > 4
    return "".join(read.values())


def test_the_catalogue_holds_every_visible_check_and_no_inner_one(world: World) -> None:
    page = in_parts(client_of(world, "employee"), "/kontroller/")
    for check in CHECKPOINTS.values():
        assert (check.name in page) == (check.visible_to == "all"), check.code
        if check.visible_to == "all":
            assert GROUNDS[check.ground].statute in page
    for profile in PROFILES.values():
        assert (f">{profile.name}<" in page) == (profile.visible_to == "all"), profile.code


def test_the_rules_are_the_programs_own(world: World) -> None:
    page = in_parts(client_of(world, "employee"), "/regler/")
    assert "Lämnar säkerhetsyttranden" in page
    assert "Vem ser den här rekryteringen?" in page
    assert "Säkerhetsskyddsklass" not in page


@pytest.mark.parametrize("path", ["/kontroller/", "/regler/"])
def test_no_queries_beyond_the_sign_in(world: World, django_assert_max_num_queries: Any, path: str) -> None:
    client = client_of(world, "employee")
    client.get(path)
    with django_assert_max_num_queries(6):
        client.get(path)


@pytest.mark.parametrize("path", ["/om/tillganglighet/", "/om/personuppgifter/"])
def test_anybody_may_read_about_the_service(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies.get("session")


def test_there_is_no_page_of_accounts_outside_the_demonstration(db: None, settings: Any) -> None:
    assert Client().get("/demo/").status_code == 404
    settings.DEMO = True
    with pytest.raises(Http404):
        demo_accounts(RequestFactory().get("/demo/"))
