"""Write the bundle of the log that the stand-alone verifier reads."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import bundle, progress
from audit.snapshot import consistent


class Command(BaseCommand):
    """Exit 0: the folder is there, whole. 2: it is not, and why."""

    help = (
        "Writes the log, its signed heads and the covered rows (sealed values as ciphertext) into a new folder, with"
        " the verifier beside. Example: manage.py audit_export --out bundle && python3 bundle/verifier.py verify bundle"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and how much."""
        parser.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet"
        )
        parser.add_argument("--log-only", action="store_true", help="leave the covered rows out")

    def handle(self, *args: Any, out: Path, log_only: bool, **options: Any) -> None:
        """Raises CommandError."""
        if out.exists():
            raise CommandError(f"{out} is there already: name a new folder.", returncode=2)
        unfinished = None
        try:
            unfinished = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
            with consistent(), progress.shown("audit_export", "entry") as bar:
                told = bundle.write(unfinished, full=not log_only, progress=bar)
            for program in bundle.PROGRAMS:
                shutil.copyfile(program, unfinished / program.name)
            unfinished.rename(out)
        except OSError as error:
            raise CommandError(f"{out} could not be written: {error.strerror}.", returncode=2) from None
        finally:
            if unfinished is not None:
                shutil.rmtree(unfinished, ignore_errors=True)
        sizes = ", ".join(f"{tree} {said['size']}" for tree, said in told["trees"].items())
        self.stdout.write(f"{out}: {sizes or 'an empty log'}. Digest {bundle.digest(out)}")
