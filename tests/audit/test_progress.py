"""Whoever waits for a long command sees how far it has come; what goes to a file or another program is left clean."""

from __future__ import annotations

import os
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from pathlib import Path

import pytest
from django.core.management import call_command

from audit import progress
from tests.harness.databases import RealDatabase

Screen = Callable[[], str]


@contextmanager
def screen() -> Iterator[Screen]:
    """A terminal as standard error, and what stands on it."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    os.set_blocking(ours, False)
    with open(theirs, "w", encoding="utf-8") as terminal:

        def read() -> str:
            terminal.flush()
            told = b""
            with suppress(BlockingIOError):
                while part := os.read(ours, 4096):
                    told += part
            return told.decode(errors="replace")

        with redirect_stderr(terminal):
            yield read
    os.close(ours)


def work() -> None:
    with progress.shown("rotate_keys", "key") as bar:
        for done in (1, 2, 4):
            bar(done, 4)


def test_a_terminal_shows_how_many_of_how_many() -> None:
    with screen() as shown:
        work()
        told = shown()
    assert "rotate_keys" in told
    assert "4/4" in told


def test_nothing_is_drawn_into_a_file(tmp_path: Path) -> None:
    with (tmp_path / "told").open("w+", encoding="utf-8") as told, redirect_stderr(told):
        work()
        with progress.growing("backup", tmp_path / "told", None):
            pass
        told.seek(0)
        assert told.read() == ""


def test_a_file_that_grows_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SECONDS", 0.001)
    target, told = tmp_path / "copy", ""
    with screen() as shown, progress.growing("backup default", target, 2048):
        target.write_bytes(b"x" * 2048)
        until = time.monotonic() + 10
        while "2.05k/2.05k" not in told and time.monotonic() < until:
            told += shown()
            time.sleep(0.01)
    assert "2.05k/2.05k" in told


def test_a_verification_counts_its_parts_and_its_answer_stays_clean(
    real_db: RealDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    with screen() as shown:
        call_command("audit_verify")
        told = shown()
    assert "audit_verify" in told
    assert "100%" in told
    assert capsys.readouterr().out == ""
