"""Where the entry of a reading cannot be written, the page is not shown: every page that writes one, for everyone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from audit import state
from audit.models import Entry
from tests.access.persons import Somebody, somebody
from tests.access.stage import Stage
from tests.access.test_every_route import ROUTES, built, stage
from tests.recruitment.visit import filled
from vetting.policy.permissions import PERMISSIONS

__all__ = ["built", "stage"]
READABLE = [route for route in ROUTES if "GET" in route.declaration.methods]
MET = [route for route in READABLE if not route.places or "pk" in route.places]
# Whose part does not stand on the stage: an alert, which has the same test in tests/oversight/test_alert_pages.py.
ELSEWHERE = {route.declaration.permission for route in READABLE if route not in MET}
# Asked for by a form, and so read by POST alone: met in the second test.
ASKED = {
    "access.explain": ("explain_access", {"username": "hr", "reference": "REFERENCE"}),
    "access.preview": ("preview_access", {"username": "hr"}),
}
READERS = ("security_head", "hr_head", "auditor", "data_protection_officer", "registrar")


def recorded_pages(stage: Stage, reader: Somebody, client: Client) -> dict[str, str]:
    """Route → address of each page whose reading leaves an entry for this reader, found by reading all she may.

    That no other page opens to her is what test_every_route is about.
    """
    found = {}
    for route in MET:
        if not route.declaration.public and not reader.expected(route):
            continue
        with transaction.atomic():
            before, url = Entry.objects.count(), stage.url(route)
            status = client.get(url).status_code
            if status == 200 and Entry.objects.count() > before:
                found[route.name] = url
            transaction.set_rollback(True)
    return found


@pytest.mark.one_engine  # what is shut is a file beside the database; the second test stands for it on PostgreSQL
@pytest.mark.deadline(200)
def test_no_page_is_shown_whose_reading_cannot_be_recorded(stage: Stage, settings, tmp_path: Path) -> None:
    seen: set[str] = set()
    usual = settings.LOG_STATE
    for role in READERS:
        settings.LOG_STATE = usual
        reader = somebody(stage, role, "authority")
        assert reader is not None
        client = Client(raise_request_exception=False)
        client.force_login(stage.world.accounts[reader.name])
        pages = recorded_pages(stage, reader, client)
        settings.LOG_STATE = tmp_path / role
        state.declare_broken("main", "mark-root: for the test")
        for name, url in pages.items():
            with transaction.atomic():
                answer = client.get(url)
                transaction.set_rollback(True)
            assert answer.status_code == 503, f"{role} read {name} without an entry"
            assert b"Loggen \xc3\xa4r st\xc3\xa4ngd" in answer.content
        seen |= pages.keys()
    permissions = {route.declaration.permission for route in ROUTES if route.name in seen}
    always = {
        code for code, found in PERMISSIONS.items() if found.logged == "always" and found.kind == "read"
    } & {route.declaration.permission for route in MET} - ELSEWHERE - ASKED.keys()
    assert always <= permissions, "a reading that is always recorded, and was not met here"
    assert len(seen) > 5


def test_nothing_that_is_asked_by_a_form_is_told_without_an_entry(
    stage: Stage, settings, tmp_path: Path
) -> None:
    reader = somebody(stage, "auditor", "authority")
    assert reader is not None
    client = Client(raise_request_exception=False)
    client.force_login(stage.world.accounts[reader.name])
    reference = stage.walk.case().recruitment.reference
    sent = {
        reverse(name): {key: reference if text == "REFERENCE" else text for key, text in fields.items()}
        for name, fields in ASKED.values()
    }
    for url, fields in sent.items():
        before = Entry.objects.count()
        assert client.post(url, filled(**fields)).status_code == 200
        assert Entry.objects.count() == before + 1, url
    settings.LOG_STATE = tmp_path / "shut"
    state.declare_broken("main", "mark-root: for the test")
    for url, fields in sent.items():
        with transaction.atomic():
            answer = client.post(url, filled(**fields))
            transaction.set_rollback(True)
        assert answer.status_code == 503, url
