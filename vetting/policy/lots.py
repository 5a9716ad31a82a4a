"""Lots that anybody with the key can draw again: the second approver of a finalist, and samples of recruitments.

HMAC-SHA-256 (RFC 2104, FIPS 198-1) under a key that was committed to beforehand gives each reference a ticket; whoever
has the key gets the same tickets, and whoever has not can tell nothing of them. A sample is the `n` smallest tickets
(R. L. Rivest, *Consistent Sampling with Replacement*, arXiv:1808.10016, section 3; without replacement).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

KEY_BYTES = 32
ROUND = 1
"""A finalist is drawn once: a returned round or a place taken over draws nobody again."""


def commitment(key: bytes) -> str:
    """What is published of the key beforehand: SHA-256, in hexadecimal."""
    return hashlib.sha256(key).hexdigest()


def second_ticket(key: bytes, reference: str, label: str, round_: int = ROUND) -> str:
    """The finalist's ticket in the draw of a second approver, in hexadecimal."""
    return _ticket(key, "second", reference, label, str(round_))


def is_drawn(ticket: str, percent: int) -> bool:
    """Whether the ticket lies in the first `percent` hundredths of all there are (its first 64 bits)."""
    return int(ticket[:16], 16) * 100 < percent << 64


def ranked(seed: bytes, references: Iterable[str]) -> list[tuple[str, str]]:
    """(ticket, reference) of each, smallest ticket first: the sample of size n is the first n."""
    return sorted((_ticket(seed, "sample", reference), reference) for reference in references)


def population_text(references: Iterable[str]) -> str:
    """The population as it is written down and digested: each reference on its line, in order."""
    return "".join(f"{reference}\n" for reference in sorted(references))


def population_digest(text: str) -> str:
    """SHA-256 of the population's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _ticket(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()
