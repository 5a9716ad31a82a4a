"""Checkpoints as files in the folder `anchors` of LOG_STATE: for a backup or a copy that the service cannot reach."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The folder of the notes."""
    return Path(settings.LOG_STATE) / "anchors"


def write(tree: str, size: int, time: str, note: str) -> Path:
    """Write the note to a file of its own, whole or not at all, and wait for the disk. Raises OSError.

    `time` is as in the note; in the file's name it stands without separators.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / f"{tree}-{size:012d}-{time.replace('-', '').replace(':', '')}.note"
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    handle = os.open(folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return path


def newest(tree: str) -> str:
    """The note of the tree's largest size in the folder; empty where there is none that can be read."""
    try:
        return max(folder().glob(f"{tree}-*.note")).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError):
        return ""


def discard(tree: str) -> None:
    """Remove the notes of a tree that has no entries: those of a database that was thrown away."""
    for path in folder().glob(f"{tree}-*.note"):
        path.unlink(missing_ok=True)
