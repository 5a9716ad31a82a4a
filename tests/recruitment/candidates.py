"""A candidate at her own page: a browser of her own, a code, and what HR does on its side."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.crypto.written import Code
from vetting.recruitment.actions.assessment import notify_candidate
from vetting.recruitment.actions.candidate_link import issue_link
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.models import Candidacy, Check

HOME, DECLARE, REPLY, COPY, LEAVE = (
    "/kandidat/",
    "/kandidat/forsakran/",
    "/kandidat/svar/",
    "/kandidat/uppgifter/",
    "/kandidat/lamna/",
)
OWN_WORDS = "Jag driver Kanariefågel AB på kvällarna"


def code_for(walk: Walk, finalist: Candidacy, by: str = "hr") -> Code:
    """A fresh code, handed out by HR."""
    case = walk.case()
    return issue_link(case, by=walk.world.actor(by), candidacy=case.candidacy(finalist.pk))


def spelled(code: Code) -> str:
    """The code as it stands in the letter."""
    return "-".join(code.groups)


def come_in(code: Code, client: Client | None = None, **more: str) -> Client:
    """A browser that has come in with the code."""
    browser = client or Client()
    answer = browser.post(HOME, {"code": spelled(code), **more})
    assert answer.status_code in {200, 302}, answer.status_code
    return browser


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's first form that has a key of its own."""
    found = re.search(r'<form class="app-form".*?</form>', page, re.DOTALL)
    assert found is not None
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[0])
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def declared(client: Client, **more: str) -> Any:
    """Fill in the declaration as a person would and hand it in."""
    page = client.get(DECLARE).content.decode()
    fields = hidden(page) | dict.fromkeys(
        re.findall(r'name="(secondary_job|conflict|companies)"', page), "no"
    )
    return client.post(DECLARE, fields | {"true": "on"} | more)


def to_assess(
    world: World, walk: Walk, finalist: Candidacy, code: str = "id_check", told: bool = True
) -> UUID:
    """A check of hers turns out to need an assessment, and she is told."""
    case = walk.case()
    check = case.check_named(code, case.candidacy(finalist.pk))
    assert check is not None
    evidence = {"id_type": "passport", "checked_on": walk.on}
    record_check(case, by=world.actor("hr"), check=check, outcome="to_assess", evidence=evidence)
    if told:
        fresh = walk.case()
        notify_candidate(fresh, by=world.actor("hr"), check=fresh.check(check.pk), told_on=walk.on)
    return check.pk


def replied(client: Client, check: UUID, **more: str) -> Any:
    """Send the reply about a check."""
    fields = hidden(client.get(REPLY).content.decode())
    return client.post(REPLY, fields | {"check": str(check), "how": "replied", "reply": OWN_WORDS} | more)


def once() -> str:
    """A key for a form's button."""
    return str(uuid4())


def fresh(check: UUID) -> Check:
    """The check as it stands now."""
    return Check.objects.get(pk=check)
