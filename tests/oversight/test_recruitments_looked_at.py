"""*Granskning – Rekryteringar*: whoever reviews finds each recruitment, and every way from there opens."""

from __future__ import annotations

import re

from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

PAGE = "/granskning/rekryteringar/"
WAY = re.compile(r'href="(/(?:granskning/)?rekryteringar/[0-9a-f-]{36}/[^"]+)"')


def test_each_is_there_for_whoever_reviews_it_and_every_way_opens(world: World) -> None:
    school, office = Walk(world, "assistant"), Walk(world, "buyer")
    seen = {"auditor": {school.pk, office.pk}, "security_head": {school.pk, office.pk}, "administrator": None}
    for name, expected in {**seen, "hr": None, "manager": None, "employee": None}.items():
        client = client_of(world, name)
        answer = client.get(PAGE)
        if expected is None:
            assert answer.status_code == 404, name
            continue
        ways = WAY.findall(answer.content.decode())
        assert len(ways) >= 4 * len(expected), name
        assert all(any(str(pk) in way for way in ways) for pk in expected), name
        assert {client.get(way).status_code for way in ways} == {200}, name


def test_a_reference_finds_one(world: World) -> None:
    one, other = Walk(world, "assistant").case().recruitment, Walk(world, "assistant").case().recruitment
    page = client_of(world, "auditor").get(PAGE, {"ref": other.reference.lower()}).content.decode()
    assert other.reference in page
    assert one.reference not in page
    nothing = client_of(world, "auditor").get(PAGE, {"ref": "R-1999"}).content.decode()
    assert "Ingen rekrytering med den beteckningen" in nothing
