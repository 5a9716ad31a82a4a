"""Fingerprints under the log's key, for rows that the history must not repeat; the database alone gives none."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from audit.canonical import dumps


def fingerprint(purpose: str, values: Sequence[Any]) -> bytes:
    """HMAC-SHA256 (32 bytes) under LOG_KEY of these values (JSON's kinds) for one purpose.

    Raises NotCanonical for other kinds of values.
    """
    return hmac.digest(settings.LOG_KEY, b"fingerprint\x00" + dumps([purpose, *values]), "sha256")
