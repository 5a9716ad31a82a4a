"""Policy stands on the ground floor: no Django, nothing of ours but the type of an event."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import vetting.policy

HERE = Path(vetting.policy.__file__).parent
MODULES = sorted(HERE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_a_module_imports_only_policy_and_the_standard_library(path: Path) -> None:
    for name in imported(path):
        ours = name == "audit.events" or name.startswith("vetting.policy")
        assert ours or name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
