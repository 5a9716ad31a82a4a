"""Migrated SQLite files of earlier runs: half a minute of migrations that the same program need not repeat.

What they are kept under is a digest of all of the program's text, so that any change makes them anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import uuid
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ("vetting", "audit", "config", "tests/audit/testapp")
KEPT = 4
"""How many programs' files are kept: a few trees side by side."""


@cache
def _program() -> str:
    found = hashlib.sha256()
    texts = [path for part in PROGRAM for path in (ROOT / part).rglob("*.py")]
    for path in sorted([*texts, *(ROOT / "requirements").glob("*.txt")]):
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:32]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"migrated-for-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise RuntimeError(f"{folder} is not this account's alone: remove it.")
    return folder


def of(alias: str) -> Path:
    """Where the migrated file of the database `alias` lies, if it has been made."""
    return _folder() / f"{_program()}-{alias}.sqlite3"


def keep(alias: str, file: Path) -> None:
    """Put a copy there, whole or not at all, and throw away the oldest."""
    aside = _folder() / f"new-{uuid.uuid4().hex}"
    shutil.copyfile(file, aside)
    aside.rename(of(alias))
    kept = sorted(_folder().glob(f"*-{alias}.sqlite3"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
