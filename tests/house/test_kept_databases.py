"""The migrated databases that tests keep between runs: what a migration is made of is in what they are kept under."""

from __future__ import annotations

import ast
from pathlib import Path

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
