"""What was answered so far, carried from page to page in a hidden field that only this service can open.

Sealed (`crypto.envelope`) under a key of its own, derived from SECRET_KEY and thus from no master key: with those
missing, reporting works. The token is bound to nothing about the person: not to an address, not to a browser.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
import zlib
from functools import lru_cache
from typing import Any

from django.conf import settings

from vetting.crypto import envelope
from vetting.crypto.errors import SealError

LASTS = 12 * 3600
"""Seconds: a night, for somebody who has to put the phone away."""
LONGEST = 400_000
"""Letters of a token that is looked at."""
FIELD = "t"
_PLACE = b"the reporting pages, version 1"


class BadToken(ValueError):
    """Not one of ours, changed on the way, for another page, or too old."""


def seal(what: str, told: dict[str, Any]) -> str:
    """A token that carries `told` to the pages called `what`."""
    both = json.dumps([what, int(time.time()) + LASTS, told], ensure_ascii=False, separators=(",", ":"))
    sealed = envelope.seal(_key(settings.SECRET_KEY), _PLACE, zlib.compress(both.encode(), 1))
    return base64.urlsafe_b64encode(sealed).decode()


def unseal(what: str, token: str) -> dict[str, Any]:
    """What the token carries. Raises BadToken."""
    if len(token) > LONGEST:
        raise BadToken
    try:
        plain = envelope.unseal(_key(settings.SECRET_KEY), _PLACE, base64.urlsafe_b64decode(token))
    except (SealError, binascii.Error, ValueError) as error:
        raise BadToken from error
    meant, until, told = json.loads(zlib.decompress(plain))
    if meant != what or until < time.time():
        raise BadToken
    return dict(told)


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"vetting: key of the reporting pages", "sha256")
