"""A demonstration seen by every account of it: whom it has, what the door says of each pair, what a list holds."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse

from audit import clock
from tests.harness.databases import ALIASES, Templates, pointed_at
from tests.reports.recipients import ROOT
from vetting.access.actor import Actor, load_actor
from vetting.access.door import ask
from vetting.accounts.models import Account
from vetting.recruitment.case import Case
from vetting.recruitment.demo.seed import fill
from vetting.recruitment.models import Recruitment
from vetting.reports.demo import fill as fill_reports
from vetting.reports.demo import vault_passphrase

SIGNED_IN = 300.0
"""Seconds after which somebody signs in anew, rather than be found to have been away."""


@contextmanager
def demonstration(
    made: Templates, recruitments: int, reports: int = 0, folder: Path | None = None
) -> Iterator[Demonstration]:
    """A database of its own filled with so many recruitments, thrown away afterwards.

    With `folder`, where the root of the recipients' keys is kept, it also has recipients with keys and `reports`.
    """
    names = {alias: made.copy(alias) for alias in ALIASES}
    with pointed_at(names), override_settings(DEMO=True):
        fill(recruitments, until=clock.now())
        if folder is not None:
            (folder / "keys").mkdir()
            (folder / "keys" / "recipient_root_private").write_text(base64.b64encode(ROOT).decode())
            with override_settings(DATA_DIR=folder):
                fill_reports(reports, "nordvik")
        yield Demonstration()
        connections.close_all()
    for name in names.values():
        made.drop(name)


@contextmanager
def demonstrated(fixture: Callable[[str], Any], recruitments: int, reports: int) -> Iterator[Demonstration]:
    """The demonstration of a module of tests, with recipients who can open their keys. `fixture`: gives one by name."""
    folder = fixture("tmp_path_factory").mktemp("demonstration")
    with (
        fixture("django_db_blocker").unblock(),
        demonstration(fixture("templates"), recruitments, reports, folder) as whole,
    ):
        yield whole


class Demonstration:
    """What the whole of it holds, read once."""

    @cached_property
    def accounts(self) -> list[Account]:
        """Everybody who can sign in, each set of roles in each place once is not enough: all of them."""
        return list(Account.objects.filter(is_active=True).select_related("person").order_by("username"))

    def roles_of(self, account: Account) -> frozenset[str]:
        """The roles in force of the account's person."""
        return frozenset(held.role for held in load_actor(account).roles)

    def visitor(self, account: Account) -> Visitor:
        """The account at the pages; signed in once for as long as that is a short while ago."""
        made, visitor = self._visitors.get(account.pk, (-SIGNED_IN, None))
        if visitor is None or time.monotonic() - made > SIGNED_IN:
            visitor = Visitor.of(account)
            self._visitors[account.pk] = time.monotonic(), visitor
        return visitor

    @cached_property
    def _visitors(self) -> dict[UUID, tuple[float, Visitor]]:
        return {}

    @cached_property
    def one_of_each(self) -> list[Account]:
        """The first account of each set of roles."""
        by_roles = {self.roles_of(account): account for account in reversed(self.accounts)}
        return sorted(by_roles.values(), key=lambda account: account.username)

    @cached_property
    def cases(self) -> list[Case]:
        """Every recruitment with what belongs to it."""
        return [
            Case.load(pk) for pk in Recruitment.objects.order_by("reference").values_list("pk", flat=True)
        ]

    @cached_property
    def references(self) -> dict[UUID, str]:
        """Recruitment → its reference."""
        return {case.pk: case.recruitment.reference for case in self.cases}

    def open_to(self, actor: Actor, permission: str) -> set[UUID]:
        """The recruitments for which the door, asked about each, says yes."""
        return {case.pk for case in self.cases if ask(actor, permission, case.facts_for(actor))}


@dataclass
class Visitor:
    """One account at the pages."""

    account: Account
    client: Client

    @classmethod
    def of(cls, account: Account) -> Visitor:
        """Signed in, with a step-up just made."""
        client = Client(raise_request_exception=False)
        client.force_login(account)
        session = client.session
        session["account_authentication_methods_user"] = str(account.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()
        return cls(account, client)

    def open_vault(self) -> None:
        """Open the keys of whoever receives reports; nothing for anybody else."""
        phrase = vault_passphrase(self.account)
        if phrase is not None:
            answer = self.client.post(reverse("vault_unlock"), {"once": str(uuid4()), "phrase": phrase})
            assert answer.status_code == 302, (
                f"{self.account.username}: the vault is shut, {answer.status_code}"
            )

    @property
    def actor(self) -> Actor:
        """The person acting now."""
        return load_actor(self.account)

    def pages(self, address: str) -> Iterator[Any]:
        """The answers of a list's pages, first to last; none where the list does not open."""
        number = 1
        while True:
            answer = self.client.get(f"{address}{'&' if '?' in address else '?'}sida={number}")
            if answer.status_code != 200:
                return
            yield answer
            page = answer.context["page"]
            if not page.has_next():
                return
            number += 1
