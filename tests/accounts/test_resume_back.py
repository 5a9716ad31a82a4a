"""Where the page after a password leads back: to the page that the form was sent from, never to one that only posts."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from vetting.accounts.resume import Kept

CASE, OPINION = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("name", "kwargs", "back"),
    [
        ("decide_opinion", {"pk": CASE, "opinion": OPINION}, f"/godkannanden/{CASE}/{OPINION}/"),
        ("log_export", {}, "/granskning/tillstand/"),
        ("create_account", {}, "/behorigheter/konton/nytt/"),
    ],
)
def test_it_leads_to_the_nearest_page_that_can_be_read(
    name: str, kwargs: dict[str, object], back: str
) -> None:
    assert Kept(reverse(name, kwargs=kwargs), (), for_step_up=True).back == back


def test_an_address_that_leads_nowhere_gives_no_link() -> None:
    assert Kept("/finns-inte/alls/", (), for_step_up=True).back == ""
