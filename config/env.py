"""Strict, typed reading of the environment.

Every secret may be given as NAME or as NAME_FILE (the path of a file that holds it), never both: two sources for one
secret is how an old key stays in use. Whatever is wrong raises ConfigurationError with one line of advice.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Long enough for 128 bits even as hexadecimal digits.
SHORTEST_SECRET = 32
KEY_BYTES = 32
# Seconds that a thread waits for a lock in either engine.
LONGEST_WAIT = 20
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class ConfigurationError(ImproperlyConfigured):
    """The environment does not describe a service that may start; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The master keys (32 bytes each) by id, and the id of the one that wraps new case keys."""

    current: str
    keys: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"KeyRing(current={self.current!r}, {len(self.keys)} keys)"


def optional(name: str, default: str = "") -> str:
    """The plain setting `name`, stripped; `default` where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """`name` as yes or no. Raises ConfigurationError for anything else, as a typo must not switch a guard off."""
    text = optional(name).lower()
    if not text:
        return default
    if text not in _TRUE | _FALSE:
        raise ConfigurationError(f"{name} must be one of true or false; it says something else.")
    return text in _TRUE


def integer(name: str, default: int, *, least: int = 0) -> int:
    """`name` as a whole number, at least `least`. Raises ConfigurationError otherwise."""
    text = optional(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ConfigurationError(f"{name} must be a whole number, at least {least}.")
    return int(text)


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """`name` as a comma-separated list without empty parts."""
    return [part.strip() for part in optional(name).split(",") if part.strip()] or list(default)


def secret(name: str) -> str | None:
    """The secret `name` from NAME or from the file NAME_FILE; None where neither is set.

    Raises ConfigurationError where both are set, or where the file is missing, empty or unreadable.
    """
    value, path = os.environ.get(name, "").strip(), optional(f"{name}_FILE")
    if value and path:
        raise ConfigurationError(f"Set {name} or {name}_FILE, not both.")
    if not path:
        return value or None
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{name}_FILE names a file that cannot be read ({type(error).__name__})."
        ) from None
    if not value:
        raise ConfigurationError(f"{name}_FILE names an empty file.")
    return value


def required_secret(name: str) -> str:
    """The secret `name`, at least 32 characters. Raises ConfigurationError where it is missing or shorter."""
    value = secret(name)
    if value is None:
        raise ConfigurationError(
            f"{name} is missing: set {name}, or {name}_FILE to a file with at least {SHORTEST_SECRET} random characters"
            " (make run does it for the demonstration)."
        )
    if len(value) < SHORTEST_SECRET:
        raise ConfigurationError(f"{name} is too short: use at least {SHORTEST_SECRET} random characters.")
    return value


def key(name: str) -> bytes | None:
    """The secret `name` as a key of 32 bytes written in base64; None where it is not set."""
    value = secret(name)
    return None if value is None else _key(name, value)


def required_key(name: str) -> bytes:
    """The secret `name` as a key of 32 bytes written in base64. Raises ConfigurationError where it is missing."""
    value = key(name)
    if value is None:
        raise ConfigurationError(
            f"{name} is missing: set {name}, or {name}_FILE to a file with {KEY_BYTES} random bytes in base64"
            " (make run does it for the demonstration)."
        )
    return value


def key_ring(name: str) -> KeyRing | None:
    """The secret `name` as a ring of master keys: {"current": "id", "keys": {"id": "base64 of 32 bytes"}}.

    None where it is not set: the service then starts locked, and opens nothing. Raises ConfigurationError for a
    ring that is set but cannot be used.
    """
    value = secret(name)
    if value is None:
        return None
    shape = f'{name} must be JSON of the form {{"current": "id", "keys": {{"id": "base64 of 32 bytes"}}}}.'
    try:
        ring = json.loads(value)
        current, keys = ring["current"], dict(ring["keys"])
    except (ValueError, TypeError, KeyError):
        raise ConfigurationError(shape) from None
    if not isinstance(current, str) or current not in keys:
        raise ConfigurationError(f"{name}: the current id is not among its keys.")
    return KeyRing(current, {identity: _key(name, text) for identity, text in keys.items()})


def _key(name: str, value: object) -> bytes:
    try:
        raw = base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ConfigurationError(f"{name} must hold {KEY_BYTES} random bytes in base64.")
    return raw


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for the database address `name`: sqlite:///path or postgresql://user:password@host:port/name.

    The address holds a password, so it may come from NAME_FILE too. Query parameters become libpq options
    (`?host=/run/postgresql&sslmode=verify-full`). Raises ConfigurationError for any other scheme.
    """
    address = secret(name) or default
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ConfigurationError(f"{name} is not an address of a database.") from None
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path.removeprefix("/")))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ConfigurationError(f"{name} must begin with sqlite:/// or postgresql:// and name a database.")
    options = dict(parse_qsl(parts.query))
    # Nobody waits longer for a row than on SQLite, and a thread that died inside a transaction holds nothing for ever.
    # No query is compiled first: that takes a second for one that runs in a tenth.
    options.setdefault(
        "options", f"-c lock_timeout={LONGEST_WAIT}s -c idle_in_transaction_session_timeout=60s -c jit=off"
    )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or options.pop("port", "")),
        # Connections live as long as their thread; a dead one is found before it is used.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite(path: str | Path, *, synchronous: str = "FULL") -> dict[str, Any]:
    """Django's settings for the SQLite file `path`; the folder must exist before the first connection."""
    if not str(path):
        raise ConfigurationError("The SQLite address must name a file: sqlite:////folder/file.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that means to write takes the lock at once; read-then-write would fail under load.
            "transaction_mode": "IMMEDIATE",
            "timeout": LONGEST_WAIT,
            # FULL: a committed decision survives a power cut. secure_delete: what is disposed of leaves the file.
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA secure_delete=ON;"
                # A page that the system has in memory is read there, not copied by a call for each: a third less time
                # for what looks up a thousand rows in a large file. Writing goes as before.
                f" PRAGMA foreign_keys=ON; PRAGMA mmap_size={2**31};"
            ),
        },
    }
