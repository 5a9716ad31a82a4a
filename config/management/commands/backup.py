"""Copies of the data and of the key store, to be kept apart."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from config import copies
from config.copies import CopyError


class Command(BaseCommand):
    """Exit 0: both copies are there, whole. 2: they are not, and why."""

    help = (
        "Copies the data, and after it the key store, so that no key is missing; others go on writing meanwhile. Keep"
        " the two apart, and that of the keys at most 30 days. Example: manage.py backup --data /a/data --keys /b/keys"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument(
            "--data", type=Path, required=True, metavar="F", help="a file that is not there yet"
        )
        parser.add_argument(
            "--keys", type=Path, required=True, metavar="F2", help="another, in another place"
        )

    def handle(self, *args: Any, data: Path, keys: Path, **options: Any) -> None:
        """Raises SystemExit with 2 and one line."""
        try:
            if data.parent.resolve() == keys.parent.resolve():
                raise CopyError("Name two folders: whoever has both copies lacks only the master keys.")
            copies.make("default", data)
            try:
                copies.make("keystore", keys)
            except CopyError:
                data.unlink()
                raise
        except CopyError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from None
        for path in (data, keys):
            self.stdout.write(f"{path}: {path.stat().st_size} bytes")
