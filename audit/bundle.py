"""The bundle: all of the log in files that `audit/verifier.py` reads on another machine, without this service.

    manifest.json     what the service says of the rest; its digest is in manifest.sha256
    entries.jsonl     [id, tree, position, leaf, seal, leaf's hash, rows], in order of id; what has no place has null
    forged.jsonl      [label, history row] without a commitment
    live.jsonl        [label, coverage version, values …] of every covered row in use
    checkpoints/      every signed note, from the database and from the folder outside it

A "full" bundle holds the covered rows as they were committed to, sealed values as ciphertext, with the blinds. A "log"
bundle holds none of them: it is what somebody gets who reviews the log and sees no case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from audit import anchor_files, bundle_rows, clock, signing, state
from audit.errors import NoSigningKey
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry, Tree

CHUNK = 1000
Progress = Callable[[int, int], None]


def write(folder: Path, *, full: bool, progress: Progress | None = None) -> dict[str, Any]:
    """Write the bundle into an empty folder; return the manifest.

    Reads one state of the database where the caller has begun it (`snapshot.consistent`). Raises OSError.
    """
    (folder / "checkpoints").mkdir(parents=True)
    files = {
        "entries.jsonl": _file(folder / "entries.jsonl", _entries(full, progress)),
        "forged.jsonl": _file(folder / "forged.jsonl", bundle_rows.forged() if full else ()),
        "live.jsonl": _file(folder / "live.jsonl", bundle_rows.live() if full else ()),
    }
    for note in _notes():
        name = _name(note)
        (folder / name).write_text(note, encoding="utf-8", newline="")
        files[name] = sha256(note.encode()).hexdigest()
    manifest = {
        "format": f"log-bundle/1 {'full' if full else 'log'}",
        "origin": settings.LOG_ORIGIN,
        "made": clock.text(clock.now()),
        "epoch_size": state.EPOCH_SIZE,
        "vkeys": {tree.name: _vkey(tree.name) for tree in Tree.objects.order_by("name")},
        "coverage": bundle_rows.coverage(),
        "trees": {
            tree.name: {
                "size": tree.size,
                "root": Frontier.from_bytes(tree.size, bytes(tree.frontier)).root().hex(),
            }
            for tree in Tree.objects.order_by("name")
        },
        "files": files,
    }
    raw = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    (folder / "manifest.json").write_bytes(raw)
    (folder / "manifest.sha256").write_text(f"{sha256(raw).hexdigest()}  manifest.json\n")
    return manifest


def digest(folder: Path) -> str:
    """What names this very bundle: the digest of its manifest, which holds those of its files."""
    return sha256((folder / "manifest.json").read_bytes()).hexdigest()


def _file(path: Path, lines: Any) -> str:
    """Write one JSON list a line; the file's digest."""
    made = sha256()
    with path.open("wb") as file:
        for line in lines:
            raw = (
                json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
                + b"\n"
            )
            made.update(raw)
            file.write(raw)
    return made.hexdigest()


def _entries(full: bool, progress: Progress | None) -> Iterator[list[Any]]:
    total, last, done = Entry.objects.count(), 0, 0
    columns = ("id", "tree", "position", "leaf", "seal", "leaf_hash")
    while part := list(Entry.objects.filter(id__gt=last).order_by("id").values_list(*columns)[:CHUNK]):
        rows = bundle_rows.of_entries(part[0][0], part[-1][0]) if full else {}
        for entry, tree, position, leaf, seal, hashed in part:
            yield [
                entry, tree, position, bytes(leaf).decode("utf-8", "surrogateescape"), _hex(seal), _hex(hashed),
                rows.get(entry, []) if full else None,
            ]  # fmt: skip
        last, done = part[-1][0], done + len(part)
        if progress is not None:
            progress(done, total)


def _hex(value: Any) -> str | None:
    return None if value is None else bytes(value).hex()


def _notes() -> list[str]:
    """Every distinct note, those of the database first."""
    found = dict.fromkeys(Checkpoint.objects.order_by("id").values_list("note", flat=True).iterator(CHUNK))
    for path in sorted(anchor_files.folder().glob("*.note")):
        try:
            found.setdefault(path.read_text(encoding="utf-8"), None)
        except (OSError, UnicodeDecodeError):
            continue
    return list(found)


def _name(note: str) -> str:
    """A note's file: by tree and size where it can be read, and always by its own content."""
    mark = sha256(note.encode()).hexdigest()[:12]
    try:
        head = signing.head_of(note)
    except ValueError:
        return f"checkpoints/unreadable-{mark}.note"
    return f"checkpoints/{head.origin.rpartition('/')[2]}-{head.size:012d}-{mark}.note"


def _vkey(tree: str) -> str | None:
    try:
        return str(signing.signer(tree).verifier)
    except NoSigningKey:
        return None
