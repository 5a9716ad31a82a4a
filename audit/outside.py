"""What is known of the log outside the database, read at one moment: marks, keys, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit import anchor_files, state
from audit.state import Mark


@dataclass(frozen=True, slots=True)
class Outside:
    """Per tree the mark, and the earliest key there is with its epoch; and the notes of the folder by file name."""

    marks: Mapping[str, Mark | None]
    keys: Mapping[str, tuple[int, bytes]]
    epochs: Mapping[str, int | None]
    notes: Mapping[str, str]


def read(first_keys: Mapping[str, bytes] | None = None) -> Outside:
    """Read it. `first_keys`: those that the auditor has fetched, by tree; others are looked for in LOG_STATE.

    Where there is no first key the service's own is used, which tells of the newest entries alone.
    """
    trees, keys = list(state.trees()), dict[str, tuple[int, bytes]]()
    for tree in trees:
        first = (first_keys or {}).get(tree) or state.first_key(tree)
        current = state.current_key(tree)
        if first is not None:
            keys[tree] = 0, first
        elif current is not None:
            keys[tree] = current
    notes = {}
    for path in sorted(anchor_files.folder().glob("*.note")):
        try:
            notes[path.name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            notes[path.name] = ""
    return Outside(
        {tree: state.read_mark(tree) for tree in trees},
        keys,
        {tree: state.read_epoch(tree) for tree in trees},
        notes,
    )
