"""The migrated databases that tests keep between runs: what a migration is made of is in what they are kept under."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.harness import migrated
from tests.harness.databases import ALIASES, SqliteTemplates, Templates
from tests.harness.migrated import ROOT, WHOLE


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_migrations_import_from_nowhere_else() -> None:
    migrations = [path for path in ROOT.glob("*/**/migrations/*.py") if ".venv" not in path.parts]
    assert len(migrations) > 50
    ours = {
        name
        for path in migrations
        for name in _imported(path)
        if name.startswith(("vetting", "audit", "config"))
    }
    counted = tuple(part.replace("/", ".") for part in WHOLE)
    assert ours
    assert not [name for name in ours if not name.startswith(counted)]


def test_what_the_next_run_takes_is_what_this_one_has(
    templates: Templates, django_db_setup: None, tmp_path: Path
) -> None:
    """Built here or read in here: the same file would be kept of it."""
    for alias in ALIASES:
        if isinstance(templates, SqliteTemplates):
            kept, now = migrated.of(alias), Path(templates.template(alias))
            assert kept.read_bytes() == now.read_bytes()
        else:
            kept, now = templates.kept(alias), tmp_path / alias
            assert templates.written(alias, now)
            assert _lines(kept) == _lines(now)


def _lines(file: Path) -> list[str]:
    """What pg_dump wrote, but for the word that it draws anew each time, and for casts between two names of text."""
    said = [line for line in file.read_text(encoding="utf-8").splitlines() if "restrict " not in line]
    return [re.sub(r"::(text|character varying)(\[\])?|[()]", "", line) for line in said]
