"""What retention says is due, one line each; and the disposals that two persons have decided on, carried out."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit import progress
from audit.clock import now
from audit.errors import LogBroken
from audit.sound import fault
from vetting.disposal.actions.carrying import NotDecided, carry_out, ready
from vetting.disposal.queries.due import Item, all_due
from vetting.policy.calendar import today_stockholm
from vetting.policy.disposal import MARK


class Command(BaseCommand):
    """Exit 0: told, or carried out. 2: could not, and why; what was done before that is done, and a new run goes on."""

    help = (
        "Lists what retention says is due to be disposed of: reference, finalist, kind of record, first day. No names,"
        " and nothing is changed. With --execute: carries out the disposals that two persons have decided on at least"
        " 14 days ago. Example: manage.py dispose --execute"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to carry out."""
        parser.add_argument("--execute", action="store_true", help="carry out what two persons have decided")

    def handle(self, *args: Any, execute: bool, **options: Any) -> None:
        """Raises CommandError (2)."""
        try:
            on = today_stockholm(now())
            self._carry_out(on) if execute else self._list(on)
        except (DatabaseError, LogBroken) as error:
            why = str(error).splitlines()[0]
            if "permission denied" in why:
                why += " (run it as the databases' owner: the service's own role can take nothing out of the history)"
            raise CommandError(f"could not: {why}", returncode=2) from None

    def _list(self, on: date) -> None:
        count = 0
        for item in all_due(on):
            self.stdout.write(line_of(item))
            count += 1
        self.stderr.write(f"{count} due")

    def _carry_out(self, on: date) -> None:
        lots = ready(on)
        if lots and (wrong := fault()) is not None:
            # What is due, and what two have decided, is what the tables say.
            raise CommandError(
                f"nothing is disposed of: the database is not what the log says ({wrong}). Run audit_verify.",
                returncode=2,
            )
        for lot in lots:
            try:
                with progress.shown(f"dispose {lot.number}", "finalist") as bar:
                    result = carry_out(lot.pk, progress=bar)
            except NotDecided as error:
                self.stderr.write(f"left: {error}")
                continue
            self.stdout.write(f"{lot.number} {lot.row} disposed {result.disposed} left {result.left}")
        self.stderr.write(f"{len(lots)} carried out")


def line_of(item: Item) -> str:
    """R-2024-0012 K3 candidacy_not_engaged due 2026-03-02; of a protected identity not whose."""
    whose = "-" if item.row == MARK else f"{item.of.reference} {item.of.label}"
    return f"{whose} {item.row} due {item.standing.due_on}"
