"""What retention says is due, one line each."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit.clock import now
from vetting.disposal.queries.due import Item, all_due
from vetting.policy.calendar import today_stockholm


class Command(BaseCommand):
    """Exit 0: told. 2: the database could not be read, and why."""

    help = (
        "Lists what retention says is due to be disposed of: reference, finalist, kind of record, first day. No names."
        " Changes nothing. Example: manage.py dispose"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (2)."""
        count = 0
        try:
            for item in all_due(today_stockholm(now())):
                self.stdout.write(line_of(item))
                count += 1
        except DatabaseError as error:
            raise CommandError(f"could not read: {str(error).splitlines()[0]}", returncode=2) from None
        self.stderr.write(f"{count} due")


def line_of(item: Item) -> str:
    """R-2024-0012 K3 candidacy_not_engaged due 2026-03-02."""
    return f"{item.of.reference} {item.of.label} {item.row} due {item.standing.due_on}"
