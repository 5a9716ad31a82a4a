"""The log tells in words how somebody signed in: every code that `accounts` writes has some."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from vetting.recruitment.method_words import METHODS

ACCOUNTS = Path(__file__).parents[2] / "vetting" / "accounts"
WRITES = {"changing", "record_changed", "record_failure"}
"""What takes a code of how somebody signs in, or of what was changed about it."""


def codes_written() -> Iterator[str]:
    """Every code that stands as it is in a call."""
    for path in ACCOUNTS.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in WRITES:
                told = (each for given in call.args for each in _texts(given))
                yield from (each for each in told if each)


def _texts(given: ast.expr) -> Iterator[str]:
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from (*_texts(given.body), *_texts(given.orelse))


def test_every_code_that_is_written_is_told_in_words() -> None:
    written = set(codes_written())
    assert {"totp_added", "key_added", "sso_bound", "too_many"} <= written, "the calls have other names now"
    assert written <= set(METHODS)
