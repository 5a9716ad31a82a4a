"""One sealed value, pure: bytes in, bytes out, no Django and no key store.

    version(1) ‖ salt(32) ‖ commitment(32) ‖ ciphertext ‖ tag(16)

A key used once and a commitment to it are derived from the data key with a fresh salt. A key used once needs no
random nonce, so there is no limit on how many values a data key may seal; the commitment keeps anyone from
making a ciphertext that opens to different texts under different keys, which AES-GCM alone does not prevent.

    key used once(32) ‖ commitment(32) = SHA-512(00000001 ‖ data key ‖ context ‖ salt)

That is the one-step derivation of NIST SP 800-56C rev. 2, section 4.1, option 1. Data keys are 32 uniformly
random bytes and what is hashed is always 99 bytes, one block, of whose digest half is never shown: there is
nothing to extend and nothing to extract. HMAC (HKDF, RFC 5869) hashes four blocks for the same; see note 0030.
"""

import os
from functools import cache
from hashlib import sha512
from hmac import compare_digest
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vetting.crypto.errors import SealError

VERSION = 1
KEY_BYTES = 32
OVERHEAD = 1 + 32 + 32 + 16
SMALLEST_CLASS = 32
LARGEST_DOUBLED = 4096
LARGEST_PLAIN = 1_048_576
_CONTEXT = b"vetting sealed value, version 1"
_COUNTER = b"\x00\x00\x00\x01"
_LEAST = OVERHEAD + SMALLEST_CLASS
_NONCE = bytes(12)
_PAD = b"\x80"
_MARK = bytes([VERSION])


def size_class(length: int) -> int:
    """Bytes to which a plaintext of `length` bytes is padded: 32, 64 … 4096, then whole multiples of 4096.

    The stored length then tells a name from a page of text, but not one name from another.
    """
    needed = length + len(_PAD)
    if needed > LARGEST_DOUBLED:
        return -(-needed // LARGEST_DOUBLED) * LARGEST_DOUBLED
    return max(SMALLEST_CLASS, 1 << (needed - 1).bit_length())


@cache
def named(label: str) -> bytes:
    """A label as it stands in `place`: its length and its bytes, so that no two begin alike."""
    name = label.encode()
    return len(name).to_bytes(2, "big") + name


def place(label: bytes, key_id: UUID, row_id: UUID) -> bytes:
    """Where a value belongs, as the associated data: a value moved to another column, case or row does not
    open.

    `label` is that of `named`. Raises SealError where an id is not a UUID, as it would be for a row that has no
    key yet.
    """
    if not isinstance(key_id, UUID) or not isinstance(row_id, UUID):
        raise SealError("A sealed value belongs to a row and a key that have UUIDs.")
    return label + (key_id.int << 128 | row_id.int).to_bytes(32, "big")


def seal(key: bytes, aad: bytes, plain: bytes) -> bytes:
    """Seal `plain` (at most 1 MiB) under the 32-byte data key `key`, bound to `aad`. Raises SealError."""
    if len(plain) > LARGEST_PLAIN:
        raise SealError("The value is too long to seal.")
    salt = os.urandom(32)
    both = _derive(key, salt)
    padded = (plain + _PAD).ljust(size_class(len(plain)), b"\0")
    return b"".join((_MARK, salt, both[32:], AESGCM(both[:32]).encrypt(_NONCE, padded, aad)))


def unseal(key: bytes, aad: bytes, blob: bytes) -> bytes:
    """The bytes that `seal` was given with the same key and `aad`. Raises SealError for anything else, and
    only that.
    """
    if not isinstance(blob, bytes) or len(blob) < _LEAST or blob[0] != VERSION:
        raise SealError("Not a sealed value of a known version.")
    both = sha512(_COUNTER + key + _CONTEXT + blob[1:33]).digest()
    if not compare_digest(both[32:], blob[33:65]):
        raise SealError("The value was not sealed under this key.")
    try:
        padded = AESGCM(both[:32]).decrypt(_NONCE, blob[65:], aad)
    except InvalidTag:
        raise SealError("The value is damaged, or belongs in another place.") from None
    plain = padded.rstrip(b"\0")
    if not plain.endswith(_PAD):
        raise SealError("The value is not padded as sealed values are.")
    return plain[:-1]


def _derive(key: bytes, salt: bytes) -> bytes:
    """The key used once and the commitment to it, 32 bytes each. `unseal` has it inline: a list does it for every
    value, and any other key is told by the commitment.
    """
    if len(key) != KEY_BYTES:
        raise SealError("A data key is 32 bytes.")
    return sha512(_COUNTER + key + _CONTEXT + salt).digest()
