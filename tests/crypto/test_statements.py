"""Signed statements: of one kind, one text and one key."""

import os

from vetting.crypto import statements

SEED = bytes(range(32))
PUBLIC = statements.public_of(SEED)


def test_a_statement_is_checked_with_the_public_key_alone() -> None:
    signature = statements.sign(SEED, "receipt", "day 2026-11-28\n")
    assert len(signature) == statements.SIGNATURE_BYTES
    assert statements.is_signed(PUBLIC, "receipt", "day 2026-11-28\n", signature)


def test_another_text_kind_key_or_signature_is_not_it() -> None:
    signature = statements.sign(SEED, "receipt", "day 2026-11-28\n")
    other = statements.public_of(os.urandom(32))
    for public, kind, text, said in (
        (PUBLIC, "receipt", "day 2026-11-29\n", signature),
        (PUBLIC, "certificate", "day 2026-11-28\n", signature),
        (other, "receipt", "day 2026-11-28\n", signature),
        (PUBLIC, "receipt", "day 2026-11-28\n", bytes(64)),
        (PUBLIC, "receipt", "day 2026-11-28\n", b""),
        (b"", "receipt", "day 2026-11-28\n", signature),
    ):
        assert not statements.is_signed(public, kind, text, said)
