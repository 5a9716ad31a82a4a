"""Short statements signed with Ed25519 (RFC 8032) that somebody holds in hand and can have checked years later.

    statement   the lines of its text, UTF-8, each ended by a line feed
    signed      "vetting " ‖ kind ‖ ", version 1" ‖ 0 ‖ statement

The kind is signed with the text, so that a certificate is never taken for a receipt.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE_BYTES, KEY_BYTES = 64, 32


def public_of(seed: bytes) -> bytes:
    """The public key (32 bytes) of the private one, a seed of 32 bytes. Raises ValueError."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, kind: str, text: str) -> bytes:
    """The signature (64 bytes) of a statement. Raises ValueError for what is no seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(_signed(kind, text))


def is_signed(public: bytes, kind: str, text: str, signature: bytes) -> bool:
    """Whether the holder of the private key has signed this very statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(kind, text))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(kind: str, text: str) -> bytes:
    return f"vetting {kind}, version 1".encode() + b"\x00" + text.encode()
