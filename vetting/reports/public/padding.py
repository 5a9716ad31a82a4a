"""Answers of three sizes at most, so that the length of what passes on the wire tells nothing of what it was."""

from __future__ import annotations

import base64
import os

SIZES = (16 * 1024, 48 * 1024, 256 * 1024)
"""Bytes of an answer, uncompressed."""
_BEGIN, _END = b"\n<!--", b"-->\n"
LEAST = len(_BEGIN) + len(_END)


class TooLong(ValueError):
    """A page does not fit in the largest size."""


def padded(page: bytes) -> bytes:
    """`page` with random signs in a comment after it, exactly one of SIZES. Raises TooLong."""
    for size in SIZES:
        if len(page) + LEAST <= size:
            return page + _BEGIN + _filler(size - len(page) - LEAST) + _END
    raise TooLong


def _filler(length: int) -> bytes:
    """So many letters: random, so that a proxy that compresses all the same makes nothing shorter by much."""
    return base64.b64encode(os.urandom(length * 3 // 4 + 3), b"._")[:length]
