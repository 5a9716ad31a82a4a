"""A form that does not arrive in time is let go, and one thread watches over all that are waited for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from vetting.reports.public.patience import Watch


@pytest.fixture
def lines() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Three connections: the server's end, and that of somebody who sends nothing."""
    pairs = [socket.socketpair() for _ in range(3)]
    for mine, _theirs in pairs:
        mine.settimeout(30)
    yield pairs
    for pair in pairs:
        for end in pair:
            end.close()


def watchers() -> int:
    return sum(each.name == "patience" for each in threading.enumerate())


def test_only_what_is_late_is_let_go(lines: list[tuple[socket.socket, socket.socket]]) -> None:
    watch, before = Watch(), watchers()
    (patient, its_sender), (late, _), (come, its_other) = lines
    watch.begin(patient, 600)
    watch.end(watch.begin(come, 0.01))
    # Sooner than what is waited for already.
    watch.begin(late, 0.02)
    assert watchers() == before + 1
    assert late.recv(1) == b"", "it ends without a word from the other side"
    for here, there in ((patient, its_sender), (come, its_other)):
        there.sendall(b"x")
        assert here.recv(1) == b"x"


def test_it_ends_when_nobody_is_waited_for_and_begins_again(
    lines: list[tuple[socket.socket, socket.socket]],
) -> None:
    watch, known = Watch(), set(threading.enumerate())
    for line, _ in lines[:2]:
        watch.begin(line, 0.01)
        assert line.recv(1) == b""
        for thread in set(threading.enumerate()) - known:
            thread.join(30)
            assert not thread.is_alive()


def test_where_no_thread_is_to_be_had_the_next_form_is_watched_over(
    lines: list[tuple[socket.socket, socket.socket]], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    (refused, its_sender), (late, _), _ = lines
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", _no_thread)
        with pytest.raises(RuntimeError, match="can't start"):
            watch.begin(refused, 0.01)
    watch.begin(late, 0.02)
    assert late.recv(1) == b""
    its_sender.sendall(b"x")
    assert refused.recv(1) == b"x", "nothing of it is kept"


def _no_thread(_self: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")
