"""One way to write a value as bytes, the same on every database and in every year to come.

Leaves are JSON with sorted keys and no spaces. A row is a JSON list of its columns in their declared order; what JSON
lacks is written as text: moments in UTC with six decimals, dates as ISO 8601, UUIDs with hyphens, bytes as base64.
"""

import json
from binascii import b2a_base64
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from audit.clock import text
from audit.errors import NotCanonical

Encoder = Callable[[Any], Any]
FACT_LENGTH = 120

_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def dumps(value: Any) -> bytes:
    """Canonical JSON. Raises NotCanonical for what JSON or UTF-8 cannot hold."""
    try:
        return _json.encode(value).encode()
    except (TypeError, ValueError) as error:
        raise NotCanonical(f"not canonical: {type(error).__name__}") from error


def _exactly(*types: type) -> Encoder:
    usual = types[0]

    def encode(value: Any) -> Any:
        if type(value) is usual:
            return value
        if isinstance(value, types) and (bool in types or not isinstance(value, bool)):
            return value
        raise NotCanonical(f"expected {types[0].__name__}, not {type(value).__name__}")

    return encode


def _uuid(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    raise NotCanonical(f"expected UUID, not {type(value).__name__}")


def _moment(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return text(value)
    raise NotCanonical("expected a moment with a time zone")


def _day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise NotCanonical(f"expected date, not {type(value).__name__}")


def _time(value: Any) -> str:
    if isinstance(value, time):
        return value.isoformat(timespec="microseconds")
    raise NotCanonical(f"expected time, not {type(value).__name__}")


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise NotCanonical(f"expected int, not {type(value).__name__}")


def _decimal(places: int) -> Encoder:
    def encode(value: Any) -> str:
        if isinstance(value, Decimal):
            return f"{value:.{places}f}"
        raise NotCanonical(f"expected Decimal, not {type(value).__name__}")

    return encode


def _binary(field: models.Field) -> Encoder:
    def encode(value: Any) -> str:
        # A field with a value type of its own (ciphertext) knows its bytes; the column's bytes are what counts.
        raw = value if isinstance(value, bytes | memoryview) else field.get_prep_value(value)
        if not isinstance(raw, bytes | bytearray | memoryview):
            raise NotCanonical(f"expected bytes, not {type(value).__name__}")
        return b2a_base64(raw, newline=False).decode()

    return encode


def _json_value(value: Any) -> Any:
    if isinstance(value, dict | list | tuple | str | int | bool):
        return value
    raise NotCanonical(f"expected JSON, not {type(value).__name__}")


def encoder(field: models.Field) -> Encoder:
    """How this column's values are written (never None, which is written as null).

    Raises NotCanonical for a kind of column whose values cannot be written exactly, such as floats.
    """
    target: models.Field = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.BinaryField):
        return _binary(target)
    if isinstance(target, models.DecimalField):
        return _decimal(target.decimal_places or 0)
    for kind, encode in _BY_KIND:
        if isinstance(target, kind):
            return encode
    raise NotCanonical(f"{field} is of a kind that cannot be covered")


_BY_KIND: tuple[tuple[type[models.Field], Encoder], ...] = (
    (models.UUIDField, _uuid),
    (models.BooleanField, _exactly(bool)),
    (models.IntegerField, _whole),
    (models.CharField, _exactly(str)),
    (models.TextField, _exactly(str)),
    (models.DateTimeField, _moment),  # before DateField, which it extends
    (models.DateField, _day),
    (models.TimeField, _time),
    (models.JSONField, _json_value),
)


def fact(value: Any) -> str | int | bool | None:
    """A fact as it stands in a leaf: codes, references, dates, whole numbers and UUIDs, at most 120 characters.

    Raises NotCanonical for floats, control characters, long or many-lined text and anything else.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        if len(value) > FACT_LENGTH or not value.isprintable():
            raise NotCanonical("a fact is a code or a reference, never text")
        return str(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise NotCanonical(f"a fact cannot be {type(value).__name__}")
