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
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from audit import anchor_files, bundle_rows, clock, reading, signing, state
from audit.errors import NoSigningKey
from audit.models import Checkpoint, Entry, Tree
from audit.progress import Progress

CHUNK = 1000
# What lies beside a bundle: they share no code with the service, or with each other.
PROGRAMS = tuple(Path(__file__).with_name(name) for name in ("verifier.py", "verify_signatures.py"))


def write(folder: Path, *, full: bool, progress: Progress | None = None) -> dict[str, Any]:
    """Write the bundle into an empty folder; return the manifest.

    Reads one state of the database where the caller has begun it (`snapshot.consistent`). Raises OSError.
    """
    (folder / "checkpoints").mkdir(parents=True)
    rows = bundle_rows.Rows() if full else None
    files = {
        "entries.jsonl": _file(folder / "entries.jsonl", _entries(rows, progress)),
        "forged.jsonl": _file(folder / "forged.jsonl", rows.forged() if rows else ()),
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
                # Nothing where the head cannot be read: the verifier then names the tree.
                "root": tree.head.root().hex() if tree.head is not None else "",
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
            raw = _written(line)
            made.update(raw)
            file.write(raw)
    return made.hexdigest()


def _written(line: list[Any]) -> bytes:
    try:
        return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        # Bytes that are no text, in a leaf that was damaged: the verifier reads them as something else, and says so.
        return json.dumps(line).encode() + b"\n"


def _entries(rows: bundle_rows.Rows | None, progress: Progress | None) -> Iterator[list[Any]]:
    total, done = Entry.objects.count(), 0
    table = reading.rows(Entry.objects.all(), "id", ("tree", "position", "leaf", "seal", "leaf_hash"))
    while part := list(islice(table, CHUNK)):
        leaves = [bytes(leaf).decode("utf-8", "surrogateescape") for _, _, _, leaf, _, _ in part]
        told: list[Any] = [None] * len(part) if rows is None else rows.of(list(map(_commits, leaves)))
        for (entry, tree, position, _, seal, hashed), leaf, of_entry in zip(part, leaves, told, strict=True):
            yield [entry, tree, position, leaf, _hex(seal), _hex(hashed), of_entry]
        done += len(part)
        if progress is not None:
            progress(done, max(total, done))


def _commits(leaf: str) -> list[Any]:
    """The commitments of a leaf; none where it cannot be read, which the verifier says of it."""
    try:
        found = json.loads(leaf).get("rows", [])
        return found if all(len(commit) == 4 and isinstance(commit[0], str) for commit in found) else []
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []


def _hex(value: Any) -> str | None:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else None


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
