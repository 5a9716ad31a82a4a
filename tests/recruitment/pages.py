"""A person at the pages: signed in, posting forms as a browser would."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tests.recruitment.walk import Walk
from tests.recruitment.world import World


def signed_in(world: World, name: str) -> Client:
    """A browser in which `name` is signed in."""
    client = Client()
    client.force_login(world.accounts[name])
    return client


def step_up(client: Client, world: World, name: str) -> None:
    """As if `name` had just entered the password again."""
    session = client.session
    session["account_authentication_methods_user"] = str(world.accounts[name].pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()


def url(name: str, walk: Walk, **more: Any) -> str:
    """The address of a page of the walk's recruitment."""
    return reverse(name, kwargs={"pk": walk.pk, **more})


def post(client: Client, address: str, **fields: Any) -> Any:
    """Send a form with a key of its own (or the one given)."""
    return client.post(address, {"once": str(uuid4()), **fields})
