"""Signed notes (C2SP signed-note): a text, and the signatures of one or more named keys over it. Pure.

    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

Whatever the format forbids is refused; signatures of unknown keys count for nothing, as the format demands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit.signatures import MalformedKey, MalformedNote, NoteError, Signature, Verifier, text_bytes

# A note from elsewhere must not cost more than this many checks; the format asks for at least 16.
MOST_SIGNATURES = 100


class WrongSignature(NoteError):
    """A known key is said to have signed this text, and has not."""


class NoKnownSignature(NoteError):
    """No known key has signed the note, so its text says nothing."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note that has been opened: its text, the signatures of known keys, and those of others."""

    text: str
    known: tuple[Signature, ...]
    unknown: tuple[Signature, ...] = ()


def signed(text: str, signatures: Iterable[Signature]) -> str:
    """The note: the text, an empty line, the signature lines. Raises MalformedNote."""
    text_bytes(text)
    lines = "".join(signature.line for signature in signatures)
    if not lines:
        raise MalformedNote("a note has at least one signature")
    return f"{text}\n{lines}"


def parse(note: str | bytes) -> tuple[str, list[Signature]]:
    """Text and signatures of a note, none of them checked. Raises MalformedNote."""
    if isinstance(note, bytes):
        try:
            note = note.decode()
        except UnicodeDecodeError:
            raise MalformedNote("the note is not UTF-8") from None
    # The text may hold empty lines; the last of the note ends it.
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise MalformedNote("a note ends with an empty line and signature lines")
    text_bytes(text + "\n")
    lines = block[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise MalformedNote("the note has more signatures than are read")
    return text + "\n", [Signature.parse(line) for line in lines]


def open_note(note: str | bytes, known: Iterable[Verifier]) -> Note:
    """The note, with at least one signature of a known key; repeated signatures are told once.

    Raises MalformedNote, WrongSignature where a known key's signature is not over this text, NoKnownSignature,
    MalformedKey where two known keys go by one name and id.
    """
    keys: dict[tuple[str, bytes], Verifier] = {}
    for key in known:
        if keys.setdefault((key.name, key.key_id), key) != key:
            raise MalformedKey("two keys go by one name and id")
    text, signatures = parse(note)
    ours: dict[tuple[str, bytes], Signature] = {}
    others: dict[Signature, None] = {}
    for signature in signatures:
        place = signature.name, signature.key_id
        if place not in keys:
            others[signature] = None
        elif place not in ours:
            if not keys[place].has_signed(text, signature):
                raise WrongSignature(f"the signature of {signature.name} is not over this text")
            ours[place] = signature
    if not ours:
        raise NoKnownSignature("no known key has signed the note")
    return Note(text, tuple(ours.values()), tuple(others))
