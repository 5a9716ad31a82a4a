"""Sealing to somebody's public key, so that only the holder of the private one opens it: HPKE, base mode (RFC 9180).

    sealed      suite(1) ‖ encapsulated key ‖ ciphertext ‖ tag(16)
    public key  suite(1) ‖ the suite's own encoding
    private     a seed of 32 random bytes, the same for every suite

    suite 1     DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20-Poly1305 0x0003 (RFC 9180, section 7)
    suite 2     MLKEM768-X25519 0x647a, the rest as suite 1: opened only by whoever breaks both ML-KEM-768 (FIPS 203)
                and X25519 (RFC 7748). The seed is expanded as X-Wing does (draft-connolly-cfrg-xwing-kem):
                SHAKE256(seed) gives the 64 bytes of the ML-KEM key, then the 32 of the X25519 key.

`info` says what is sealed to whom and is bound to the ciphertext; the suite is bound with it, so that nobody can have a
message of one suite read as another's.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256, shake_256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from vetting.crypto.errors import SealError

X25519, HYBRID = 1, 2
CURRENT = HYBRID
SEED_BYTES = 32
PUBLIC_BYTES = {X25519: 1 + 32, HYBRID: 1 + 1184 + 32}
_ML_KEM_PUBLIC, _ML_KEM_SEED = 1184, 64
_CONTEXT = b"vetting sealed to a public key, version 1\x00"
_KEMS = {X25519: KEM.X25519, HYBRID: KEM.MLKEM768_X25519}
_SUITES = {code: Suite(kem, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305) for code, kem in _KEMS.items()}


def new_seed() -> bytes:
    """A new private key."""
    return os.urandom(SEED_BYTES)


def public_of(seed: bytes, suite: int = CURRENT) -> bytes:
    """The public key of `seed` in `suite`. Raises SealError for what is no seed or no suite."""
    if suite not in _SUITES:
        raise SealError("No such suite of public keys.")
    if len(seed) != SEED_BYTES:
        raise SealError("A private key is a seed of 32 bytes.")
    if suite == X25519:
        raw = X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    else:
        lattice, curve = _hybrid(seed)
        raw = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return bytes([suite]) + raw


def fingerprint(public: bytes) -> str:
    """What people compare: the first 20 bytes of the key's SHA-256, in groups of eight hexadecimal digits."""
    digits = sha256(public).hexdigest()[:40]
    return " ".join(digits[start : start + 8] for start in range(0, 40, 8))


def seal_to(public: bytes, plain: bytes, info: bytes) -> bytes:
    """Seal `plain` to a public key, bound to `info`. Raises SealError for what is no public key."""
    suite, key = _loaded(public)
    return bytes([suite]) + _SUITES[suite].encrypt(plain, key, _bound(suite, info))


def open_with(seed: bytes, sealed: bytes, info: bytes) -> bytes:
    """What was sealed to the public key of `seed` with the same `info`. Raises SealError for anything else."""
    if not isinstance(sealed, bytes) or not sealed or sealed[0] not in _SUITES or len(seed) != SEED_BYTES:
        raise SealError("Not sealed to a public key in a known way.")
    suite = sealed[0]
    try:
        return _SUITES[suite].decrypt(sealed[1:], _private(suite, seed), _bound(suite, info))
    except (InvalidTag, ValueError):
        raise SealError("Damaged, moved, or sealed to another key.") from None


def _bound(suite: int, info: bytes) -> bytes:
    return _CONTEXT + bytes([suite]) + info


@lru_cache(maxsize=64)
def _loaded(public: bytes) -> tuple[int, Any]:
    suite = public[0] if public else 0
    if len(public) != PUBLIC_BYTES.get(suite):
        raise SealError("Not a public key of a known suite.")
    raw = public[1:]
    try:
        if suite == X25519:
            return suite, X25519PublicKey.from_public_bytes(raw)
        lattice = MLKEM768PublicKey.from_public_bytes(raw[:_ML_KEM_PUBLIC])
        return suite, MLKEM768X25519PublicKey(
            lattice, X25519PublicKey.from_public_bytes(raw[_ML_KEM_PUBLIC:])
        )
    except ValueError:
        raise SealError("Not a public key of a known suite.") from None


def _private(suite: int, seed: bytes) -> Any:
    if suite == X25519:
        return X25519PrivateKey.from_private_bytes(seed)
    return MLKEM768X25519PrivateKey(*_hybrid(seed))


def _hybrid(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = shake_256(seed).digest(_ML_KEM_SEED + 32)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:_ML_KEM_SEED])
    return lattice, X25519PrivateKey.from_private_bytes(expanded[_ML_KEM_SEED:])
