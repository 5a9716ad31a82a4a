"""Replace the master key: add a new one to the ring, restart, then wrap every case key anew."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit import progress
from config import master_keys
from config.env import ConfigurationError
from vetting.crypto import rotation
from vetting.crypto.errors import Locked


class Command(BaseCommand):
    """Exit 0: the current master key wraps every key. 1: rows were left. 2: it could not be done, and why."""

    help = (
        "Wraps every case key by the current master key; what is sealed is not touched. May run while the service does,"
        " and be begun again. Example: manage.py rotate_keys --add, restart both processes, manage.py rotate_keys"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to make the new master key first."""
        parser.add_argument(
            "--add",
            action="store_true",
            help="put a new master key into MASTER_KEYS_FILE, and change nothing else",
        )

    def handle(self, *args: Any, add: bool, **options: Any) -> None:
        """Raises SystemExit with 1 or 2, and one line."""
        try:
            if add:
                self._add()
            else:
                self._rewrap()
        except (Locked, ConfigurationError) as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from None

    def _add(self) -> None:
        path = os.environ.get("MASTER_KEYS_FILE", "").strip()
        if not path:
            raise ConfigurationError(
                "MASTER_KEYS_FILE names no file: add a key to the ring where you keep it."
            )
        name = master_keys.add(Path(path), timezone.now().date())
        self.stdout.write(
            f"{name} is in {path} and wraps new keys from the next start. Print the ring on paper, restart the web"
            " server and the worker, then run rotate_keys."
        )

    def _rewrap(self) -> None:
        old, total = rotation.old_masters(), rotation.waiting()
        with progress.shown("rotate_keys", "key") as bar:
            done = rotation.rewrap(lambda count: bar(count, total))
        if done.damaged:
            for key_id in done.damaged:
                sys.stderr.write(f"key-damaged: {key_id}\n")
            raise SystemExit(1)
        if left := rotation.waiting():
            sys.stderr.write(
                f"{left} keys were wrapped by the old master key meanwhile: restart both processes, so that they know"
                " the new one, and run this again.\n"
            )
            raise SystemExit(1)
        self.stdout.write(f"{done.count} keys are wrapped anew.")
        if old:
            self.stdout.write(f"Take {', '.join(old)} out of the ring, everywhere it is kept, and restart.")
