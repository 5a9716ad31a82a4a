"""Migrated databases of earlier runs, SQLite's files and what pg_dump wrote: half a minute that need not be repeated.

What they are kept under is a digest of all that makes them: migrations and what these import, the triggers that are
installed after them, the tables there are, the libraries. Another view or rule of policy leaves them as they are.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import uuid
from functools import cache
from pathlib import Path

from django.apps import apps

from audit.triggers import rules

ROOT = Path(__file__).parents[2]
WHOLE = ("audit", "config", "vetting/crypto", "vetting/accounts", "tests/audit/testapp")
"""Folders that count in full: migrations import from them, and nothing of the program from elsewhere."""
KEPT = 24
"""How many programs' files are kept: a few trees side by side."""


@cache
def _program(engine: str) -> str:
    found = hashlib.sha256()
    texts = {path for part in WHOLE for path in (ROOT / part).rglob("*.py")}
    texts |= set((ROOT / "vetting").glob("*/migrations/*.py")) | set((ROOT / "requirements").glob("*.txt"))
    for path in sorted(texts):
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    for name in sorted(rule.name for _model, rule in rules(engine)):
        found.update(f"{name}\0".encode())
    for model in apps.get_models(include_auto_created=True):
        about = model._meta
        found.update(f"{about.label}{about.default_permissions}{about.permissions}\0".encode())
    return found.hexdigest()[:32]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"migrated-for-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
        raise RuntimeError(f"{folder} is not this account's alone: remove it.")
    return folder


def of(alias: str, engine: str = "sqlite", version: str = "sqlite3") -> Path:
    """Where the migrated file of the database `alias` lies, if it has been made."""
    return _folder() / f"{_program(engine)}-{alias}.{version}"


def keep(alias: str, file: Path, engine: str = "sqlite", version: str = "sqlite3") -> None:
    """Put a copy there, whole or not at all, and throw away the oldest."""
    aside = _folder() / f"new-{uuid.uuid4().hex}"
    shutil.copyfile(file, aside)
    aside.rename(of(alias, engine, version))
    kept = sorted(_folder().glob(f"*-{alias}.{version}"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
