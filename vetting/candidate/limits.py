"""How many codes may be tried in a minute: by one address and by all together. The code itself cannot be guessed."""

from __future__ import annotations

import hmac
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from vetting.policy.candidate_page import ATTEMPTS_A_MINUTE, ATTEMPTS_TOGETHER

MINUTE = 60


def is_too_many(request: HttpRequest) -> bool:
    """Count this attempt; True where the address, or everybody together, has tried too many in this minute.

    What is counted under is a keyed digest of the address and the minute, forgotten after two: no list of who came.
    """
    minute = int(time.time()) // MINUTE
    own = _count(f"candidate-code:{minute}:{_digest(request, minute)}")
    return own > ATTEMPTS_A_MINUTE or _count(f"candidate-code:{minute}:all") > ATTEMPTS_TOGETHER


def _digest(request: HttpRequest, minute: int) -> str:
    try:
        address = str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        address = ""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{minute} {address}".encode(), "sha256").hex()[:32]


def _count(key: str) -> int:
    if cache.add(key, 1, timeout=2 * MINUTE):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1
