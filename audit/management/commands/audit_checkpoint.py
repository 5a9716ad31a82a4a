"""Sign the log's heads now, tell the keys that check the signatures, or compare notes kept elsewhere with the log."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from audit import anchor_files, anchors, signing
from audit.errors import CheckpointContradicted, NoSigningKey
from audit.signatures import DASH


class Command(BaseCommand):
    """Exit 0: signed, or every note is as the log says. 1: the log contradicts a checkpoint. 2: could not, and why."""

    help = (
        "Signs the head of each log and prints the notes. Example: manage.py audit_checkpoint > today.note --"
        " Keys for the auditor: manage.py audit_checkpoint --vkey --"
        " Compare: manage.py audit_checkpoint --check kept/*.note"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do instead of signing, one of two."""
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--vkey", action="store_true", help="print the public key of each log, one a line"
        )
        instead.add_argument(
            "--check",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="compare the notes (or mails) in these files",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit with the code."""
        try:
            if options["vkey"]:
                wrong = self._keys()
            elif options["check"]:
                wrong = self._check(options["check"])
            else:
                wrong = self._sign()
        except (NoSigningKey, _Unreadable) as error:
            sys.stderr.write(f"{error}\n")
            raise SystemExit(2) from None
        if wrong:
            self.stdout.write("\n".join(wrong))
            raise SystemExit(1)

    def _keys(self) -> list[str]:
        for tree in signing.trees() or ["main"]:
            self.stdout.write(str(signing.signer(tree).verifier))
        return []

    def _sign(self) -> list[str]:
        wrong, notes = [], []
        for tree in signing.trees():
            try:
                signing.sign(tree, elsewhere=anchor_files.newest(tree), anyway=True)
            except CheckpointContradicted as error:
                wrong.append(str(error))
                continue
            row = signing.newest(tree)
            if row is not None:
                notes.append(row.note)
        anchors.deliver([anchors.FILE])
        self.stdout.write("\n".join(notes), ending="")
        return wrong

    def _check(self, paths: Sequence[Path]) -> list[str]:
        signing.signer("main")  # without our own key nothing could be told of a signature
        wrong: list[str] = []
        roots: dict[tuple[str, int], bytes] = {}
        for path in paths:
            note, tree = _note_in(path)
            found = signing.contradiction(note, tree)
            if not found.startswith("checkpoint-signature"):
                head = signing.head_of(note)
                if roots.setdefault((tree, head.size), head.root) != head.root:
                    wrong.append(
                        f"fork: two notes of {tree} tell {head.size} entries with different roots ({path})"
                    )
            if found:
                wrong.append(f"{found} ({path})")
            else:
                self.stdout.write(f"{path}: {head.size} entries of {tree}, as the log has them")
        return wrong


class _Unreadable(Exception):
    """A file that holds no note of this log."""


def _note_in(path: Path) -> tuple[str, str]:
    """The note in a file, which may be a mail's text with words before and after it; and the tree it is of."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _Unreadable(f"{path} cannot be read ({type(error).__name__}).") from None
    ours = settings.LOG_ORIGIN + "/"
    first = next((place for place, line in enumerate(lines) if line.startswith(ours)), None)
    last = max((place for place, line in enumerate(lines) if line.startswith(DASH)), default=-1)
    if first is None or last < first:
        raise _Unreadable(f"{path} holds no checkpoint of {settings.LOG_ORIGIN}.")
    return "".join(f"{line}\n" for line in lines[first : last + 1]), lines[first].removeprefix(ours)
