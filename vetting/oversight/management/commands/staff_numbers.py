"""Take in which personal numbers members of staff have, as keyed digests: what the rule about one's own and colleagues'
recruitments compares with.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.recorder import Who, record
from vetting.accounts.models import Account
from vetting.crypto import blind_index
from vetting.crypto.errors import Locked
from vetting.oversight.models import StaffNumber
from vetting.policy.numbers import NumberError, parse
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.actions.match import shut_out_known

SYSTEM = Who(None, None, "system")


class Command(BaseCommand):
    """Replaces the whole list, or nothing. The numbers themselves are not stored and not repeated."""

    help = (
        "Reads lines of USERNAME;NUMBER from standard input and keeps a keyed digest of each number, in place of\n"
        "what was kept before. Persons with a protected identity are left out. Exit 2 and the number of the line\n"
        "where one cannot be read.\n\nExample:\n  manage.py staff_numbers < staff.csv"
    )

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the example on a line of its own."""
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None: the list comes on standard input, so that no number stands in a command line."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit 2) with the number of the line."""
        try:
            digests = _digests(sys.stdin)
        except Locked as error:
            raise CommandError(str(error), returncode=2) from None
        with transaction.atomic():
            StaffNumber.objects.all().delete()
            StaffNumber.objects.bulk_create(
                [StaffNumber(person_id=person, digest=digest) for person, digest in digests.items()]
            )
            record("operation.commanded", SYSTEM, facts={"command": "staff_numbers", "result": "done"})
        shut_out_known(digests)
        self.stdout.write(f"{len(digests)} members of staff can be recognised by number.")


def _digests(lines: Iterable[str]) -> dict[UUID, bytes]:
    accounts = {
        account.username.lower(): account.person
        for account in Account.objects.select_related("person").filter(is_active=True)
    }
    found: dict[UUID, bytes] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        username, mark, typed = line.strip().partition(";")
        person = accounts.get(username.strip().lower())
        if not mark or person is None:
            raise CommandError(
                f"Line {number}: no such account, or not of the form USERNAME;NUMBER.", returncode=2
            )
        try:
            digits = parse(typed.strip()).normalised
        except NumberError:
            raise CommandError(f"Line {number}: the number cannot be right.", returncode=2) from None
        if not person.is_protected:
            found[person.pk] = blind_index.digest(INDEX_PURPOSE, digits)
    return found
