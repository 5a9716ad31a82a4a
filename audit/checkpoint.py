"""Checkpoints (C2SP tlog-checkpoint): a tree's head as the text of a signed note, and a witness's answer. Pure.

    example.kommun.se/rekrytering/main
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    time 2026-11-28T03:50:00Z

Three lines tell which log, how many entries and the root; what follows is the log's own. Ours tells the time, so that
a day without a new checkpoint shows: for trees that tell nothing finer than a day, the day.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.merkle import HASH_BYTES, is_consistent
from audit.notes import open_note
from audit.signatures import MalformedNote, NoteError, Signature, Signer, Verifier, decoded, is_name

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME = re.compile(r"time (\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)Z)?")


class Inconsistent(NoteError):
    """A tree's head that does not continue the one seen before: a fork, or a log that has shrunk."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tree of `size` entries with this root, as the log `origin` tells it. `extra` are further lines."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note's text. Raises MalformedNote for what the format cannot hold."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extra)
        text = "".join(f"{line}\n" for line in lines)
        if parse(text) != self:
            raise MalformedNote("not a tree's head")
        return text

    @property
    def time(self) -> datetime | None:
        """When the log says it signed (UTC; midnight where it tells the day alone); None where it does not say."""
        for line in self.extra:
            if found := _TIME.fullmatch(line):
                try:
                    return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00:00'}").replace(tzinfo=UTC)
                except ValueError:
                    return None
        return None


def time_line(moment: datetime, *, day: bool) -> str:
    """The line that tells when: to the second, or the day alone (both UTC)."""
    moment = moment.astimezone(UTC)
    return f"time {moment:%Y-%m-%d}" if day else f"time {moment:%Y-%m-%dT%H:%M:%SZ}"


def parse(text: str) -> Head:
    """The head that a note's text tells. Raises MalformedNote."""
    lines = text.split("\n")
    if lines.pop() != "" or len(lines) < 3 or not all(lines):
        raise MalformedNote("a checkpoint has three lines or more, none of them empty")
    origin, size, encoded, *extra = lines
    root = decoded(encoded)
    if not _SIZE.fullmatch(size) or int(size) >= 1 << 63:
        raise MalformedNote("a checkpoint's second line is the size, as a whole number")
    if root is None or len(root) != HASH_BYTES:
        raise MalformedNote("a checkpoint's third line is the root, 32 bytes in base64")
    return Head(origin, int(size), root, tuple(extra))


def is_origin(text: str) -> bool:
    """Whether a log may be called so: an address without a scheme, in plain letters, without spaces and plus."""
    return is_name(text) and text.isascii() and "://" not in text and not text.startswith("/")


def witness(
    note: str, log: Verifier, own: Signer, seen: Head | None, proof: Sequence[bytes], *, at: int
) -> Signature:
    """A witness's cosignature on a note of the log, made only where it continues what the witness has `seen`.

    `proof` is the consistency path from `seen` (RFC 6962 2.1.2); `at` is in seconds since 1970. The caller keeps the
    note's head as what is seen next time, before giving the signature away. Raises NoteError, Inconsistent.
    """
    text = open_note(note, [log]).text
    head = parse(text)
    if head.origin != log.name:
        raise Inconsistent(f"the note is of the log {head.origin}")
    if seen is not None:
        if head.origin != seen.origin:
            raise Inconsistent(f"what was seen before is of the log {seen.origin}")
        if head.size < seen.size:
            raise Inconsistent(f"the log has shrunk from {seen.size} to {head.size}")
        if seen.size and not is_consistent(seen.size, head.size, proof, seen.root, head.root):
            raise Inconsistent(f"{head.size} entries do not continue the {seen.size} seen before")
    return own.sign(text, at=at)
