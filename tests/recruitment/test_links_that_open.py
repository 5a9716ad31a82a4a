"""No link of a recruitment's page leads its reader to a page that is shut to her."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from tests.recruitment.clicks import client_of
from tests.recruitment.walk import Walk


def test_the_opinion_is_a_link_for_whoever_may_read_it_alone(asked: tuple[Walk, Any, UUID]) -> None:
    walk, finalist, opinion = asked
    page = reverse("recruitment_view", kwargs={"pk": walk.pk}) + f"?k={finalist.label}"
    there = reverse("opinion_view", kwargs={"pk": walk.pk, "opinion": opinion})
    for name, may in (("hr", True), ("registrar", True), ("archivist", False)):
        client = client_of(walk.world, name)
        shown = client.get(page)
        assert shown.status_code == 200, name
        assert (f'href="{there}"' in shown.content.decode()) is may, name
        assert (client.get(there).status_code == 200) is may, name
