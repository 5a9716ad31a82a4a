"""Reading the log as a person at the page."""

from __future__ import annotations

from django.test import Client

LOG = "/granskning/logg/"


def text(client: Client, address: str = LOG) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, address: str = LOG) -> str:
    """What the table says."""
    page = text(client, address)
    return page.split("<tbody>", 1)[1].split("</tbody>")[0] if "<tbody>" in page else ""
