"""An approver with a security key, and the steps of signing through the pages."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID, uuid4

from tests.harness.soft_key import SoftKey
from tests.recruitment.clicks import send, text_of
from tests.recruitment.walk import Walk

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
OPTIONS = re.compile(r'data-security-key="\w+" data-options="([^"]*)"')


def options_in(response: Any) -> str:
    found = OPTIONS.search(text_of(response))
    assert found is not None
    return html.unescape(found[1])


def give_key(client: Any, key: SoftKey, name: str = "Nyckelknippan") -> Any:
    """Add the key through the page of one's own factors."""
    asked = client.get("/konto/inloggningssatt/nyckel/")
    answer = key.create(options_in(asked))
    return client.post("/konto/inloggningssatt/nyckel/", {"name": name, "answer": answer})


def begin(client: Any, walk: Walk, opinion: UUID, **form: str) -> tuple[Any, dict[str, str]]:
    """Send the ballot; the page that asks for the key, and the hidden fields of its first form."""
    said = {"once": str(uuid4()), "outcome": "supported", "reasons": "", **form}
    page = send(client, "decide_opinion", said, pk=walk.pk, opinion=opinion)
    first = text_of(page).partition("data-security-key")[2].partition("</form>")[0]
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(first)}
    return page, fields


def finish(client: Any, walk: Walk, opinion: UUID, fields: dict[str, str]) -> Any:
    return send(client, "decide_opinion", fields, pk=walk.pk, opinion=opinion)


def give_signed(client: Any, walk: Walk, opinion: UUID, key: SoftKey, **form: str) -> Any:
    page, fields = begin(client, walk, opinion, **form)
    return finish(client, walk, opinion, {**fields, "answer": key.get(options_in(page))})
