"""The file that holds the ring of master keys: a new one is added, and the file is whole at all times."""

from __future__ import annotations

import base64
import json
import os
import secrets
from datetime import date
from pathlib import Path

from config.env import KEY_BYTES, ConfigurationError


def add(path: Path, day: date) -> str:
    """Put a new master key into the ring of the file and make it the current one; its id, "2026-11-28" or "…-2".

    The file keeps its owner and mode. Raises ConfigurationError for one that holds no ring or cannot be written.
    """
    try:
        ring = json.loads(path.read_text(encoding="utf-8"))
        keys, mode = dict(ring["keys"]), path.stat()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ConfigurationError(
            f"MASTER_KEYS_FILE holds no ring that can be read ({type(error).__name__})."
        ) from None
    name = next(each for number in range(1, 1000) if (each := _named(day, number)) not in keys)
    keys[name] = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    unfinished = path.with_name(f".{path.name}.part")
    try:
        # Private from its first byte.
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode.st_mode & 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps({"current": name, "keys": keys}) + "\n")
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), mode.st_mode & 0o777)
            if (mode.st_uid, mode.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(file.fileno(), mode.st_uid, mode.st_gid)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ConfigurationError(f"{path} could not be written: {error.strerror}.") from None
    return name


def _named(day: date, number: int) -> str:
    return day.isoformat() if number == 1 else f"{day.isoformat()}-{number}"
