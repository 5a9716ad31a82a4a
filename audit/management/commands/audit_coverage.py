"""Compares the covered models with the pinned lists of columns, or pins them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import coverage


class Command(BaseCommand):
    """Exit 0 where all is pinned as it is; 1 with one line for each difference."""

    help = "Compares the covered models with the pinned lists of columns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--pin` adds new versions; `--anew` starts over, before anything has been committed."""
        parser.add_argument(
            "--pin", action="store_true", help="Add the models' current versions to the file."
        )
        parser.add_argument("--anew", action="store_true", help="With --pin: forget what was pinned before.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where something differs."""
        if options["pin"]:
            for told in coverage.pin(anew=options["anew"]):
                self.stdout.write(f"pinned {told}")
        found = coverage.differences()
        if found:
            raise CommandError("\n".join(found), returncode=1)
