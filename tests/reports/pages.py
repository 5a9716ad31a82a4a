"""A recipient at the pages: signed in, her key unlocked, pressing and filling in as a browser would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.urls import reverse

from audit.clock import now
from tests.recruitment.clicks import client_of
from tests.reports.recipients import Desk
from vetting.reports.models import Report
from vetting.reports.vault import Vault, keep


def recipient(desk: Desk, name: str, *, is_open: bool = True) -> Client:
    """Her browser; `is_open`: with the key unlocked, as after the passphrase."""
    client = client_of(desk.world, name, fresh=True)
    if is_open:
        session = client.session
        vault = Vault(
            desk.person(name), {desk.keys[name].pk: desk.seeds[name]}, now() + timedelta(minutes=15)
        )
        client.cookies[settings.VAULT_COOKIE_NAME] = keep(session, vault)
        session.save()
    return client


def at(report: Report, what: str = "view", **more: Any) -> str:
    """The address of a page of the report."""
    return reverse(f"report_{what}", kwargs={"report": report.pk, **more})


def send(
    client: Client, report: Report, what: str, part: dict[str, Any] | None = None, /, **fields: Any
) -> Any:
    """Press a button or send a form of the report."""
    return client.post(at(report, what, **part or {}), {"once": str(uuid4()), **fields})


def text_of(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())
