"""Who may make an Opening, and who may import ciphers: read from the syntax trees of the whole product."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("audit", "config", "vetting")
OPENS = ("vetting/access/reveal.py",)
CIPHERS = ("vetting/crypto/", "audit/")


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product by its path from the root."""
    for room in PRODUCT:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


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


def test_only_the_recorded_reading_makes_an_opening() -> None:
    found = {path: lines for path, tree in trees() if path not in OPENS and (lines := makes_openings(tree))}
    assert found == {}


def test_ciphers_are_imported_in_crypto_and_audit_alone() -> None:
    found = {
        path: lines
        for path, tree in trees()
        if not path.startswith(CIPHERS) and (lines := imports_ciphers(tree))
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
    assert "vetting/crypto/sealed.py" in dict(trees())
    assert imports_ciphers(dict(trees())["vetting/crypto/envelope.py"])
