"""Who takes no part, who has declared, whom a number shut out: accessible in the browser, as wide as the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.browser.screens import troubles_in
from tests.harness.browser import Live
from tests.recruitment.walk import Walk
from tests.recruitment.world import build_world
from vetting.crypto import blind_index
from vetting.oversight.models import StaffNumber
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE, edit_candidacy
from vetting.recruitment.actions.declaration import give_declaration, set_recusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.deadline(240)]
WHY = "Har arbetat nära en av slutkandidaterna."
NUMBER = "19800101-2387"


def matched(walk: Walk) -> None:
    """The number of the finalist turns out to be an officer's own."""
    finalist, officer = walk.finalist(), walk.world.person("security_two")
    digest = blind_index.digest(INDEX_PURPOSE, NUMBER.replace("-", ""))
    StaffNumber.objects.create(person=officer, digest=digest)
    case = walk.case()
    edit_candidacy(case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk), number=NUMBER)


def test_every_page_is_accessible_and_as_wide_as_the_screen(
    live: Live, axe: Callable[[Page], list[str]]
) -> None:
    world = build_world()
    empty, walk = Walk(world, "buyer").open(), Walk(world, "buyer").open()
    touched = Walk(world, "buyer_lead").open({"company_roles_decided": True})
    matched(touched)
    give_declaration(walk.case(), by=world.actor("hr"), interest=WHY)
    set_recusal(
        walk.case(), by=world.actor("security_head"), person_id=world.person_id("security_one"), reason=WHY
    )
    found = touched.case().recusal_of(world.person_id("security_two"))
    assert found is not None

    def of(one: Walk, name: str, **more: object) -> str:
        return reverse(name, kwargs={"pk": one.pk, **more})

    pages = [
        ("recusal-list", "manager", of(walk, "recusal_list")),
        ("recusal-none", "manager", of(empty, "recusal_list")),
        ("recusal-declarations", "hr_head", of(walk, "declaration_list")),
        ("recusal-access", "hr_head", of(walk, "recruitment_access")),
        ("recusal-untold", "data_protection_officer", of(walk, "recruitment_access")),
        ("recusal-matches", "security_head", reverse("matches_to_answer")),
        ("recusal-match", "security_head", of(touched, "answer_match", recusal=found.pk)),
    ]
    assert troubles_in(live, axe, world, pages) == []
