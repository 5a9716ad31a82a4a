"""A number and a text in a small file that is written in place and never half: two slots, each with a checksum.

The older slot is overwritten, so a write that was cut off leaves the newer one. In place, and not through a new file,
so that it needs no space on a full disk and an old secret is written over rather than left behind in free blocks.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

SLOT = 192


class Slots:
    """The file at `path`; made by the first write, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    def read(self) -> tuple[int, str] | None:
        """The newest number and its text; None where there is no file or no slot that is whole."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        found = [slot for slot in (_parsed(content[:SLOT]), _parsed(content[SLOT:])) if slot is not None]
        return max(found, default=None)

    def write(self, number: int, text: str, *, lasting: bool = False, everywhere: bool = False) -> None:
        """Write over the older slot. `lasting`: wait for the disk. `everywhere`: then over the other one too.

        Not for several at once: see `locked`. Raises OSError; ValueError for what does not fit.
        """
        record = _record(number, text)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            first, second = _parsed(os.pread(handle, SLOT, 0)), _parsed(os.pread(handle, SLOT, SLOT))
            older = 0 if first is None or (second is not None and first <= second) else SLOT
            for place in (older, SLOT - older)[: 2 if everywhere else 1]:
                os.pwrite(handle, record, place)
                if lasting:
                    os.fsync(handle)
        finally:
            os.close(handle)

    @contextmanager
    def locked(self) -> Iterator[Slots]:
        """Hold the file against others who ask for the same, in this process and in others."""
        with locked(self.path):
            yield self


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file lock on `path`; the file is made where it is not there."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _record(number: int, text: str) -> bytes:
    said = f"{number} {text}"
    record = f"{said} {_checksum(said)}".encode("ascii").ljust(SLOT - 1) + b"\n"
    if len(record) != SLOT or " " in text:
        raise ValueError("a slot holds a number and one short word")
    return record


def _parsed(record: bytes) -> tuple[int, str] | None:
    parts = record.decode("ascii", "replace").split()
    if len(parts) != 3 or _checksum(f"{parts[0]} {parts[1]}") != parts[2]:
        return None
    return int(parts[0]), parts[1]


def _checksum(said: str) -> str:
    return sha256(said.encode("ascii", "replace")).hexdigest()[:16]
