"""Parts of a recipient's key as five people keep them on paper: number, 32 bytes, and a check of the typing.

    3-R8KQ-… (base32 in Crockford's signs, groups of four)

33 bytes and the first three of their SHA-256. The check finds slips of the hand; whether parts belong together shows
when they are joined.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from vetting.crypto.written import SIGNS, NotACode, plain

PART_BYTES, CHECK_BYTES = 32, 3
_BITS = (1 + PART_BYTES + CHECK_BYTES) * 8
_SIGNS = -(-_BITS // 5)


def write(number: int, part: bytes) -> str:
    """The part in groups of four signs."""
    content = bytes([number]) + part
    whole = int.from_bytes(content + sha256(content).digest()[:CHECK_BYTES], "big")
    signs = "".join(SIGNS[whole >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return "-".join(signs[start : start + 4] for start in range(0, _SIGNS, 4))


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
