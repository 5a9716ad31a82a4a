"""Values sealed under a key that the service itself cannot find: in memory alone, from a person's secret to the page.

A report's key is in no store in a form that the service could open. Whoever has unlocked her own key, or typed the
receipt's code, has it for one request as a `ContentKey`; having one is the proof of that. The values are as those of
`sealed` otherwise: the same envelope, bound to label, key and row.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, NoReturn
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import models

from vetting.crypto import envelope, hpke, rows, shamir
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import CiphertextField
from vetting.crypto.value import Sealed

KEY_BYTES = envelope.KEY_BYTES
_NAMES = b"vetting name from a content key, version 1\x00"


class ReportField(CiphertextField):
    """A column sealed under a `ContentKey`; the key store holds nothing that opens it."""


class ContentKey:
    """The key of one report, or of one identity in it. `owner` is its id, bound to all that is sealed under it."""

    __slots__ = ("_key", "owner")

    def __init__(self, owner: UUID, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise SealError("A content key is 32 bytes.")
        self.owner, self._key = owner, key

    @classmethod
    def new(cls, owner: UUID) -> ContentKey:
        """A new random key."""
        return cls(owner, os.urandom(KEY_BYTES))

    # -- values ----------------------------------------------------------------------------------------------

    def put(self, row: models.Model, field: str, text: str | None) -> None:
        """Seal `text` into the row's field, or empty it with None; nothing is saved. Raises SealError."""
        setattr(row, field, None if text is None else Sealed(self._sealed(row, field, text)))

    def put_json(self, row: models.Model, field: str, obj: Any) -> None:
        """As `put`, for what JSON can hold. Raises TypeError or ValueError for the rest."""
        said = json.dumps(obj, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
        self.put(row, field, None if obj is None else said)

    def text(self, row: models.Model, field: str) -> str:
        """The text of a row's field, of a history row's too; "" where it is empty. Raises SealError."""
        blob = rows.ciphertext(row, field)
        if blob is None:
            return ""
        try:
            return envelope.unseal(self._key, self._place(row, field), blob).decode()
        except ValueError:
            raise SealError("The value is not text.") from None

    def json(self, row: models.Model, field: str) -> Any:
        """What `put_json` was given; None where the field is empty. Raises SealError."""
        text = self.text(row, field)
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise SealError("The value is not of the kind that was asked for.") from None

    def put_part(self, row: models.Model, label: str, number: int, plain: bytes, *, is_last: bool) -> bytes:
        """One part of what is too large for a field, bound to its row, its place among the parts and the end."""
        return envelope.seal(self._key, self._place_of_part(row, label, number, is_last), plain)

    def part(self, row: models.Model, label: str, number: int, blob: bytes, *, is_last: bool) -> bytes:
        """What `put_part` was given. Raises SealError, also for parts that changed places or miss their end."""
        return envelope.unseal(self._key, self._place_of_part(row, label, number, is_last), blob)

    def _place_of_part(self, row: models.Model, label: str, number: int, is_last: bool) -> bytes:
        where = envelope.place(envelope.named(label), self.owner, row.pk)
        return where + number.to_bytes(4, "big") + bytes([is_last])

    def _sealed(self, row: models.Model, field: str, text: str) -> bytes:
        try:
            return envelope.seal(self._key, self._place(row, field), text.encode())
        except UnicodeEncodeError:
            raise SealError("The text holds half a character.") from None

    def _place(self, row: models.Model, name: str) -> bytes:
        field = row._meta.get_field(name)
        if not isinstance(field, ReportField):
            raise TypeError(f"{name} is not sealed under a content key.")
        if getattr(row, field.key_attr) != self.owner:
            raise SealError("The row belongs to another key.")
        live: type[models.Model] = getattr(type(row), "instance_type", type(row))
        return envelope.place(envelope.named(field.label), self.owner, getattr(row, live._meta.pk.attname))

    # -- the key itself, sealed to those who may have it ----------------------------------------------------

    def to(self, public: bytes, info: bytes) -> bytes:
        """The key, sealed to a public key and bound to `info` (`hpke.seal_to`)."""
        return hpke.seal_to(public, self._key, info)

    @classmethod
    def opened(cls, owner: UUID, seed: bytes, sealed: bytes, info: bytes) -> ContentKey:
        """The key from what `to` gave, with the private key. Raises SealError."""
        return cls(owner, hpke.open_with(seed, sealed, info))

    def under(self, key: bytes, label: str) -> bytes:
        """The key, sealed under another that a secret gives, such as a receipt's code."""
        return envelope.seal(key, envelope.place(envelope.named(label), self.owner, self.owner), self._key)

    @classmethod
    def from_under(cls, owner: UUID, key: bytes, sealed: bytes, label: str) -> ContentKey:
        """The key from what `under` gave. Raises SealError."""
        return cls(owner, envelope.unseal(key, envelope.place(envelope.named(label), owner, owner), sealed))

    def name(self, purpose: str) -> UUID:
        """An id that follows from the key alone: who has not the key cannot tell that it belongs to the report."""
        made = HKDF(SHA256(), 16, salt=None, info=_NAMES + purpose.encode()).derive(self._key)
        return UUID(bytes=made, version=4)

    def seal(self, label: str, plain: bytes) -> bytes:
        """What belongs to the report and lies in no row of it."""
        return envelope.seal(self._key, envelope.place(envelope.named(label), self.owner, self.owner), plain)

    def unseal(self, label: str, sealed: bytes) -> bytes:
        """What `seal` was given. Raises SealError."""
        return envelope.unseal(
            self._key, envelope.place(envelope.named(label), self.owner, self.owner), sealed
        )

    @classmethod
    def kept_in(cls, other: ContentKey, row: models.Model, field: str) -> ContentKey:
        """A key that lies in a field of another's row, as reports that were moved once had it. Raises SealError."""
        try:
            owner, key = other.text(row, field).split(" ")
            return cls(UUID(owner), bytes.fromhex(key))
        except ValueError:
            raise SealError("There is no key in this field.") from None

    def parts(self, threshold: int, numbers: Sequence[int]) -> shamir.Parts:
        """The key in parts, of which `threshold` together give it back (`shamir.split`)."""
        return shamir.split(self._key, threshold, numbers)

    @classmethod
    def joined(cls, owner: UUID, parts: shamir.Parts) -> ContentKey:
        """The key from its parts; too few or wrong ones give a key that opens nothing. Raises ValueError."""
        return cls(owner, shamir.join(parts))

    # -- nothing of it shows --------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return "<ContentKey>"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A content key is not stored.")
