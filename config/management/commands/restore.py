"""Put copies back into empty databases, and say what the log has had since."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audit import behind
from config import copies
from config.copies import CopyError


class Command(BaseCommand):
    """Exit 0: put back, nothing is missing. 1: put back, and what is missing. 2: it could not be done, and why."""

    help = (
        "Puts the data back, and the key store where --keys is given (without it the one of today is used: what was"
        " destroyed since stays so). Stop both processes first; the databases are empty."
        " Example: manage.py restore --data /a/data"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("--data", type=Path, required=True, metavar="F", help="a copy that `backup` made")
        parser.add_argument(
            "--keys", type=Path, metavar="F2", help="only where the key store of today is lost"
        )

    def handle(self, *args: Any, data: Path, keys: Path | None, **options: Any) -> None:
        """Raises SystemExit with 1 or 2."""
        try:
            if keys is not None:
                copies.put_back("keystore", keys)
            copies.put_back("default", data)
        except CopyError as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from None
        missing = list(behind.lines())
        for line in missing:
            self.stdout.write(line)
        if missing:
            sys.stderr.write(
                "The log is shut until two persons let it go on: manage.py audit_restart --reason restored. Then run"
                " migrate, check and audit_verify.\n"
            )
            raise SystemExit(1)
        self.stdout.write("Put back; no entry of the log is missing. Run migrate, check and audit_verify.")
