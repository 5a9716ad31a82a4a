"""Parts of a recipient's key as five people keep them on paper: number, 32 bytes, and a check of the typing.

    3-R8KQ-… (base32 in Crockford's signs, groups of four)

33 bytes and the first three of their SHA-256. The check finds slips of the hand; whether parts belong together shows
when they are joined.

A *mark* is what one says to another of a public key, to be typed by the other: 90 bits of its SHA-256 and two check
signs, so that a slip is not taken for another key. A key with the same mark costs 2⁹⁰ tries.

    T9V8-N6ZT-8AX9-BWT0-10MH
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from vetting.crypto.written import SIGNS, NotACode, checks, plain

PART_BYTES, CHECK_BYTES = 32, 3
_BITS = (1 + PART_BYTES + CHECK_BYTES) * 8
_SIGNS = -(-_BITS // 5)
MARK_SIGNS = 18
_MARK = b"vetting mark of a key, version 1\x00"


def write(number: int, part: bytes) -> str:
    """The part in groups of four signs."""
    content = bytes([number]) + part
    whole = int.from_bytes(content + sha256(content).digest()[:CHECK_BYTES], "big")
    signs = "".join(SIGNS[whole >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return _grouped(signs)


def read(typed: str) -> tuple[int, bytes]:
    """Number and part as somebody typed them. Raises NotACode, which holds nothing of it."""
    signs = plain(typed[:400])
    if len(signs) != _SIGNS or not set(signs) <= set(SIGNS):
        raise NotACode
    whole = 0
    for sign in signs:
        whole = whole << 5 | SIGNS.index(sign)
    if whole >> _BITS:
        raise NotACode
    raw = whole.to_bytes(_BITS // 8, "big")
    content, check = raw[:-CHECK_BYTES], raw[-CHECK_BYTES:]
    if not secrets.compare_digest(sha256(content).digest()[:CHECK_BYTES], check):
        raise NotACode
    return content[0], content[1:]


def mark(public: bytes) -> str:
    """What a key's owner says of it in person, in groups of four signs."""
    whole = int.from_bytes(sha256(_MARK + public).digest(), "big") >> 256 - 5 * MARK_SIGNS
    values = [whole >> 5 * place & 31 for place in reversed(range(MARK_SIGNS))]
    return _grouped("".join(SIGNS[value] for value in (*values, *checks(values))))


def read_mark(typed: str) -> str:
    """The mark as somebody typed it. Raises NotACode where signs are missing or wrong."""
    signs = plain(typed[:200])
    if len(signs) != MARK_SIGNS + 2 or not set(signs) <= set(SIGNS):
        raise NotACode
    values = [SIGNS.index(sign) for sign in signs]
    if checks(values[:MARK_SIGNS]) != tuple(values[MARK_SIGNS:]):
        raise NotACode
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
