"""Walking pages as a person would: signed in, with the password just entered again where that is wanted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.recruitment.world import World


def client_of(world: World, name: str, *, fresh: bool = True) -> Client:
    """A browser signed in as `name`; `fresh`: the password has just been entered again."""
    client = Client()
    account = world.accounts[name]
    client.force_login(account)
    if fresh:
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, account, method="password", reauthenticated=True)
        request.session.save()
    return client


def send(client: Client, name: str, data: dict[str, Any] | None = None, **parts: Any) -> Any:
    """POST to the page `name`, with a key of its own unless one is given."""
    return client.post(reverse(name, kwargs=parts), {"once": str(uuid4()), **(data or {})})


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())
