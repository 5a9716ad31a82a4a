"""*Nödåtkomst* afterwards: who sees it, who reads the reason, who reviews it, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit import clock
from audit.models import Entry
from audit.recorder import act
from tests.recruitment.emergencies import HOUR, WHY, begun, opened, reference
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import SYSTEM, World
from vetting.access.door import Denied
from vetting.recruitment.actions.break_glass import review_break_glass
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.case import Case


@pytest.fixture
def walk(world: World) -> Walk:
    """A procurement officer on the way, and somebody beside it."""
    return begun(world)


def test_the_auditor_reads_the_reason_under_an_entry_and_reviews_once(walk: Walk) -> None:
    glass = opened(walk)
    review = reverse("review_break_glass", kwargs={"glass": glass.pk})
    client = signed_in(walk.world, "auditor")
    assert post(client, review, result="justified").status_code == 409
    with clock.at(clock.now() + HOUR):
        page = client.get(review).content.decode()
        assert WHY in page
        entry = Entry.objects.filter(action="log.readers_viewed").latest("id")
        assert (entry.subject, entry.purpose) == (walk.pk, "review_break_glass")
        assert post(client, review, result="not_justified").status_code == 302
        assert post(client, review, result="justified").status_code == 409
    glass.refresh_from_db()
    assert (glass.result, glass.reviewed_by) == ("not_justified", walk.world.person("auditor"))
    assert "Inte befogad" in client.get(reverse("break_glass_list")).content.decode()


def test_its_opener_never_reviews_it_whatever_role_she_has_come_to_hold(walk: Walk) -> None:
    glass = opened(walk)
    walk.world.hire("stand_in", "auditor")
    with clock.at(clock.now() + HOUR), pytest.raises(Denied):
        review_break_glass(glass.pk, by=walk.world.actor("stand_in"), result="justified")


@pytest.mark.parametrize(
    ("name", "sees", "reads"),
    [
        ("auditor", True, True),
        ("hr_head", True, False),
        ("security_head", True, False),
        ("data_protection_officer", True, False),
        ("hr", False, False),
        ("manager", False, False),
    ],
)
def test_the_list_is_seen_as_agreed_and_the_reason_by_the_auditor_alone(
    walk: Walk, name: str, sees: bool, reads: bool
) -> None:
    glass = opened(walk)
    client = signed_in(walk.world, name)
    answer = client.get(reverse("break_glass_list"))
    assert (answer.status_code == 200) == sees
    assert (reference(walk) in answer.content.decode()) == sees
    review = client.get(reverse("review_break_glass", kwargs={"glass": glass.pk}))
    assert (review.status_code == 200) == reads
    assert (WHY in review.content.decode()) == reads


def test_a_head_who_stands_aside_finds_nothing_of_it_in_the_list(walk: Walk) -> None:
    opened(walk)
    set_recusal(
        walk.case(),
        by=walk.world.actor("security_head"),
        person_id=walk.world.person_id("hr_head"),
        reason="Släkt med en sökande.",
    )
    page = signed_in(walk.world, "hr_head").get(reverse("break_glass_list")).content.decode()
    assert reference(walk) not in page
    assert "läste utan uppdrag" not in signed_in(walk.world, "hr_head").get("/arbete/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 61},
        {"minutes": 0},
        {"role": "employee"},
        {"reason": None},
        {"result": "justified"},
        {"ended_at": "before"},
        {"reviewed": "self"},
    ],
)
def test_the_database_refuses_what_must_never_be(walk: Walk, change: dict[str, Any]) -> None:
    glass = opened(walk)
    if change.pop("ended_at", None):
        glass.ended_at = glass.opened_at - timedelta(seconds=1)
    if change.pop("reviewed", None):
        glass.ended_at = glass.reviewed_at = glass.until
        glass.reviewed_by, glass.result = glass.person, "justified"
    for column, value in change.items():
        setattr(glass, column, value)
    with pytest.raises(IntegrityError), transaction.atomic(), act("break_glass.ended", SYSTEM) as entry:
        entry.save(glass)


def test_a_stranger_finds_neither_page(walk: Walk) -> None:
    for name in ("employee", "manager", "auditor", "administrator", "registrar"):
        client: Client = signed_in(walk.world, name)
        assert client.get(reverse("open_break_glass")).status_code == 404
    assert Case.load(walk.pk).break_glasses == []


def test_who_sees_the_recruitment_tells_of_it_while_it_lasts(walk: Walk) -> None:
    opened(walk, "security_one")
    access = url("recruitment_access", walk)
    assert "Nödåtkomst till kl." in signed_in(walk.world, "hr_head").get(access).content.decode()
    with clock.at(clock.now() + HOUR):
        assert "Nödåtkomst till kl." not in signed_in(walk.world, "hr_head").get(access).content.decode()


def test_it_stands_among_what_has_been_done_however_many_look(walk: Walk) -> None:
    """Who took it is no reading among others on the recruitment's page, which shows the latest acts."""
    opened(walk)
    for _each in range(9):
        signed_in(walk.world, "auditor").get(url("recruitment_timeline", walk))
    page = signed_in(walk.world, "hr").get(url("recruitment_view", walk))
    assert "nödåtkomst" in " ".join(each.what for each in page.context["timeline"])
