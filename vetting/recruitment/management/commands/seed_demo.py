"""Fill an empty database with a fictive municipality."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from audit import progress
from vetting.recruitment.demo.seed import SEED, NotEmpty, fill

RECRUITMENTS = 120
REPORTS = 24


class Command(BaseCommand):
    """The same seed gives the same people, references and events; ids and ciphertext differ."""

    help = (
        "Fills an empty database with a fictive municipality, people of every role and recruitments in every state"
        " over three years. Example: manage.py seed_demo --recruitments 1000 --seed nordvik"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much, and which."""
        parser.add_argument("--recruitments", type=int, default=RECRUITMENTS, help="how many (120)")
        parser.add_argument("--reports", type=int, default=REPORTS, help="influence reports (24)")
        parser.add_argument("--seed", default=SEED, help="same seed, same data")

    def handle(
        self, *args: Any, recruitments: int, reports: int = REPORTS, seed: str = SEED, **options: Any
    ) -> None:
        """Raises CommandError (exit 2) where it may not or cannot."""
        if not settings.DEMO:
            raise CommandError("Only a demonstration is filled: use config.settings_demo.", returncode=2)
        if recruitments < 0 or reports < 0:
            raise CommandError("--recruitments and --reports are numbers from 0.", returncode=2)
        began = time.monotonic()
        try:
            with progress.shown("seed_demo", "recruitment") as bar:
                fill(recruitments, seed=seed, progress=bar)
            for path in settings.DEMO_CHAPTERS:
                import_string(path)()
            import_string(settings.DEMO_REPORTS)(reports, seed)
        except NotEmpty:
            raise CommandError(
                "The database holds something already: the demonstration begins with an empty one.",
                returncode=2,
            ) from None
        self.stdout.write(f"{recruitments} recruitments in {time.monotonic() - began:.0f} s.")
