"""Does the database hold what the log says? Or does a bundle?"""

import sys
from argparse import ArgumentParser
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit import outside, progress, verifier
from audit.integrity import findings
from audit.merkle import HASH_BYTES
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
        for name, value, told in (
            (
                "--first-key",
                "TREE=KEY|FILE",
                "a first key kept elsewhere: TREE=KEY, TREE=FILE or a file TREE.first",
            ),
            ("--vkey", "KEY", "with --bundle: a key whose signature is trusted"),
            ("--note", "FILE", "with --bundle: a checkpoint kept elsewhere"),
        ):
            parser.add_argument(name, action="append", default=[], metavar=value, help=told)

    def handle(self, *args: Any, bundle: Path | None, **options: Any) -> None:
        """Raises SystemExit with the code, CommandError (2)."""
        keys = dict(_key(given) for given in options["first_key"])
        if bundle is not None:
            words = [f"--first-key={tree}={b64encode(key).decode()}" for tree, key in keys.items()]
            words += [f"--{name}={value}" for name in ("vkey", "note") for value in options[name]]
            raise SystemExit(verifier.main(["verify", str(bundle), *words]))
        if options["vkey"] or options["note"]:
            raise CommandError(
                "--vkey and --note go with --bundle; see audit_checkpoint --check.", returncode=2
            )
        count = 0
        try:
            known = outside.read(keys)
            with consistent(), progress.shown("audit_verify", "part") as bar:
                for finding in findings(known, bar):
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
    """Tree and key of TREE=KEY, TREE=FILE, or a file TREE.first. Raises CommandError."""
    tree, _, told = given.partition("=")
    try:
        if Path(given).is_file():
            tree, told = Path(given).name.removesuffix(".first"), Path(given).read_text(encoding="ascii")
        elif Path(told).is_file():
            told = Path(told).read_text(encoding="ascii")
        key = b64decode(told.strip(), validate=True)
    except (OSError, ValueError) as error:
        raise CommandError(
            f"--first-key {tree}: no key could be read ({type(error).__name__}).", returncode=2
        ) from None
    if len(key) != HASH_BYTES:
        raise CommandError(f"--first-key {tree}: a key has 32 bytes in base64.", returncode=2)
    return tree, key
