"""The ring of master keys that wrap the data keys, read from the settings and held nowhere else.

`settings.MASTER_KEYS` is the JSON text {"current": id, "keys": {id: base64 of 32 bytes}}, or an object with
the attributes `current` and `keys`; empty means locked. New keys are wrapped by the current one, every key of
the ring is accepted for reading, so a master key can be replaced while the service runs.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver

from vetting.crypto.errors import Locked, SealError

KEY_BYTES = 32
SAMPLE = 3
NONCE_BYTES = 12
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16
_CONTEXT = b"vetting case key, version 1"
_SHAPE = (
    'MASTER_KEYS must be {"current": "id", "keys": {"id": "base64 of 32 bytes"}}, ids at most 40 characters.'
)


class _Master(NamedTuple):
    """A master key made ready, once for all the keys of a list; `context` is what its wrapped keys are bound to
    before their own id.
    """

    cipher: AESGCM
    context: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """Master keys by id, and the id of the one that wraps new keys."""

    current: str
    keys: Mapping[str, bytes]
    _masters: dict[str, _Master] = field(init=False, compare=False, default_factory=dict)

    def master(self, kek_id: str) -> _Master:
        """The key of that id. Raises Locked where the ring has none."""
        found = self._masters.get(kek_id)
        if found is None:
            if kek_id not in self.keys:
                raise Locked(f"The master key {kek_id!r} is not in MASTER_KEYS.")
            name = kek_id.encode()
            context = _CONTEXT + len(name).to_bytes(2, "big") + name
            found = self._masters[kek_id] = _Master(AESGCM(self.keys[kek_id]), context)
        return found


_proven: Ring | None = None
_latest: Ring | None = None


def ring() -> Ring:
    """The ring of the settings. Raises Locked, with advice and no key material, where there is none that can
    be used.
    """
    return _latest or _of_settings()


def _of_settings() -> Ring:
    global _latest
    source = getattr(settings, "MASTER_KEYS", None)
    if not source:
        raise Locked("MASTER_KEYS is not set: nothing can be opened or sealed.")
    _latest = _parsed(source) if isinstance(source, str) else _checked(source.current, source.keys)
    return _latest


@receiver(setting_changed, dispatch_uid="crypto.keyring")
def _forget(setting: str, **signal: object) -> None:
    # Asked for once per value of a list, the settings are read once; Django says when they are others.
    global _latest
    if setting == "MASTER_KEYS":
        _latest = None


def is_open() -> bool:
    """Whether sealed values can be opened and written at all; cheap enough to ask for every request."""
    return problem() == ""


def problem() -> str:
    """Why the service is locked, in words without key material; empty where it is open.

    The canary: for every master key that the key store's rows name, one of a few rows must unwrap. A wrong or
    lost master key is so found before anyone writes a value that the right one could not open. A good answer
    is remembered for as long as the ring is the same.
    """
    global _proven
    try:
        held = ring()
        if held != _proven:
            _try_every_master_key_in_use()
            _proven = held
    except Locked as locked:
        return str(locked)
    return ""


def wrap(key_id: UUID, key: bytes) -> tuple[str, bytes]:
    """Wrap a data key for its id: the master key's id and 60 bytes. Raises Locked."""
    held = ring()
    cipher, context = held.master(held.current)
    nonce = os.urandom(NONCE_BYTES)
    return held.current, nonce + cipher.encrypt(nonce, key, context + key_id.bytes)


def unwrap(key_id: UUID, kek_id: str, wrapped: bytes) -> bytes:
    """The data key that `wrap` was given.

    Raises Locked where its master key is not in the ring, SealError where the bytes are damaged, belong to
    another id, or were wrapped by another master key of the same name.
    """
    cipher, context = ring().master(kek_id)
    if len(wrapped) != WRAPPED_BYTES:
        raise SealError("A wrapped key is 60 bytes.")
    try:
        return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context + key_id.bytes)
    except InvalidTag:
        raise SealError("The wrapped key is damaged, or was wrapped by another master key.") from None


def _try_every_master_key_in_use() -> None:
    for model in ("CaseKey", "KeySlot"):
        rows = apps.get_model("crypto", model).objects.using("keystore").exclude(kek_id="")
        for kek_id in rows.order_by("kek_id").values_list("kek_id", flat=True).distinct():
            # Several rows, so that one damaged row does not lock the service.
            sample = rows.filter(kek_id=kek_id).order_by("-id")[:SAMPLE]
            if not any(_unwraps(row.pk, kek_id, bytes(row.wrapped)) for row in sample):
                raise Locked(f"The master key {kek_id!r} is not the one that wrapped the keys in the store.")


def _unwraps(key_id: UUID, kek_id: str, wrapped: bytes) -> bool:
    try:
        unwrap(key_id, kek_id, wrapped)
    except SealError:
        return False
    return True


@lru_cache(maxsize=8)
def _parsed(text: str) -> Ring:
    try:
        outer = json.loads(text)
        keys = {name: base64.b64decode(key, validate=True) for name, key in outer["keys"].items()}
        return _checked(outer["current"], keys)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Locked(_SHAPE) from None


def _checked(current: str, keys: Mapping[str, bytes]) -> Ring:
    named = all(isinstance(name, str) and 0 < len(name) <= 40 for name in keys)
    if not named or current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise Locked(_SHAPE)
    return Ring(current, dict(keys))
