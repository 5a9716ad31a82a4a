"""Signing in and posting in the tests of pages."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.recruitment.world import World


def client_of(world: World, name: str, *, fresh: bool = False) -> Client:
    """A browser signed in as the person; `fresh`: who has just entered the password again."""
    client = Client()
    client.force_login(world.accounts[name])
    if fresh:
        session = client.session
        session["account_authentication_methods_user"] = str(world.accounts[name].pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()
    return client


def filled(**fields: Any) -> dict[str, Any]:
    """The fields of a form with a key of its own."""
    return {"once": str(uuid4()), "seen": "", **fields}
