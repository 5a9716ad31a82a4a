"""*Ny rekrytering* and *Ny från förra*: the lawful checks before anything is saved, then one recruitment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.organisation.models import Position
from vetting.recruitment.models import Recruitment

Send = Callable[..., HttpResponse]


@pytest.fixture
def send(world: World, client: Client) -> Send:
    """Post the first page's choices as a named person, with some of them changed."""

    def sent(name: str, step: str = "", **changed: Any) -> HttpResponse:
        client.force_login(world.accounts[name])
        typed = {
            "position": str(world.positions["assistant"].pk), "form": "permanent", "places": "2",
            "manager": str(world.person_id("manager")), "planned_start": "", "engagement_days": "",
            "once": str(uuid4()), "steg": step,
        }  # fmt: skip
        return client.post(reverse("create_recruitment"), typed | changed)

    return sent


def test_the_checks_are_shown_before_anything_is_saved(world: World, send: Send) -> None:
    answer = send("hr")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Recruitment.objects.exists()
    assert "Starta som utkast" in page
    assert "Registerutdrag skola och förskola" in page
    assert "Skollagen" in page
    assert "Av alla slutkandidater:" in page
    assert "Görs inte här" in page


def test_the_button_starts_one_recruitment(world: World, send: Send) -> None:
    start = (world.today + timedelta(days=40)).isoformat()
    key = str(uuid4())
    answer = send("hr", "starta", once=key, planned_start=start)
    recruitment = Recruitment.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("open_recruitment", kwargs={"pk": recruitment.pk})
    assert (recruitment.state, recruitment.places, recruitment.planned_start.isoformat()) == (
        "draft",
        2,
        start,
    )
    assert recruitment.responsible_id == world.person_id("hr")
    again = send("hr", "starta", once=key, planned_start=start)
    assert again["Location"] == answer["Location"]
    assert Recruitment.objects.count() == 1


def test_change_goes_back_with_everything_as_typed(world: World, send: Send) -> None:
    page = send("hr", "andra", places="7").content.decode()
    assert "Steg 1 av 2" in page
    assert 'value="7"' in page
    assert not Recruitment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("form", "elected_office", "Förtroendeuppdrag tillsätts genom val och är ingen rekrytering"),
        ("form", "foster_contact", "utreds av socialnämnden"),
        ("places", "0", "Skriv ett tal mellan 1 och 500."),
        ("places", "501", "Skriv ett tal mellan 1 och 500."),
        ("places", "två", "Skriv ett tal mellan 1 och 500."),
        ("planned_start", "2027-02-30", "finns inte i kalendern"),
        ("planned_start", "2020-01-01", "har redan passerat"),
        ("engagement_days", "15", "mellan 1 och 14"),
        ("engagement_days", "5", "Fältet gäller inte för tillsvidareanställning"),
        ("position", "7d1c5d4e-3b0a-4c53-9d0f-1f2e3a4b5c6d", "Välj ett giltigt alternativ"),
    ],
)
def test_what_cannot_be_taken_is_said_by_the_field(
    world: World, send: Send, field: str, value: str, sentence: str
) -> None:
    for step in ("", "starta"):
        page = send("hr", step, **{field: value}).content.decode()
        assert sentence in page
        assert "Steg 1 av 2" in page
    assert not Recruitment.objects.exists()


def test_a_manager_is_of_the_unit(world: World, send: Send) -> None:
    put(Position(unit=world.units["school_two"], title="Fritidsledare"))
    page = send("hr", "starta", manager=str(world.person_id("other_manager"))).content.decode()
    assert "Other Manager rekryterar inte till Björkskolan" in page
    assert not Recruitment.objects.exists()


def test_a_manager_starts_her_own_alone(world: World, send: Send, client: Client) -> None:
    client.force_login(world.accounts["manager"])
    page = client.get(reverse("create_recruitment")).content.decode()
    assert "Other Manager" not in page
    assert "Elevassistent" in page
    assert send("manager", "starta").status_code == 302
    assert Recruitment.objects.get().manager_id == world.person_id("manager")


def test_only_positions_of_ones_units_can_be_chosen(world: World, send: Send) -> None:
    page = send("other_hr", "starta").content.decode()
    assert "Välj ett giltigt alternativ" in page
    assert not Recruitment.objects.exists()


def test_a_retired_position_is_not_there(world: World, send: Send) -> None:
    position = world.positions["assistant"]
    position.retired_on = world.today
    put(position)
    assert "Välj ett giltigt alternativ" in send("hr", "starta").content.decode()


@pytest.mark.parametrize("name", ["security_one", "registrar", "auditor", "employee"])
def test_others_do_not_find_the_page(world: World, send: Send, name: str) -> None:
    assert send(name).status_code == 404


def test_after_an_expired_sign_in_nothing_is_saved_by_itself(world: World, send: Send) -> None:
    answer = send("hr", "starta", _resumed="1")
    assert "Starta som utkast" in answer.content.decode()
    assert not Recruitment.objects.exists()


def test_short_work_may_complete_own_checks_after_the_start(world: World, send: Send) -> None:
    page = send(
        "hr", position=str(world.positions["clerk"].pk), form="fixed_term", engagement_days="10"
    ).content.decode()
    assert "Får göras klart efter start" in page


def test_new_from_the_last_is_three_fields(world: World, client: Client) -> None:
    old = Walk(world, "assistant", places=3)
    client.force_login(world.accounts["hr"])
    assert (
        reverse("copy_recruitment", kwargs={"pk": old.pk})
        in client.get(reverse("create_recruitment")).content.decode()
    )
    url = reverse("copy_recruitment", kwargs={"pk": old.pk})
    page = client.get(url).content.decode()
    assert 'value="3"' in page
    assert "Till annonsen" in page
    typed = {"places": "1", "planned_start": "", "form": "fixed_term", "once": str(uuid4())}
    answer = client.post(url, typed)
    new = Recruitment.objects.get(copied_from=old.pk)
    assert answer["Location"] == reverse("open_recruitment", kwargs={"pk": new.pk})
    assert (new.form, new.places, new.manager_id) == ("fixed_term", 1, world.person_id("manager"))
    assert client.post(url, typed)["Location"] == answer["Location"]
    assert Recruitment.objects.count() == 2


def test_a_copy_is_refused_where_a_new_one_would_be(world: World, client: Client) -> None:
    old = Walk(world, "assistant")
    url = reverse("copy_recruitment", kwargs={"pk": old.pk})
    typed = {"places": "1", "planned_start": "", "form": "elected_office", "once": str(uuid4())}
    client.force_login(world.accounts["hr"])
    assert "ingen rekrytering" in client.post(url, typed).content.decode()
    for name in ("other_manager", "security_one", "registrar", "employee"):
        client.force_login(world.accounts[name])
        assert client.get(url).status_code == 404
        assert client.post(url, typed | {"form": "permanent"}).status_code == 404
    assert Recruitment.objects.count() == 1


def test_a_copy_needs_a_manager_who_still_recruits_there(world: World, client: Client) -> None:
    old = Walk(world, "assistant")
    for held in world.person("manager").role_grants.all():
        held.valid_to = world.today - timedelta(days=1)
        put(held)
    client.force_login(world.accounts["hr"])
    url = reverse("copy_recruitment", kwargs={"pk": old.pk})
    assert "rekryterar inte längre" in client.get(url).content.decode()
    typed = {"places": "1", "planned_start": "", "form": "permanent", "once": str(uuid4())}
    assert client.post(url, typed).status_code == 200
    assert Recruitment.objects.count() == 1
