"""Passphrases that are made, not chosen: pronounceable words, and the key that is derived from them.

Six words of two syllables and a final consonant, each one of 16·4·16·4·16 ("proquints", D. Wilkerson, arXiv:0901.4016):
16 bits a word, 96 in all. A chosen passphrase could be guessed by whoever has the key store; this one cannot, with any
slow hash or none. Argon2id (RFC 9106) comes on top, with the second recommended parameters of its section 4 (t=3,
64 MiB, 4 lanes), well over the least of OWASP's Password Storage Cheat Sheet (t=2, 19 MiB).
"""

from __future__ import annotations

import os
import re
import secrets
import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

WORDS = 6
SALT_BYTES = 16
ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"


def new_passphrase() -> str:
    """Six words of five letters, with spaces between them: 96 random bits."""
    return " ".join(word(secrets.randbits(16)) for _ in range(WORDS))


def new_salt() -> bytes:
    """A salt for `derive`."""
    return os.urandom(SALT_BYTES)


def derive(passphrase: str, salt: bytes) -> bytes:
    """32 bytes from a passphrase as typed: case, and what stands between the words, are forgiven. About 0.1–0.3 s."""
    argon = Argon2id(salt=salt, length=32, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB)
    return argon.derive(plain(passphrase).encode())


def plain(typed: str) -> str:
    """The letters of a passphrase as typed; at most 400 signs are looked at."""
    return re.sub(r"[\W_\d]+", "", unicodedata.normalize("NFKC", typed[:400])).lower()


def word(bits: int) -> str:
    """One word of sixteen bits."""
    letters = ""
    for signs, width in ((_CONSONANTS, 4), (_VOWELS, 2), (_CONSONANTS, 4), (_VOWELS, 2), (_CONSONANTS, 4)):
        bits, drawn = bits >> width, bits & (1 << width) - 1
        letters += signs[drawn]
    return letters
