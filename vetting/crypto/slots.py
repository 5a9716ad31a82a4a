"""A recipient's private key, locked in slots: each secret of hers opens it, and no secret of the service does.

words        Argon2id over a generated passphrase, and a random key under the master key on top: whoever has the key
             store without the master keys has nothing to guess at, whoever has both has 96 bits to guess.
recovery     HKDF of the recovery code on paper (130 bits). It needs no master key, so that it outlives their loss.

The parts that three of five people keep (`shamir`) are of the same seed, on paper alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import QuerySet

from vetting.crypto import envelope, keyring, passphrase
from vetting.crypto.errors import SealError
from vetting.crypto.models import KeySlot
from vetting.crypto.written import Code

KEYSTORE = "keystore"
_LABEL = envelope.named("recipient.seed")
_CONTEXT = b"vetting recipient's slot, version 1"
Kind = KeySlot.Kind


class WrongSecret(SealError):
    """The passphrase or code does not open this key, or there is no such slot. Never holds what was typed."""


def lock(key: UUID, seed: bytes, *, phrase: str | None = None, code: Code | None = None) -> None:
    """Lock `seed` under each secret given, in place of that kind's earlier slot. Raises Locked."""
    made = []
    if phrase is not None:
        made.append(_with_passphrase(key, seed, phrase))
    if code is not None:
        slot = KeySlot(id=uuid4(), key=key, kind=Kind.RECOVERY, salt=b"")
        slot.blob = envelope.seal(code.key("recipient recovery"), _place(slot), seed)
        made.append(slot)
    with transaction.atomic(using=KEYSTORE):
        _rows().filter(key=key, kind__in=[slot.kind for slot in made]).delete()
        _rows().bulk_create(made)


def unlock(key: UUID, phrase: str) -> bytes:
    """The private key's seed. About 0.1–0.3 s, the same for a wrong one. Raises WrongSecret, Locked."""
    slot = _rows().filter(key=key, kind=Kind.WORDS).first()
    if slot is None:
        passphrase.derive(phrase, bytes(passphrase.SALT_BYTES))
        raise WrongSecret("There is no such key.")
    outer = keyring.unwrap(slot.pk, slot.kek_id, bytes(slot.wrapped or b""))
    return _opened(slot, _both(passphrase.derive(phrase, bytes(slot.salt)), outer))


def recover(key: UUID, code: Code) -> bytes:
    """The seed, with the recovery code. Raises WrongSecret."""
    slot = _rows().filter(key=key, kind=Kind.RECOVERY).first()
    if slot is None:
        raise WrongSecret("There is no such key.")
    return _opened(slot, code.key("recipient recovery"))


def destroy(key: UUID) -> None:
    """Take every slot of a key away: from now on only the parts on paper give it back."""
    _rows().filter(key=key).delete()


def openable(keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys that a secret of their owner still opens."""
    return set(_rows().filter(key__in=list(keys)).values_list("key", flat=True))


def _with_passphrase(key: UUID, seed: bytes, phrase: str) -> KeySlot:
    salt = passphrase.new_salt()
    slot = KeySlot(id=uuid4(), key=key, kind=Kind.WORDS, salt=salt)
    outer = os.urandom(keyring.KEY_BYTES)
    slot.kek_id, slot.wrapped = keyring.wrap(slot.pk, outer)
    slot.blob = envelope.seal(_both(passphrase.derive(phrase, salt), outer), _place(slot), seed)
    return slot


def _both(from_phrase: bytes, outer: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=outer, info=_CONTEXT).derive(from_phrase)


def _opened(slot: KeySlot, key: bytes) -> bytes:
    try:
        return envelope.unseal(key, _place(slot), bytes(slot.blob))
    except SealError:
        raise WrongSecret("The secret does not open this key.") from None


def _place(slot: KeySlot) -> bytes:
    return envelope.place(_LABEL, slot.key, slot.pk)


def _rows() -> QuerySet[KeySlot]:
    return KeySlot.objects.using(KEYSTORE)
