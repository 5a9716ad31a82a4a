"""One sealed value, pure: bytes in, bytes out, no Django and no key store.

    version(1) ‖ salt(32) ‖ commitment(32) ‖ ciphertext ‖ tag(16)

HKDF-SHA256 of the data key with a fresh salt gives a key used once and a commitment to it. A key used once
needs no random nonce, so there is no limit on how many values a data key may seal; the commitment keeps
anyone from making a ciphertext that opens to different texts under different keys, which AES-GCM alone does
not prevent.
"""

import hmac
import os
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vetting.crypto.errors import SealError

VERSION = 1
KEY_BYTES = 32
OVERHEAD = 1 + 32 + 32 + 16
SMALLEST_CLASS = 32
LARGEST_DOUBLED = 4096
LARGEST_PLAIN = 1_048_576
_INFO = b"vetting sealed value, version 1"
_NONCE = bytes(12)
_PAD = b"\x80"
_SHA256 = hashes.SHA256()


def size_class(length: int) -> int:
    """Bytes to which a plaintext of `length` bytes is padded: 32, 64 … 4096, then whole multiples of 4096.

    The stored length then tells a name from a page of text, but not one name from another.
    """
    needed = length + len(_PAD)
    if needed > LARGEST_DOUBLED:
        return -(-needed // LARGEST_DOUBLED) * LARGEST_DOUBLED
    return max(SMALLEST_CLASS, 1 << (needed - 1).bit_length())


def place(label: str, key_id: UUID, row_id: UUID) -> bytes:
    """Where a value belongs, as the associated data: a value moved to another column, case or row does not
    open.

    Raises SealError where an id is not a UUID, as it would be for a row that has no key yet.
    """
    if not isinstance(key_id, UUID) or not isinstance(row_id, UUID):
        raise SealError("A sealed value belongs to a row and a key that have UUIDs.")
    return _named(label) + key_id.bytes + row_id.bytes


@cache
def _named(label: str) -> bytes:
    name = label.encode()
    return len(name).to_bytes(2, "big") + name


def seal(key: bytes, aad: bytes, plain: bytes) -> bytes:
    """Seal `plain` (at most 1 MiB) under the 32-byte data key `key`, bound to `aad`. Raises SealError."""
    if len(plain) > LARGEST_PLAIN:
        raise SealError("The value is too long to seal.")
    salt = os.urandom(32)
    once, commitment = _derive(key, salt)
    padded = (plain + _PAD).ljust(size_class(len(plain)), b"\0")
    return bytes([VERSION]) + salt + commitment + AESGCM(once).encrypt(_NONCE, padded, aad)


def unseal(key: bytes, aad: bytes, blob: bytes) -> bytes:
    """The bytes that `seal` was given with the same key and `aad`. Raises SealError for anything else, and
    only that.
    """
    if not isinstance(blob, bytes) or len(blob) < OVERHEAD + SMALLEST_CLASS or blob[0] != VERSION:
        raise SealError("Not a sealed value of a known version.")
    once, commitment = _derive(key, blob[1:33])
    if not hmac.compare_digest(commitment, blob[33:65]):
        raise SealError("The value was not sealed under this key.")
    try:
        padded = AESGCM(once).decrypt(_NONCE, blob[65:], aad)
    except InvalidTag:
        raise SealError("The value is damaged, or belongs in another place.") from None
    plain, pad, rest = padded.rpartition(_PAD)
    if not pad or rest.strip(b"\0"):
        raise SealError("The value is not padded as sealed values are.")
    return plain


def _derive(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    if len(key) != KEY_BYTES:
        raise SealError("A data key is 32 bytes.")
    both = HKDF(algorithm=_SHA256, length=64, salt=salt, info=_INFO).derive(key)
    return both[:32], both[32:]
