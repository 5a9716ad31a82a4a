"""What happens to the files of a bundle: their digests are not made right again, as nobody meant it."""

from __future__ import annotations

import json

from tests.audit.tampering.forger import Forger
from tests.audit.tampering.opened import HASH, ID, LEAF, ROWS, SEAL, TREE, Opened, flip
from tests.audit.tampering.scene import Told


def bit_flipped(opened: Opened, forger: Forger) -> list[Told]:
    """In any file; where it is a line of the log, the line is named."""
    files = sorted(path for path in opened.folder.rglob("*") if path.is_file() and path.name != "verifier.py")
    path = forger.drawn.choice([opened.folder / "entries.jsonl", *files])
    if path.stat().st_size == 0:
        path = opened.folder / "entries.jsonl"
    before = path.read_bytes()
    place = flip(path, forger.drawn)
    if path.suffix == ".note":
        return [Told("checkpoint-signature", path.name)]
    if path.name.startswith("manifest"):
        return [Told("file-changed", "manifest.json")]
    told = [Told("file-changed", path.name)]
    if path.name == "entries.jsonl":
        told += _named(before, path.read_bytes(), place)
    return told


def _named(before: bytes, after: bytes, place: int) -> list[Told]:
    """The line that a changed byte of entries.jsonl is in, as the finding names it."""
    number = before[:place].count(b"\n")
    line = json.loads(before.split(b"\n")[number])
    name = f"entry {line[ID]}"
    damaged = Told("line-damaged", f"entries.jsonl line {number + 1}")
    try:
        now = json.loads(after.split(b"\n")[number].decode())
        if len(now) != len(line) or after.count(b"\n") != before.count(b"\n"):
            return [damaged]
    except ValueError:
        return [damaged]
    changed = next((n for n in range(len(line)) if now[n] != line[n]), None)
    if changed in (LEAF, HASH):
        return [Told("leaf-changed", name)]
    if changed == SEAL:
        return [Told("seal-wrong", name)]
    if changed == TREE:
        return [Told("entry-malformed", name)]
    if changed == ROWS and isinstance(now[ROWS], list) and len(now[ROWS]) == len(line[ROWS]):
        place = next(n for n in range(len(line[ROWS])) if now[ROWS][n] != line[ROWS][n])
        label, _, row, _ = json.loads(line[LEAF])["rows"][place]
        kinds = ("row-edited", "row-missing", "blind-missing", "entry-malformed")
        return [Told("|".join(kinds), f"{name} {label} {row}|{name}")]
    return []


def file_truncated(opened: Opened, forger: Forger) -> list[Told]:
    """The end of a file is gone, or a line of it stands twice."""
    path = opened.folder / "entries.jsonl"
    raw = path.read_bytes()
    lines = raw.splitlines(keepends=True)
    if forger.drawn.random() < 0.5:
        place = forger.drawn.randrange(1, len(lines) - 1)
        path.write_bytes(b"".join([*lines[: place + 1], lines[place], *lines[place + 1 :]]))
        return [Told("entry-order", f"entry {json.loads(lines[place])[ID]}"), Told("file-changed", path.name)]
    kept = forger.drawn.randrange(len(lines) // 2, len(lines))
    path.write_bytes(b"".join(lines[:kept]) + lines[kept][: len(lines[kept]) // 2])
    damaged = Told(
        "line-damaged", f"entries.jsonl line {kept + 1}", f"after entry {json.loads(lines[kept - 1])[ID]}"
    )
    return [damaged, Told("file-changed", path.name)]


def checkpoint_removed_or_edited(opened: Opened, forger: Forger) -> list[Told]:
    path = forger.drawn.choice(opened.notes())
    if forger.drawn.random() < 0.5:
        path.unlink()
        return [Told("checkpoint-missing", f"checkpoints/{path.name}")]
    size = path.read_text().split("\n")[1]
    path.write_text(path.read_text().replace(f"\n{size}\n", f"\n{int(size) - 1}\n"))
    return [Told("checkpoint-signature", path.name)]


AS_IS = frozenset({bit_flipped, file_truncated, checkpoint_removed_or_edited})
