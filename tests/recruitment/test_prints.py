"""Prints: from the post's actual checks, recorded, and nothing sealed on any of them."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

from audit import clock
from audit.models import Entry
from audit.recorder import Who, record
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.models import Candidacy

NOBODY = Who(person_id=None, account_id=None, role="system")


def started(world: World, position: str = "assistant") -> tuple[Walk, Candidacy]:
    walk = Walk(world, position).open()
    return walk, walk.finalist()


def once() -> dict[str, str]:
    return {"once": str(uuid4())}


def test_the_information_is_of_this_very_post(world: World) -> None:
    walk, finalist = started(world)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/information/"
    client = client_of(world, "hr")
    assert client.get(url).status_code == 200
    assert not Entry.objects.filter(action="candidacy.information_printed").exists()
    page = client.post(f"{url}skriv-ut/", once()).content.decode()
    assert "Skollagen (2010:800) 2:31–33" in page
    assert "Kreditupplysning" not in page
    assert "Testa Persson" not in page
    assert Entry.objects.get(action="candidacy.information_printed").facts["candidacy"] == "K1"


def test_a_second_click_prints_again_and_is_recorded_once(world: World) -> None:
    walk, finalist = started(world)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/forsakran/skriv-ut/"
    client, key = client_of(world, "manager"), once()
    for _click in range(2):
        assert "Bisysslor" in client.post(url, key).content.decode()
    assert Entry.objects.filter(action="candidacy.information_printed").count() == 1


def test_no_print_goes_unrecorded_by_the_key_of_another_act_another_case_or_another_day(world: World) -> None:
    walk, finalist = started(world)
    other, hers = started(world)
    client, key = client_of(world, "manager"), once()

    def printed(of: Walk, whom: Candidacy, kind: str, sent: dict[str, str]) -> int:
        page = client.post(f"/rekryteringar/{of.pk}/slutkandidat/{whom.pk}/{kind}/skriv-ut/", sent)
        assert page.status_code == 200
        return Entry.objects.filter(action="candidacy.information_printed").count()

    assert printed(walk, finalist, "forsakran", key) == 1
    assert printed(walk, finalist, "information", key) == 2
    assert printed(other, hers, "forsakran", key) == 3
    taken = {"once": str(uuid4())}
    record("operation.commanded", NOBODY, facts={"command": "x", "result": "done"}, once=UUID(taken["once"]))
    assert printed(walk, finalist, "forsakran", taken) == 4
    with clock.at(clock.now() + timedelta(days=1)):
        client.force_login(world.accounts["manager"])
        assert printed(walk, finalist, "forsakran", key) == 5


def test_the_form_asks_about_companies_only_where_the_post_does(world: World) -> None:
    for position, asks in (("buyer", True), ("assistant", False)):
        walk, finalist = started(world, position)
        url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/forsakran/skriv-ut/"
        page = client_of(world, "hr").post(url, once()).content.decode()
        assert "Bisysslor" in page
        assert ("Bolagsengagemang" in page) == asks
        assert (". Jäv" in page) == asks


def test_who_may_print_for_the_candidate(world: World) -> None:
    walk, finalist = started(world)
    url = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/information/"
    for name in ("hr_head", "security_head", "registrar", "other_manager", "auditor"):
        assert client_of(world, name).get(url).status_code == 404, name


def test_the_recruitment_on_paper_shows_nothing_sealed(world: World) -> None:
    walk, finalist = started(world)
    walk.ready(finalist)
    walk.sign(finalist)
    url = f"/rekryteringar/{walk.pk}/utskrift/"
    assert client_of(world, "registrar").post(url, once()).status_code == 401
    client = client_of(world, "registrar", fresh=True)
    assert "Skriv ut ärendet" in client.get(url).content.decode()
    page = client.post(url, once()).content.decode()
    assert "Förseglat, visas inte: Namn, Kontaktuppgifter" in page
    assert "Testa Persson" not in page
    assert "Referenten bekräftar" not in page
    digest = Entry.objects.get(action="recruitment.printed").facts["digest"]
    assert digest in page
    assert len(bytes.fromhex(digest)) == hashlib.sha256().digest_size


def test_a_print_that_comes_back_from_the_password_is_not_made_unseen(world: World) -> None:
    walk, _finalist = started(world)
    url = f"/rekryteringar/{walk.pk}/utskrift/"
    page = client_of(world, "registrar", fresh=True).post(url, {**once(), "_resumed": "1"})
    assert page.status_code == 200
    assert not Entry.objects.filter(action="recruitment.printed").exists()


def test_who_may_print_the_recruitment(world: World) -> None:
    walk, _finalist = started(world)
    for name in ("manager", "security_head", "auditor", "archivist", "employee"):
        assert (
            client_of(world, name, fresh=True).post(f"/rekryteringar/{walk.pk}/utskrift/").status_code == 404
        )
