"""Keys for the demonstration, made once and readable by their owner alone: `python -m config.demo_keys DATA_DIR`.

A real installation keeps its keys apart from its data and makes them by hand; see docs/settings.md.
"""

import base64
import json
import os
import secrets
import sys
from pathlib import Path

from vetting.crypto import statements


def write_missing(folder: Path) -> list[str]:
    """Create in `folder` the keys that are not there yet, with mode 0600; the names of those created."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = {
        "secret_key": secrets.token_urlsafe(48),
        "log_key": _key(),
        "index_key": _key(),
        "checkpoint_key": _key(),
        "receipt_key": _key(),
        # The root is offline in an installation; the demonstration's lies beside what it certifies.
        "recipient_root_private": _key(),
        "master_keys": json.dumps({"current": "demo-1", "keys": {"demo-1": _key()}}),
    }
    created = [name for name, text in wanted.items() if _write(folder / name, text)]
    root = base64.b64decode((folder / "recipient_root_private").read_text(encoding="utf-8"))
    public = base64.b64encode(statements.public_of(root)).decode()
    return created + ["recipient_root"] * _write(folder / "recipient_root", public)


def _write(path: Path, text: str) -> bool:
    """Whether the file was made. Exclusive and private from its first byte: an existing key is never replaced."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    return True


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":
    write_missing(Path(sys.argv[1]) / "keys")
