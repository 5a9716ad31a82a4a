"""Make the demonstration ready to be served: migrate, fill where empty, collect the static files."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from config.routers import migrate_both

RECRUITMENTS = 120


class Command(BaseCommand):
    """Idempotent, and quick when there is nothing to do."""

    help = (
        "Migrates the demonstration's databases, fills them where they are empty and collects the static files."
        " Example: manage.py prepare_demo --recruitments 120"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many recruitments an empty database is filled with."""
        parser.add_argument("--recruitments", type=int, default=RECRUITMENTS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside the demonstration."""
        if not settings.DEMO:
            raise CommandError("Only the demonstration is prepared like this; use migrate and bootstrap.")
        migrate_both(verbosity=0)
        if "seed_demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("Filling the demonstration …")
            call_command(
                "seed_demo", recruitments=options["recruitments"], stdout=self.stdout, stderr=sys.stderr
            )
        call_command("collectstatic", verbosity=0, interactive=False)
