"""What of the log lies outside the database, in the folder LOG_STATE: per tree the key that seals now, how far the tree
had come (the mark), and, until the auditor has fetched it, the first key.

Every entry's seal is made under the key of its epoch, and the epoch follows from the position alone. A key gives the
next one, never the one before, and only the newest is kept: whoever takes the service over can seal what is to come,
but not seal again what lies in earlier epochs. The mark tells a database that is older than this folder.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from audit import slots
from audit.errors import LogBroken
from audit.events import DAY_TREES
from audit.merkle import HASH_BYTES, Frontier

EPOCH_SIZE = 128
# A logical tree's name, and from the second generation on its number.
TREE = re.compile(r"[a-z]+(\.[1-9][0-9]{0,5})?")
_SEAL, _NEXT = b"log position\x00", b"log next epoch\x00"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a tree had come: its size, and its root (32 bytes) at that size."""

    size: int
    root: bytes


def folder() -> Path:
    """The folder of the state."""
    return Path(settings.LOG_STATE)


def physical(logical: str) -> str:
    """The tree that a logical tree ("main", "reports") is written to now: "main", after a restart "main.2" …

    A tree takes over with the mark of its first entry, which binds it to the one before. Until then, where a restart
    was cut off, the old one is the one that is written to, or shut.
    """
    generation = 1
    while _has_begun(f"{logical}.{generation + 1}"):
        generation += 1
    return logical if generation == 1 else f"{logical}.{generation}"


def is_unfinished(tree: str) -> bool:
    """Whether a restart made the tree's state and was cut off before the tree took over."""
    return os.path.exists(_path(tree, "mark")) and not _has_begun(tree)


def _has_begun(tree: str) -> bool:
    path = _path(tree, "mark")
    if not os.path.exists(path):
        return False
    found = slots.read(path)
    # A mark that cannot be read is no reason to go on with the tree before it.
    return found[0] > 0 if found is not None else _is_made(path)


def _is_made(path: str) -> bool:
    """Whether there is such a file with something in it: a full disk and a killed process leave empty ones."""
    try:
        return os.path.getsize(path) > 0
    except FileNotFoundError:
        return False


def following(tree: str) -> str:
    """The name of the tree that goes on where `tree` was ended."""
    logical, _dot, generation = tree.partition(".")
    return f"{logical}.{int(generation or 1) + 1}"


def next_key(key: bytes) -> bytes:
    """The key of the epoch after that of `key`; there is no way back."""
    return sha256(_NEXT + key).digest()


def seal_of(key: bytes, tree: str, position: int, hashed: bytes) -> bytes:
    """The seal (HMAC-SHA256, 32 bytes) of the leaf with this hash in this place of this tree."""
    return hmac.digest(key, _SEAL + tree.encode() + b"\x00" + position.to_bytes(8, "big") + hashed, "sha256")


class Sealing:
    """Seals the entries of one tree, in order of position. Made by `opened`."""

    def __init__(self, tree: str, epoch: int, key: bytes) -> None:
        self.tree, self._epoch, self._key = tree, epoch, key

    def seal(self, position: int, hashed: bytes) -> bytes:
        """The seal of the next entry. Raises LogBroken for a place whose key is gone: the database has gone back."""
        wanted = position // EPOCH_SIZE
        if wanted < self._epoch:
            raise declare_broken(self.tree, "epoch-behind: the next place was sealed long ago")
        while self._epoch < wanted:
            self._epoch, self._key = self._epoch + 1, next_key(self._key)
        return seal_of(self._key, self.tree, position, hashed)


def opened(tree: str, head: Frontier) -> Sealing:
    """What seals the tree's next entries, `head` being the tree as the database has it, locked.

    Raises LogBroken where the database is not as the state outside says, and keeps the log shut from then on.
    """
    why = broken(tree)
    if why:
        raise LogBroken(why)
    if head.size == 0:
        begin(tree)
    mark, key = slots.read(_path(tree, "mark")), slots.read(_path(tree, "epoch"))
    if mark is None or key is None:
        raise declare_broken(
            tree, f"state-missing: {'mark' if mark is None else 'key'} of a tree with entries"
        )
    if head.size < mark[0]:
        raise declare_broken(tree, f"mark-behind: {missing(tree, mark[0], head.size)} entries are missing")
    if head.size == mark[0] and head.root() != bytes.fromhex(mark[1]):
        raise declare_broken(tree, "mark-root: the entries are not those that were written")
    return Sealing(tree, key[0], base64.b64decode(key[1]))


def missing(tree: str, noted: int, size: int) -> str:
    """How many of the tree's entries are missing. Of a tree that tells days that would tell how many there are."""
    return "some" if tree.partition(".")[0] in DAY_TREES else f"{noted - size} of {noted}"


def begin(tree: str) -> None:
    """Make the state of a new tree, where it is not there: its first key, and a mark at nothing. Idempotent."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    if _is_made(_path(tree, "mark")):
        return
    with slots.held(_path(tree, "lock")):
        first = folder() / f"{tree}.first"
        if first_key(tree) is None:
            # Whole or not at all. Only without a mark: later it is gone because the auditor has fetched it.
            unfinished = folder() / f"{tree}.first.part"
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(base64.b64encode(os.urandom(HASH_BYTES)).decode() + "\n")
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(first)
        if not _is_made(_path(tree, "mark")):
            with slots.held(_path(tree, "epoch")) as epoch:
                slots.write(epoch, 0, first.read_text(encoding="ascii").strip(), lasting=True)
            with slots.held(_path(tree, "mark")) as mark:
                slots.write(mark, 0, Frontier().root().hex(), lasting=True)


def advance(tree: str, head: Frontier) -> None:
    """Take in that the tree with this head is committed: the mark moves on, and keys no longer needed are gone.

    Called after the commit, in any order: what is older than the mark changes nothing. Raises OSError.
    """
    with slots.held(_path(tree, "mark")) as mark:
        known = slots.newest(mark)
        if known is None or head.size <= known[0]:
            return
        slots.write(mark, head.size, head.root().hex())
    wanted = head.size // EPOCH_SIZE
    if wanted > known[0] // EPOCH_SIZE:
        _forget_keys_before(tree, wanted)


def _forget_keys_before(tree: str, wanted: int) -> None:
    with slots.held(_path(tree, "epoch")) as epoch:
        found = slots.newest(epoch)
        if found is not None and found[0] < wanted:
            key = base64.b64decode(found[1])
            for _ in range(wanted - found[0]):
                key = next_key(key)
            slots.write(epoch, wanted, base64.b64encode(key).decode(), lasting=True, everywhere=True)


def read_mark(tree: str) -> Mark | None:
    """The tree's mark; None where there is none that can be read."""
    found = slots.read(_path(tree, "mark"))
    return None if found is None else Mark(found[0], bytes.fromhex(found[1]))


def read_epoch(tree: str) -> int | None:
    """The epoch whose key is kept; None where there is none that can be read."""
    found = slots.read(_path(tree, "epoch"))
    return None if found is None else found[0]


def current_key(tree: str) -> tuple[int, bytes] | None:
    """The epoch whose key is kept, and the key; None where there is none that can be read."""
    found = slots.read(_path(tree, "epoch"))
    return None if found is None else (found[0], base64.b64decode(found[1]))


def first_key(tree: str) -> bytes | None:
    """The tree's first key (32 bytes), where nobody has taken it from here yet."""
    try:
        key = base64.b64decode(
            (folder() / f"{tree}.first").read_text(encoding="ascii").strip(), validate=True
        )
    except (FileNotFoundError, ValueError):
        return None
    return key if len(key) == HASH_BYTES else None


def trees() -> Iterator[str]:
    """Every tree that has a state here, ended ones too."""
    for path in sorted(folder().glob("*.mark")):
        yield path.name.removesuffix(".mark")


def end(tree: str) -> None:
    """Leave a sign of a tree that was ended and whose state may be lost, so that its successor is found after it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with slots.held(_path(tree, "mark")) as mark:
        if not os.fstat(mark).st_size:
            os.write(mark, b"ended\n")  # no mark, and not empty either, which is one that was cut off


def discard(tree: str) -> None:
    """Forget the state of a tree that has no entries."""
    for kind in ("mark", "epoch", "first", "broken", "lock"):
        (folder() / f"{tree}.{kind}").unlink(missing_ok=True)


def broken(tree: str) -> str:
    """Why nothing more is written to the tree, in one line; empty where all is well."""
    path = _path(tree, "broken")
    if not os.path.exists(path):
        return ""
    # On a full disk the file is all there is.
    return Path(path).read_text(encoding="utf-8").strip() or f"{tree}: shut"


def declare_broken(tree: str, why: str) -> LogBroken:
    """Keep the tree shut until it is restarted, whatever the database says next; the error to raise."""
    told = f"{tree}: {why}"
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError), (folder() / f"{tree}.broken").open("x", encoding="utf-8") as file:
        file.write(told + "\n")
    return LogBroken(told)


def _path(tree: str, kind: str) -> str:
    # Asked for in every act: text, as making a Path costs more than reading what is there.
    return f"{settings.LOG_STATE}/{tree}.{kind}"
