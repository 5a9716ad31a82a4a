"""Prints the policy for a jurist, in two documents, or says that a print is stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vetting.policy.document import document
from vetting.policy.document_pairs import pairs

PAIRS = "kontroller.md"
"""Beside the policy: the checks of every form with every profile."""


class Command(BaseCommand):
    """Write docs/policy.md and docs/kontroller.md, or compare them with the declarations."""

    help = (
        "Skriver docs/policy.md: roller, behörigheter, kontroller med lagstöd och arbetsgången, och bredvid den "
        "kontroller.md: kontrollerna för varje anställningsform och kontrollprofil. "
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
        """Write or compare. Raises CommandError (exit 1) when a file differs from the declarations."""
        path: Path = options["out"]
        made = {path: document(), path.with_name(PAIRS): pairs()}
        for file, text in made.items():
            if not options["check"]:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
                self.stdout.write(f"{file} skriven")
            elif not file.is_file() or file.read_text(encoding="utf-8") != text:
                raise CommandError(f"{file} är inaktuell; kör manage.py policy_document")
