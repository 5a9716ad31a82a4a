"""A generated password that is shown once and opens nothing but the page where it is replaced."""

from __future__ import annotations

import secrets

# No letters or digits that are mistaken for each other on paper. 32 symbols: 20 of them are 100 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 5, 4


def first_password() -> str:
    """A generated password of 100 bits in groups that can be read aloud."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
