"""Secrets that people write down: 130 random bits and two check signs, seven groups of four.

    T9V8-N6ZT-8AX9-BWT0-10MH-6BXH-9RFC

The signs are Crockford's 32 (no I, L, O or U, so that nothing is taken for something else and no word appears); small
letters, spaces, dashes, O for 0 and I or L for 1 are forgiven. The check signs make the whole a Reed–Solomon code over
GF(2⁵) (x⁵+x²+1, roots α and α²): one or two wrong signs are always noticed, also two that changed places, before
anything is looked up. 130 bits need no slow hash (OWASP ASVS 5.0, 6.5.2 asks for one below 112): what is derived from
them is HKDF-SHA256 (RFC 5869), a key for each purpose.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SIGNS, CHECK_SIGNS, GROUP = 26, 2, 4
LENGTH = RANDOM_SIGNS + CHECK_SIGNS
GROUPS = LENGTH // GROUP
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-‐‑‒–—.,_·]+")
_GROUPED = re.compile(r"(?=\b((?:[0-9A-Za-z]{4}[\s\-‐‑‒–—.,_·]){6}[0-9A-Za-z]{4})\b)")
_CONTEXT = b"vetting written secret, version 1\x00"


class NotACode(ValueError):
    """What was typed is no such secret: too short, too long, or with a wrong sign. Never holds what was typed."""


class Code:
    """One secret. Equal by its signs, and shows none of them unless asked for `groups`."""

    __slots__ = ("_signs",)

    def __init__(self, signs: str) -> None:
        self._signs = signs

    @classmethod
    def new(cls) -> Code:
        """A new one, from the system's generator."""
        return cls.of([secrets.randbelow(32) for _ in range(RANDOM_SIGNS)])

    @classmethod
    def of(cls, values: list[int]) -> Code:
        """The code of 26 values of five bits. Raises NotACode."""
        if len(values) != RANDOM_SIGNS or not all(0 <= value < 32 for value in values):
            raise NotACode
        return cls("".join(SIGNS[value] for value in values + list(checks(values))))

    @classmethod
    def read(cls, typed: str) -> Code:
        """The code as somebody typed it. Raises NotACode."""
        signs = plain(typed[:200])
        if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
            raise NotACode
        values = [SIGNS.index(sign) for sign in signs]
        if checks(values[:RANDOM_SIGNS]) != tuple(values[RANDOM_SIGNS:]):
            raise NotACode
        return cls(signs)

    @property
    def groups(self) -> tuple[str, ...]:
        """The seven groups, for the one page that shows them."""
        return tuple(self._signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))

    @property
    def bits(self) -> bytes:
        """The 130 bits in 17 bytes, for what carries a code sealed."""
        number = 0
        for sign in self._signs[:RANDOM_SIGNS]:
            number = number << 5 | SIGNS.index(sign)
        return number.to_bytes(17, "big")

    @classmethod
    def from_bits(cls, bits: bytes) -> Code:
        """The code of `bits`. Raises NotACode."""
        number = int.from_bytes(bits, "big")
        if len(bits) != 17 or number >> 130:
            raise NotACode
        return cls.of([number >> 5 * place & 31 for place in reversed(range(RANDOM_SIGNS))])

    def is_group(self, number: int, typed: str) -> bool:
        """Whether `typed` is group `number` (1–7): the check that it was saved."""
        return 1 <= number <= GROUPS and secrets.compare_digest(
            plain(typed[:40]).encode(), self.groups[number - 1].encode()
        )

    def is_in(self, text: str) -> bool:
        """Whether this very code stands somewhere in `text`, in any way that `read` forgives."""
        return self._signs in plain(text)

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose; from one purpose's bytes nothing follows about another's."""
        return HKDF(SHA256(), 32, salt=None, info=_CONTEXT + purpose.encode()).derive(self._signs.encode())

    def __eq__(self, other: object) -> bool:
        return self._signs == other._signs if isinstance(other, Code) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._signs)

    def __repr__(self) -> str:
        return "<Code>"

    __str__ = __repr__


def holds_code(text: str) -> bool:
    """Whether a code stands in `text` as codes are shown: seven groups of four with one sign between them.

    Without the groups one of some thousand ordinary sentences would be taken for a code; whoever knows the very code
    asks `Code.is_in`.
    """
    for found in _GROUPED.finditer(unicodedata.normalize("NFKC", text)):
        try:
            Code.read(found[1])
        except NotACode:
            continue
        return True
    return False


def plain(typed: str) -> str:
    """What is typed, without what stands between the signs, and with what is forgiven put right."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_FORGIVEN)


@cache
def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(5):
        product ^= (one << bit) * (other >> bit & 1)
    for bit in range(8, 4, -1):
        product ^= (0b100101 << bit - 5) * (product >> bit & 1)
    return product


def checks(values: list[int]) -> tuple[int, int]:
    """Of at most 29 values: the remainder of values·x² after division by (x−α)(x−α²) = x² + 6x + 8, with α = 2."""
    high = low = 0
    for value in values:
        lead = value ^ high
        high, low = low ^ _times(lead, 6), _times(lead, 8)
    return high, low
