"""Sealed values in models: a field that stores nothing but ciphertext, and the two functions that close and
open it.

Reading a row gives `Sealed` objects, never text, so a list costs no decryption, a template or a log line
shows a marker, and one damaged value does not stop the others. Text comes only from `unseal`, which asks for
an `Opening`: the proof that the reading has been recorded, which only the function that records it may make.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn
from uuid import UUID

from django.core import checks
from django.db import models

from vetting.crypto import envelope, keystore
from vetting.crypto.errors import SealError

MARKER = "[förseglad]"
_REFUSED = {"default", "db_default", "unique", "db_index", "primary_key", "choices", "max_length"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The read entry under which values are opened. Made by vetting.access.reveal alone, after the entry is
    written.
    """

    entry_id: int


class Sealed:
    """Ciphertext of one value. Immutable, equal by its bytes, and shows nothing of them."""

    __slots__ = ("_blob",)
    _blob: bytes

    def __init__(self, blob: bytes) -> None:
        _set_blob(self, bytes(blob))

    def __eq__(self, other: object) -> bool:
        return self._blob == other._blob if isinstance(other, Sealed) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._blob)

    def __repr__(self) -> str:
        return "<Sealed>"

    def __str__(self) -> str:
        return MARKER

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("A sealed value is immutable.")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("A sealed value cannot be put into text.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A sealed value cannot be pickled.")


# The slot itself, past the refusal to set anything: a list makes one object per value.
_set_blob = Sealed.__dict__["_blob"].__set__


class SealedField(models.BinaryField):
    """A column of ciphertext, as bytes. Takes Sealed or None; anything else is refused wherever it is
    written.

    `label` names the value for as long as it exists ("candidacy.name"): it is bound into the ciphertext, so
    it must never change, also when class or column does. `key` is the attribute of the row that holds its
    key's id ("id", "candidacy_id"). Only `isnull` can be asked in a query; expressions are refused in
    updates, as the database could otherwise be told to write plain text.
    """

    def __init__(self, label: str, *, key: str, **options: Any) -> None:
        refused = sorted(_REFUSED & options.keys())
        if refused:
            raise TypeError(f"A sealed field has no {refused[0]}: ciphertext is random.")
        self.label, self.key_attr = label, key
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """Stable for migrations: label and key as given."""
        name, path, args, options = super().deconstruct()
        return name, path, [self.label, *args], {**options, "key": self.key_attr}

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """An error where the model has no attribute that holds the key's id."""
        found = super().check(**options)
        if not hasattr(self.model, self.key_attr):
            found.append(
                checks.Error(f"No attribute {self.key_attr!r} for the key.", obj=self, id="crypto.E001")
            )
        return found

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Stored bytes, unopened."""
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        """As `get_prep_value`: a form or a fixture cannot bring in text, nor ciphertext from elsewhere."""
        self.get_prep_value(value)
        return value

    def get_default(self) -> None:
        """None, never empty bytes: a required value that was not sealed is then refused by the database."""
        return

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The row's value. Raises TypeError for anything but Sealed or None, expressions included."""
        value = super().pre_save(model_instance, add)
        self.get_prep_value(value)
        return value

    def get_prep_value(self, value: Any) -> bytes | None:
        """The bytes to store, also what a history's commitment should cover. Raises TypeError for anything
        but Sealed.
        """
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.label} takes sealed values only, not {type(value).__name__}.")
        return value._blob

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """As for any bytes; raises TypeError for an expression, which reaches an UPDATE without being
        prepared.
        """
        if hasattr(value, "as_sql"):
            raise TypeError(f"{self.label} takes sealed values only, not an expression.")
        return str(connection.ops.binary_placeholder_sql(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """`isnull` alone. Raises TypeError for the rest: equal texts have unlike ciphertexts, so none could
        match.
        """
        if lookup_name != "isnull":
            raise TypeError(f"{self.label} is sealed and cannot be searched; only isnull can be asked.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        """Raises TypeError, as `get_lookup`."""
        raise TypeError(f"{self.label} is sealed and cannot be searched; only isnull can be asked.")

    def value_to_string(self, obj: models.Model) -> str:
        """The marker, in a dump; loading it again is refused."""
        return MARKER


def seal_into(instance: models.Model, field: str, text: str | None) -> None:
    """Seal `text` (at most 1 MiB as UTF-8) into the field, or empty it with None; nothing is saved.

    Row id and key id must be set. Raises NoKey before `keystore.create`, SealError, Locked.
    """
    _put(instance, field, None if text is None else _encoded(text))


def seal_json_into(instance: models.Model, field: str, obj: Any) -> None:
    """As `seal_into`, for what JSON can hold; None empties the field. Raises TypeError or ValueError for the rest."""
    _put(instance, field, None if obj is None else _encoded(_canonical(obj)))


def unseal(instance: models.Model, field: str, opening: Opening) -> str:
    """The text of a live or a history row's field; "" where the field is empty.

    Raises SealError where the value is damaged or moved, NoKey where its key has been destroyed, Locked.
    """
    text: str = _opened(instance, field, opening, bytes.decode)
    return "" if text is None else text


def unseal_json(instance: models.Model, field: str, opening: Opening) -> Any:
    """What `seal_json_into` was given; None where the field is empty. Raises as `unseal`."""
    return _opened(instance, field, opening, json.loads)


@cache
def _field(model: type[models.Model], name: str) -> tuple[SealedField, str]:
    """The field, and the attribute of the row's id.

    A history row carries the live row's ciphertext, so it opens under the live row's id, not its own.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{name} is not a sealed field.")
    live: type[models.Model] = getattr(model, "instance_type", model)
    return field, live._meta.pk.attname


def _place(instance: models.Model, field: SealedField, row_id: str) -> tuple[UUID, bytes]:
    key_id = getattr(instance, field.key_attr)
    return key_id, envelope.place(field.label, key_id, getattr(instance, row_id))


def _put(instance: models.Model, name: str, plain: bytes | None) -> None:
    field, row_id = _field(type(instance), name)
    value = None
    if plain is not None:
        key_id, aad = _place(instance, field, row_id)
        value = Sealed(envelope.seal(keystore.get(key_id), aad, plain))
    setattr(instance, field.attname, value)


def _opened(instance: models.Model, name: str, opening: Opening, decode: Callable[[bytes], Any]) -> Any:
    if not isinstance(opening, Opening):
        raise TypeError("Opening a sealed value takes the Opening of its read entry.")
    field, row_id = _field(type(instance), name)
    value = getattr(instance, field.attname)
    if value is None:
        return None
    key_id, aad = _place(instance, field, row_id)
    plain = envelope.unseal(keystore.get(key_id), aad, field.get_prep_value(value) or b"")
    try:
        return decode(plain)
    except ValueError:
        raise SealError("The value is not of the kind that was asked for.") from None


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise SealError("The text holds half a character.") from None


def _canonical(obj: Any) -> str:
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
