"""Keys for the demonstration, made once and readable by their owner alone: `python -m config.demo_keys DATA_DIR`.

A real installation keeps its keys apart from its data and makes them by hand; see docs/settings.md.
"""

import base64
import json
import os
import secrets
import sys
from pathlib import Path


def write_missing(folder: Path) -> list[str]:
    """Create in `folder` the keys that are not there yet, with mode 0600; the names of those created."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = {
        "secret_key": secrets.token_urlsafe(48),
        "log_key": _key(),
        "index_key": _key(),
        "checkpoint_key": _key(),
        "master_keys": json.dumps({"current": "demo-1", "keys": {"demo-1": _key()}}),
    }
    created = []
    for name, text in wanted.items():
        try:
            # Exclusive and private from its first byte: an existing key is never replaced.
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        created.append(name)
    return created


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":
    write_missing(Path(sys.argv[1]) / "keys")
