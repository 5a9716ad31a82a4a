"""The stand-alone verifier, asked from a test."""

import pytest

from audit import verifier


def verified(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str], list[str]]:
    """The exit code, the findings, and what could not be checked."""
    code = verifier.main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out.splitlines(), [line for line in told.err.splitlines() if line]
