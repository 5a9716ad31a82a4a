"""*Ny rekrytering* opened on the page that shows its checks: one press, no draft in between."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.recruitment.world import World, put
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recruitment

ANSWERS = {"q-redeployment_case": "no", "q-priority_holder": "yes", "declares": "on"}


def send(client: Client, world: World, **more: Any) -> Any:
    """The second page's form; the manager is left to the unit's own."""
    client.force_login(world.accounts["hr"])
    typed = {
        "position": str(world.positions["assistant"].pk), "form": "permanent", "places": "1", "manager": "",
        "planned_start": "", "engagement_days": "", "once": str(uuid4()), "steg": "oppna",
    }  # fmt: skip
    return client.post(reverse("create_recruitment"), typed | more)


def test_it_is_open_with_answers_and_declaration(world: World, client: Client) -> None:
    key = str(uuid4())
    answer = send(client, world, once=key, **ANSWERS)
    recruitment = Recruitment.objects.get()
    assert answer["Location"] == reverse("recruitment_view", kwargs={"pk": recruitment.pk})
    assert (recruitment.state, recruitment.manager_id) == ("open", world.person_id("manager"))
    assert recruitment.answers["priority_holder"] is True
    assert Case.load(recruitment.pk).recusal_of(world.person_id("hr")) is not None
    assert send(client, world, once=key, **ANSWERS)["Location"] == answer["Location"]
    assert Recruitment.objects.count() == 1


@pytest.mark.parametrize("left_out", sorted(ANSWERS))
def test_an_unanswered_question_keeps_the_others_and_saves_nothing(
    world: World, client: Client, left_out: str
) -> None:
    answer = send(client, world, **{name: value for name, value in ANSWERS.items() if name != left_out})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 2
    assert not Recruitment.objects.exists()


def test_without_a_risk_analysis_it_says_so_and_saves_nothing(world: World, client: Client) -> None:
    position = world.positions["assistant"]
    position.risk_state = "none"
    put(position)
    page = send(client, world, **ANSWERS).content.decode()
    assert "Det här saknas först: Riskbedömning av befattningen" in page
    assert not Recruitment.objects.exists()
    assert send(client, world, steg="starta").status_code == 302


def test_an_expired_sign_in_brings_the_answers_back_unsaved(world: World, client: Client) -> None:
    page = send(client, world, _resumed="1", **ANSWERS).content.decode()
    assert page.count("checked") == 3
    assert not Recruitment.objects.exists()
