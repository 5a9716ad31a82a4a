"""*Vem har läst den här rekryteringen?*: per person, with what, when and why; asking is itself recorded first."""

from __future__ import annotations

import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from audit import clock
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.oversight.queries import readings
from vetting.recruitment.models import Recusal


def address(walk: Walk) -> str:
    return f"/granskning/rekryteringar/{walk.pk}/lasningar/"


def open_details(world: World, walk: Walk, candidacy: object, name: str = "hr") -> None:
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{candidacy}/visa/"
    assert client_of(world, name).post(url, filled(purpose="contact_candidate")).status_code == 302


def test_it_gathers_readings_per_person_with_purpose(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist("Kim Kanariesson")
    open_details(world, walk, finalist.pk)
    client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/")
    open_details(world, walk, finalist.pk)
    answer = client_of(world, "auditor").get(address(walk))
    readers = answer.context["readers"]
    assert [reader.name for reader in readers] == ["Hr", "Security Head"]
    assert len(readers[0].readings) == 2
    assert "(kontakta kandidaten)" in readers[0].readings[0].what
    assert "utanför sina uppdrag" in readers[1].readings[0].what
    assert "Kanariesson" not in answer.content.decode()


def test_asking_is_recorded_before_it_is_shown_and_shows_next_time(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = client_of(world, "data_protection_officer")
    first = client.get(address(walk)).content.decode()
    entry = Entry.objects.get(action="log.readers_viewed")
    assert entry.subject == walk.pk
    assert entry.actor_role == "data_protection_officer"
    assert "Ingen läsning är antecknad" in first
    assert "läste vilka som läst rekryteringen" in client.get(address(walk)).content.decode()


def test_who_may_ask_follows_the_matrix_and_the_recused_meet_404(world: World) -> None:
    walk = Walk(world, "clerk").open()
    allowed = {"hr_head", "security_head", "data_protection_officer", "auditor"}
    for name in world.accounts:
        expected = 200 if name in allowed else 404
        assert client_of(world, name).get(address(walk)).status_code == expected, name
    put(
        Recusal(
            recruitment=walk.case().recruitment,
            person=world.person("hr_head"),
            state="declared",
            declared_on=world.today,
            changed_at=clock.now(),
        )
    )
    client = client_of(world, "hr_head")
    before = Entry.objects.count()
    assert client.get(address(walk)).status_code == 404
    assert Entry.objects.count() == before


def test_a_protected_member_of_staff_is_told_by_role_alone(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client_of(world, "security_head").get(f"/rekryteringar/{walk.pk}/")
    person = world.person("security_head")
    person.is_protected = True
    put(person)
    page = client_of(world, "auditor").get(address(walk)).content.decode()
    assert "Säkerhetschef" in page
    assert "Security Head" not in page


def test_every_link_leads_somewhere_for_whoever_reads_it(world: World) -> None:
    walk = Walk(world, "clerk").open()
    for name in ("auditor", "data_protection_officer", "security_head", "hr_head"):
        client = client_of(world, name)
        page = client.get(address(walk)).content.decode()
        for link in set(re.findall(r'href="(/[^"#?]*)', page)):
            if not link.startswith("/static/"):
                assert client.get(link).status_code in (200, 302), f"{name}: {link}"


def test_many_readings_are_cut_and_said_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(world, "assistant").open()
    monkeypatch.setattr("vetting.oversight.views.readers.MOST", 3)
    client = client_of(world, "auditor")
    for _ in range(5):
        client.get(address(walk))
    page = client.get(address(walk)).content.decode()
    assert "De 3 senaste läsningarna visas" in page
    assert readings.MOST >= 500


def test_many_readings_are_told_in_pages_and_none_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(world, "assistant").open()
    monkeypatch.setattr("vetting.oversight.views.readers.PER_PAGE", 2)
    for name in ("auditor", "security_head", "hr_head"):
        client_of(world, name).get(address(walk))
    client = client_of(world, "auditor")
    pages = [client.get(f"{address(walk)}?sida={number}").content.decode() for number in (1, 2)]
    assert all("Visar" in page for page in pages)
    assert ["Hr Head" in page for page in pages] == [True, False], "newest first, each on one page"


def test_as_many_queries_whatever_the_number_of_readings(world: World) -> None:
    walk = Walk(world, "assistant").open()
    client = client_of(world, "auditor")

    def asked() -> int:
        client.get(address(walk))
        with CaptureQueriesContext(connections["default"]) as captured:
            client.get(address(walk))
        return len(captured)

    small = asked()
    for name in ("security_head", "hr_head", "registrar"):
        client_of(world, name).get(f"/rekryteringar/{walk.pk}/")
    assert asked() == small
    assert small <= 30
