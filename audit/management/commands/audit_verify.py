"""Does the database hold what the log says? Or does a bundle?"""

import sys
from argparse import ArgumentParser
from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit import outside, verifier
from audit.integrity import findings
from audit.snapshot import consistent


class Command(BaseCommand):
    """Exit 0: everything matches. 1: one line per finding, naming the entry or row. 2: could not verify, and why."""

    help = (
        "Works out everything anew: entries, trees, seals, marks, signed checkpoints, history and rows in use, accounts"
        " and keys. Only reads. Example: manage.py audit_verify --first-key main=kept/main.first"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A bundle instead of the database, and the keys the auditor has fetched."""
        parser.add_argument(
            "--bundle", type=Path, metavar="DIR", help="verify this bundle instead of the database"
        )
        parser.add_argument(
            "--first-key", action="append", default=[], metavar="TREE=FILE", help="a first key kept elsewhere"
        )

    def handle(self, *args: Any, bundle: Path | None, first_key: list[str], **options: Any) -> None:
        """Raises SystemExit with the code, CommandError (2)."""
        keys = dict(_key(given) for given in first_key)
        if bundle is not None:
            given = [f"--first-key={given.partition('=')[0]}={_text(given)}" for given in first_key]
            raise SystemExit(verifier.main(["verify", str(bundle), *given]))
        count = 0
        try:
            known = outside.read(keys)
            with consistent():
                for finding in findings(known):
                    count += 1
                    self.stdout.write(str(finding))
        except (DatabaseError, OSError) as error:
            raise CommandError(f"could not verify: {str(error).splitlines()[0]}", returncode=2) from None
        without = [tree for tree in known.marks if known.keys.get(tree, (1, b""))[0]]
        for tree in without:
            sys.stderr.write(f"not checked: the older seals of {tree} (no --first-key)\n")
        if count:
            raise SystemExit(1)


def _key(given: str) -> tuple[str, bytes]:
    try:
        key = b64decode(_text(given), validate=True)
    except NotBase64:
        key = b""
    if len(key) != 32:
        raise CommandError(f"--first-key {given}: the file must hold 32 bytes in base64.", returncode=2)
    return given.partition("=")[0], key


def _text(given: str) -> str:
    tree, _, path = given.partition("=")
    try:
        return Path(path).read_text(encoding="ascii").strip() if tree and path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"--first-key {given}: {type(error).__name__}.", returncode=2) from None
