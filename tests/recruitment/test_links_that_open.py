"""No link of a recruitment's page leads its reader to a page that is shut to her; the crawl follows them all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.recruitment.clicks import client_of
from tests.recruitment.walk import Walk
from vetting.recruitment import links
from vetting.recruitment.engine.rows import candidacy_rows


def test_the_opinion_is_a_link_for_whoever_may_read_it_alone(asked: tuple[Walk, Any, UUID]) -> None:
    walk, finalist, opinion = asked
    there = reverse("opinion_view", kwargs={"pk": walk.pk, "opinion": opinion})
    case = walk.case()
    own = case.candidacy(finalist.pk)
    row = next(row for row in candidacy_rows(case, own) if row.spec.code == "security_opinion")
    assert links.of_row(case, row, own, {"opinion.view": True}) == there
    assert links.of_row(case, row, own, {"opinion.view": False}) == ""
    shown = client_of(walk.world, "hr").get(links.home(case, own))
    assert f'href="{there}"' in shown.content.decode()
