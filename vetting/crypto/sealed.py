"""Sealed values in models: a field that stores nothing but ciphertext, and the two functions that close and
open it.

Reading a row gives `Sealed` objects, never text, so a list costs no decryption, a template or a log line
shows a marker, and one damaged value does not stop the others. Text comes only from `unseal`, which asks for
an `Opening`: the proof that the reading has been recorded, which only the function that records it may make.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, NoReturn

from django.core import checks
from django.db import models

from vetting.crypto import envelope, keystore, rows
from vetting.crypto.errors import SealError
from vetting.crypto.value import MARKER, Sealed, bytes_of, value_of

_OTHER_KIND = "The value is not of the kind that was asked for."
_REFUSED = {"default", "db_default", "unique", "db_index", "primary_key", "choices", "max_length"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The read entry under which values are opened. Made by vetting.access.reveal alone, after the entry is
    written.
    """

    entry_id: int


class CiphertextField(models.BinaryField):
    """A column of ciphertext, as bytes. Takes Sealed or None; anything else is refused wherever it is
    written.

    `label` names the value for as long as it exists ("candidacy.name"): it is bound into the ciphertext, so
    it must never change, also when class or column does. `key` is the attribute of the row that holds its
    key's id ("id", "candidacy_id"). Only `isnull` can be asked in a query; expressions are refused in
    updates, as the database could otherwise be told to write plain text.
    """

    descriptor_class = rows.SealedAttribute

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

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """As any field; the model's rows are then read by `rows.from_db`. Raises TypeError where it has its own way."""
        super().contribute_to_class(cls, name, private_only)
        if rows.read_in_another_way(cls):
            raise TypeError(f"{cls.__name__} has sealed columns and cannot have a from_db of its own.")
        cls.from_db = classmethod(rows.from_db)

    def get_col(self, alias: str, output_field: Any = None) -> rows.SealedColumn:
        """The column in a query; never a shared object, as it notes what its own query does with the value."""
        return rows.SealedColumn(alias, self, output_field)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Stored bytes, unopened: what a query answers with that is not a row."""
        return value_of(value)

    def to_python(self, value: Any) -> Any:
        """As `get_prep_value`: a form or a fixture cannot bring in text, nor ciphertext from elsewhere."""
        self.get_prep_value(value)
        return value

    def get_default(self) -> None:
        """None, never empty bytes: a required value that was not sealed is then refused by the database."""
        return

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        """The row's value. Raises TypeError for anything but Sealed or None, expressions included."""
        value: Sealed | None = getattr(model_instance, self.attname)
        if value is not None:
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


class SealedField(CiphertextField):
    """A column sealed under a key of the key store: `seal_into` closes it, `unseal` opens it."""


def seal_into(instance: models.Model, field: str, text: str | None) -> None:
    """Seal `text` (at most 1 MiB as UTF-8) into the field, or empty it with None; nothing is saved.

    Row id and key id must be set. Raises NoKey before `keystore.create`, SealError, Locked.
    """
    _put(instance, field, None if text is None else _encoded(text))


def seal_json_into(instance: models.Model, field: str, obj: Any) -> None:
    """As `seal_into`, for what JSON can hold; None empties the field. Raises TypeError or ValueError for the rest."""
    _put(instance, field, None if obj is None else _encoded(_canonical(obj)))


def sealed_bytes(instance: models.Model, field: str) -> bytes:
    """The ciphertext that `seal_into` has put into the field; b"" where it is empty. It shows nothing of the text."""
    value = getattr(instance, field)
    return b"" if value is None else bytes_of(value)


def take_sealed(instance: models.Model, field: str, blob: bytes) -> None:
    """Put ciphertext from `sealed_bytes` back into the field of the very row it was sealed for.

    What it says is not told. Raises SealError for bytes that were not sealed there, NoKey, Locked.
    """
    label, key, row = _way(type(instance), field)
    key_id = getattr(instance, key)
    envelope.unseal(keystore.get(key_id), envelope.place(label, key_id, getattr(instance, row)), blob)
    setattr(instance, field, Sealed(blob))


def unseal(instance: models.Model, field: str, opening: Opening) -> str:
    """The text of a live or a history row's field; "" where the field is empty.

    Raises SealError where the value is damaged or moved, NoKey where its key has been destroyed, Locked.
    """
    if not isinstance(opening, Opening):
        raise TypeError("Opening a sealed value takes the Opening of its read entry.")
    label, key, row = _way(type(instance), field)
    blob = instance.__dict__.get(field)
    if blob.__class__ is not bytes:
        blob = rows.ciphertext(instance, field)
        if blob is None:
            return ""
    key_id = getattr(instance, key)
    where = envelope.place(label, key_id, getattr(instance, row))
    try:
        return envelope.unseal(keystore.get(key_id), where, blob).decode()
    except ValueError:
        raise SealError(_OTHER_KIND) from None


def unseal_json(instance: models.Model, field: str, opening: Opening) -> Any:
    """What `seal_json_into` was given; None where the field is empty. Raises as `unseal`."""
    text = unseal(instance, field, opening)
    try:
        return json.loads(text) if text else None
    except ValueError:
        raise SealError(_OTHER_KIND) from None


class _Way(NamedTuple):
    """How one column of a model is sealed: its label, and the attributes that hold the ids of its key and its row."""

    label: bytes
    key: str
    row: str


@cache
def _way(model: type[models.Model], name: str) -> _Way:
    """Raises TypeError for a field that is not sealed.

    A history row carries the live row's ciphertext, so it opens under the live row's id, not its own.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{name} is not a sealed field.")
    live: type[models.Model] = getattr(model, "instance_type", model)
    return _Way(envelope.named(field.label), field.key_attr, live._meta.pk.attname)


def _put(instance: models.Model, name: str, plain: bytes | None) -> None:
    label, key, row = _way(type(instance), name)
    value = None
    if plain is not None:
        key_id = getattr(instance, key)
        aad = envelope.place(label, key_id, getattr(instance, row))
        value = Sealed(envelope.seal(keystore.get(key_id), aad, plain))
    setattr(instance, name, value)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise SealError("The text holds half a character.") from None


def _canonical(obj: Any) -> str:
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
