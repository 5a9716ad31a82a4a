"""A number and a word in a small file that is written in place and never half: two slots, each with a checksum.

The older slot is overwritten, so a write that was cut off leaves the newer one. In place, and not through a new file,
so that it needs no space on a full disk and an old secret is written over rather than left behind in free blocks.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

SLOT = 192
Record = tuple[int, str]


def read(path: str) -> Record | None:
    """The newest number and its word; None where there is no file or no slot that is whole."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return newest(handle)
    finally:
        os.close(handle)


def newest(handle: int) -> Record | None:
    """As `read`, of an open file."""
    return _newest(os.pread(handle, 2 * SLOT, 0))[0]


def write(handle: int, number: int, word: str, *, lasting: bool = False, everywhere: bool = False) -> None:
    """Write over the older slot of an open file. `lasting`: wait for the disk. `everywhere`: then over the other too.

    Not for several at once: see `held`. Raises OSError; ValueError for what does not fit.
    """
    record = f"{number} {word} {_checksum(number, word)}".encode("ascii").ljust(SLOT - 1) + b"\n"
    if len(record) != SLOT or " " in word:
        raise ValueError("a slot holds a number and one short word")
    newest_at = _newest(os.pread(handle, 2 * SLOT, 0))[1]
    for place in (SLOT - newest_at, newest_at)[: 2 if everywhere else 1]:
        os.pwrite(handle, record, place)
        if lasting:
            os.fsync(handle)


@contextmanager
def held(path: str) -> Iterator[int]:
    """The open file, held against others who ask for the same; made, for its owner alone, where it is not there."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _newest(content: bytes) -> tuple[Record | None, int]:
    """The newest whole slot and where it begins; that of the second where there is none, so that the first is free."""
    first, second = _split(content[:SLOT]), _split(content[SLOT:])
    for (number, word, told), place in (
        ((first, 0), (second, SLOT)) if first >= second else ((second, SLOT), (first, 0))
    ):
        if told == _checksum(number, word):
            return (number, word), place
    return None, SLOT


def _split(record: bytes) -> tuple[int, str, str]:
    parts = record.decode("ascii", "replace").split()
    if len(parts) != 3 or not parts[0].isdecimal() or not parts[0].isascii():
        return -1, "", ""
    return int(parts[0]), parts[1], parts[2]


def _checksum(number: int, word: str) -> str:
    return sha256(f"{number} {word}".encode("ascii", "replace")).hexdigest()[:16]
