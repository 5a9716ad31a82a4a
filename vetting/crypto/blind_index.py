"""Finding a sealed number again without opening anything: a keyed digest of it, in a table of the caller's.

Honest limit: there are only some 10⁸ personal numbers, so whoever holds INDEX_KEY can reverse every digest in
minutes. The key therefore lives with the master keys, apart from the data, and every search is recorded by
its caller.
"""

import base64
import binascii
import hmac
from functools import lru_cache

from django.conf import settings

from vetting.crypto.errors import Locked

KEY_BYTES = 32


def digest(purpose: str, normalised: str) -> bytes:
    """32 bytes that are equal exactly when `purpose` and `normalised` are.

    `purpose` keeps tables apart (the same number gives unlike digests in two of them); `normalised` is the
    form in which equal things are written equally: twelve digits for a personal number. Raises Locked without
    an INDEX_KEY, ValueError for an empty purpose or value.
    """
    if not purpose or not normalised:
        raise ValueError("A digest needs a purpose and a value.")
    source = getattr(settings, "INDEX_KEY", None)
    if not source:
        raise Locked("INDEX_KEY is not set: nothing can be searched by number.")
    keyed = _keyed(source, purpose).copy()
    keyed.update(normalised.encode())
    return keyed.digest()


@lru_cache(maxsize=32)
def _keyed(source: str | bytes, purpose: str) -> "hmac.HMAC":
    # A key of its own for each purpose; copying the prepared state is four times faster than starting over.
    own = hmac.digest(_key(source), b"vetting blind index: " + purpose.encode(), "sha256")
    return hmac.new(own, digestmod="sha256")


def _key(source: str | bytes) -> bytes:
    try:
        key = source if isinstance(source, bytes) else base64.b64decode(source, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Locked("INDEX_KEY must be 32 random bytes in base64.")
    return key
