"""Prints the policy for a jurist, or says that the print is stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vetting.policy.document import document


class Command(BaseCommand):
    """Write docs/policy.md, or compare it with the declarations."""

    help = (
        "Skriver docs/policy.md: roller, behörigheter, kontroller med lagstöd och arbetsgången. "
        "Exempel: manage.py policy_document --check (slutkod 1 när utskriften är inaktuell)."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """``--check`` compares and writes nothing; ``--out`` another file."""
        parser.add_argument(
            "--check", action="store_true", help="jämför bara; slutkod 1 när filen är inaktuell"
        )
        parser.add_argument("--out", type=Path, default=Path(settings.BASE_DIR) / "docs" / "policy.md")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare. Raises CommandError (exit 1) when the file differs from the declarations."""
        path: Path = options["out"]
        text = document()
        if options["check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"{path} är inaktuell; kör manage.py policy_document")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{path} skriven")
