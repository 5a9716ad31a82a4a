"""Who may make an Opening, and who may import ciphers: read from the syntax trees of the whole product."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("audit", "config", "vetting")
OPENS = ("vetting/access/reveal.py",)
CIPHERS = ("vetting/crypto/", "audit/")


def makes_openings(tree: ast.Module) -> list[int]:
    """Lines that call Opening, or import it under another name so that a call would not be seen."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name == "Opening":
                lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom):
            lines += [node.lineno for each in node.names if each.name == "Opening" and each.asname]
        elif isinstance(node, ast.ClassDef):
            lines += [node.lineno for base in node.bases if ast.unparse(base).endswith("Opening")]
        elif isinstance(node, ast.Assign) and ast.unparse(node.value).split(".")[-1] == "Opening":
            lines.append(node.lineno)
    return lines


def imports_ciphers(tree: ast.Module) -> list[int]:
    """Lines that import `cryptography` or a part of it."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            lines += [node.lineno for each in node.names if each.name.split(".")[0] == "cryptography"]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            lines += [node.lineno] * ((node.module or "").split(".")[0] == "cryptography")
    return lines


@cache
def looked_through() -> dict[str, tuple[list[int], list[int]]]:
    """Every module of the product by its path from the root: its lines that make openings, and that import ciphers."""
    found = {}
    for room in PRODUCT:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found[path.relative_to(ROOT).as_posix()] = makes_openings(tree), imports_ciphers(tree)
    return found


def test_only_the_recorded_reading_makes_an_opening() -> None:
    found = {path: lines for path, (lines, _) in looked_through().items() if lines and path not in OPENS}
    assert found == {}


def test_ciphers_are_imported_in_crypto_and_audit_alone() -> None:
    found = {
        path: lines for path, (_, lines) in looked_through().items() if lines and not path.startswith(CIPHERS)
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "Opening(1)",
        "sealed.Opening(entry_id=1)",
        "from vetting.crypto.sealed import Opening as O",
        "Alias = sealed.Opening",
        "class Mine(Opening): pass",
    ],
)
def test_the_walk_sees_an_opening(code: str) -> None:
    assert makes_openings(ast.parse(code)) == [1]


@pytest.mark.parametrize("code", ["import cryptography.fernet as f", "from cryptography.x509 import y"])
def test_the_walk_sees_a_cipher(code: str) -> None:
    assert imports_ciphers(ast.parse(code)) == [1]


def test_the_walk_reads_the_product() -> None:
    assert "vetting/crypto/sealed.py" in looked_through()
    assert looked_through()["vetting/crypto/envelope.py"][1]
    assert any(looked_through()[path][0] for path in OPENS)
