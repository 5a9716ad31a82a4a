"""*Granskning – Rekryteringar*: whoever reviews finds each recruitment, and every way from there opens."""

from __future__ import annotations

import re
from html import unescape

from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

PAGE = "/granskning/rekryteringar/"
LINK = re.compile(r'href="(/(?!static/)[^"#]*)')
WAY = re.compile(r'href="(/(?:granskning/)?rekryteringar/[0-9a-f-]{36}/[^"]+)"')


def test_each_is_there_for_whoever_reviews_it_and_every_way_opens(world: World) -> None:
    school, office = Walk(world, "assistant"), Walk(world, "buyer")
    world.hire("school_head", "hr_head", authority=world.authority)
    both = {school.pk, office.pk}
    sees = {
        "auditor": both,
        "security_head": both,
        # Not all that may be asked about a recruitment opens for each of them.
        "data_protection_officer": both,
        "school_head": {school.pk},
    }
    for name, expected in sees.items():
        client = client_of(world, name)
        page = client.get(PAGE).content.decode()
        ways = WAY.findall(page)
        shown = {walk.pk for walk in (school, office) if walk.case().recruitment.reference in page}
        assert shown == expected, name
        assert {pk for pk in both if any(str(pk) in way for way in ways)} == expected, name
        assert {client.get(way).status_code for way in ways} == {200}, name
        # The way back to the room and the menu as well: an HR head has this page without having the room.
        dead = [link for link in LINK.findall(page) if client.get(unescape(link)).status_code >= 400]
        assert not dead, name
    for name in ("administrator", "hr", "manager", "employee"):
        assert client_of(world, name).get(PAGE).status_code == 404, name


def test_a_reference_finds_one(world: World) -> None:
    one, other = Walk(world, "assistant").case().recruitment, Walk(world, "assistant").case().recruitment
    page = client_of(world, "auditor").get(PAGE, {"ref": other.reference.lower()}).content.decode()
    assert other.reference in page
    assert one.reference not in page
    nothing = client_of(world, "auditor").get(PAGE, {"ref": "R-1999"}).content.decode()
    assert "Ingen rekrytering med den beteckningen" in nothing
