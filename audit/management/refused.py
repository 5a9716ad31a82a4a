"""A command that must not be run here."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class RefusedCommand(BaseCommand):
    """Refuses with a reason, whatever it is asked."""

    help = "Refused: history is only ever added to, and only by acts."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        """Refuse before any option is read."""
        self.stderr.write(self.style.ERROR(self.help))
        raise SystemExit(2)

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        """Raises CommandError."""
        raise CommandError(self.help)
