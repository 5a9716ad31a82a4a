"""A bundle made from nothing but its description: neither the service's code nor the verifier's is used.

Streams, so that a million entries can be made; only the objects' newest states are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import uuid
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

BEGAN = datetime(2026, 1, 7, 8, tzinfo=UTC)
LABEL = "town.note"
COLUMNS = {
    1: ["entry_id", "id", "text", "history_id", "history_date", "history_type"],
    2: ["entry_id", "id", "text", "count", "history_id", "history_date", "history_type"],
}
ACTIONS = (
    "note.written",
    "note.read",
    "note.written",
    "delegation.created",
    "break_glass.opened",
    "report.disposed",
)
ORIGIN = "log.example.se/town"


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def inner(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Tree:
    """A tree that grows: the heads of its subtrees with their sizes, and the key that seals now."""

    name: str
    key: bytes
    size: int = 0
    heads: list[tuple[int, bytes]] = field(default_factory=list)
    kept: tuple[int, bytes] = (0, b"")

    def __post_init__(self) -> None:
        self.kept = (0, self.key)

    def add(self, hashed: bytes) -> tuple[int, bytes]:
        """Position and seal of the next leaf."""
        position, node = self.size, (1, hashed)
        while self.heads and self.heads[-1][0] == node[0]:
            node = (node[0] * 2, inner(self.heads.pop()[1], node[1]))
        self.heads.append(node)
        self.size += 1
        while self.kept[0] < position // 128:
            self.kept = self.kept[0] + 1, hashlib.sha256(b"log next epoch\x00" + self.kept[1]).digest()
        told = b"log position\x00" + self.name.encode() + b"\x00" + position.to_bytes(8, "big") + hashed
        return position, hmac.digest(self.kept[1], told, "sha256")

    def root(self) -> bytes:
        if not self.heads:
            return hashlib.sha256(b"").digest()
        found = self.heads[-1][1]
        for _, left in reversed(self.heads[:-1]):
            found = inner(left, found)
        return found


@dataclass
class Made:
    """The bundle, and what the auditor was handed: first keys, verifier keys, notes of earlier days."""

    folder: Path
    first_keys: dict[str, str]
    vkeys: dict[str, str]
    notes: list[Path]

    def arguments(self) -> list[str]:
        """What the auditor types after the bundle's name."""
        keys = [part for tree, key in self.first_keys.items() for part in ("--first-key", f"{tree}={key}")]
        return [*keys, *(part for vkey in self.vkeys.values() for part in ("--vkey", vkey))]


class Builder:
    """Tells a story of notes written, changed, removed and read, entry by entry."""

    def __init__(self, folder: Path, seed: int = 1, *, full: bool = True) -> None:
        self.folder, self.drawn, self.full = folder, random.Random(seed), full
        self.signer = Ed25519PrivateKey.from_private_bytes(self.drawn.randbytes(32))
        self.trees: dict[str, Tree] = {}
        self.live: dict[str, list[Any]] = {}
        self.id = 0
        (folder / "checkpoints").mkdir(parents=True)

    def build(self, entries: int, *, every: int = 50, restart: bool = False) -> Made:
        """Write it all: so many entries, a note after every so many, and perhaps a second generation at the end."""
        digest = hashlib.sha256()
        with (self.folder / "entries.jsonl").open("wb") as file:
            for line in self.lines(entries, every, restart):
                raw = dumps(line).encode() + b"\n"
                digest.update(raw)
                file.write(raw)
        live = [[LABEL, 2, *row] for _, row in sorted(self.live.items())] if self.full else []
        (self.folder / "live.jsonl").write_text("".join(dumps(line) + "\n" for line in live))
        (self.folder / "forged.jsonl").write_text("")
        for tree in self.trees.values():
            self.sign(tree)
        self.manifest(digest.hexdigest())
        firsts = {name: b64encode(tree.key).decode() for name, tree in self.trees.items()}
        vkeys = {name: self.vkey(name) for name in self.trees}
        return Made(self.folder, firsts, vkeys, sorted((self.folder / "checkpoints").iterdir()))

    def lines(self, entries: int, every: int, restart: bool) -> Iterator[list[Any]]:
        waiting: list[tuple[Tree, list[Any]]] = []
        for number in range(entries):
            if restart and number == entries * 2 // 3:
                yield self.entry("main.2", "log.restarted", self.ended(), number)
            name = "reports" if number % 10 == 9 else "main.2" if "main.2" in self.trees else "main"
            # As on PostgreSQL: now and then an entry gets its place before one with a lower number.
            hold = number % 7 == 3 and name == "main"
            line = self.entry(name, ACTIONS[number % len(ACTIONS)], {}, number, placed=not hold)
            waiting.append((self.trees[name], line))
            if not hold:
                for tree, told in waiting:
                    if told[2] is None:
                        self.place(tree, told)
                    yield told
                waiting.clear()
            if number % every == every - 1 and not waiting:
                self.sign(self.trees[name])
        for tree, told in waiting:
            self.place(tree, told)
            yield told

    def ended(self) -> dict[str, Any]:
        main = self.trees["main"]
        return {"tree": "main", "count": main.size, "digest": main.root().hex(), "result": "asked"}

    def entry(
        self, name: str, action: str, facts: dict[str, Any], number: int, *, placed: bool = True
    ) -> list[Any]:
        tree = self.trees.setdefault(name, Tree(name, self.drawn.randbytes(32)))
        self.id += 1 + (number % 11 == 0)
        moment = BEGAN + timedelta(seconds=number)
        if name == "reports":
            moment = moment.replace(hour=0, minute=0, second=0)
        time = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        commits, rows = self.rows(time) if action == "note.written" else ([], [])
        content = {
            "v": 1, "id": self.id, "event": self.uuid(), "time": time, "tree": name, "action": action,
            "role": "hr_officer", "facts": facts or {"reference": f"RK-{number} å"},
        }  # fmt: skip
        leaf = dumps(content | {"rows": commits} if commits else content)
        line = [self.id, name, None, leaf, None, hashlib.sha256(b"\x00" + leaf.encode()).hexdigest()]
        if placed:
            self.place(tree, line)
        return [*line, rows if self.full else None]

    def place(self, tree: Tree, line: list[Any]) -> None:
        line[2], seal = tree.add(bytes.fromhex(line[5]))
        line[4] = seal.hex()

    def rows(self, time: str) -> tuple[list[Any], list[Any]]:
        """One or two notes written: new, changed or removed, of either coverage version."""
        commits, rows = [], []
        for _ in range(1 + self.drawn.randrange(2)):
            kind = self.drawn.choice("++~~~-") if self.live else "+"
            pk = self.uuid() if kind == "+" else self.drawn.choice(list(self.live)[-50:])
            if any(pk in row[1] for row in rows):
                continue
            version = 1 if self.drawn.random() < 0.2 else 2
            own = [self.id, pk, f"text {self.drawn.random()}", 7][: len(COLUMNS[version]) - 3]
            # The newest version has a count that the first had not; a row in use has it.
            self.live[pk] = [*own[:3], 7]
            if kind == "-":
                del self.live[pk]
            name, blind = self.uuid(), self.drawn.randbytes(32)
            text = dumps([LABEL, version, *own, name, time, kind])
            made = b64encode(hmac.digest(blind, text.encode(), "sha256")).decode()
            commits.append([LABEL, version, name, made])
            rows.append([blind.hex(), text])
        return commits, rows

    def uuid(self) -> str:
        return str(uuid.UUID(bytes=self.drawn.randbytes(16), version=4))

    def sign(self, tree: Tree) -> None:
        name = f"{ORIGIN}/{tree.name}"
        text = f"{name}\n{tree.size}\n{b64encode(tree.root()).decode()}\ntime 2026-01-07T08:00:00Z\n"
        public = b"\x01" + self.signer.public_key().public_bytes_raw()
        blob = hashlib.sha256(f"{name}\n".encode() + public).digest()[:4] + self.signer.sign(text.encode())
        path = self.folder / "checkpoints" / f"{tree.name}-{tree.size:012}.note"
        path.write_text(f"{text}\n— {name} {b64encode(blob).decode()}\n")

    def vkey(self, tree: str) -> str:
        public = b"\x01" + self.signer.public_key().public_bytes_raw()
        name = f"{ORIGIN}/{tree}"
        mark = hashlib.sha256(f"{name}\n".encode() + public).hexdigest()[:8]
        return f"{name}+{mark}+{b64encode(public).decode()}"

    def manifest(self, entries: str) -> None:
        digests = {"entries.jsonl": entries}
        for path in [
            self.folder / "live.jsonl",
            self.folder / "forged.jsonl",
            *(self.folder / "checkpoints").iterdir(),
        ]:
            digests[path.relative_to(self.folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        told = {
            "format": f"log-bundle/1 {'full' if self.full else 'log'}",
            "origin": ORIGIN,
            "made": "2026-01-08T00:00:00Z",
            "epoch_size": 128,
            "vkeys": {name: self.vkey(name) for name in self.trees},
            "coverage": {LABEL: {str(version): columns for version, columns in COLUMNS.items()}},
            "trees": {t.name: {"size": t.size, "root": t.root().hex()} for t in self.trees.values()},
            "files": digests,
        }
        write_manifest(self.folder, told)


def write_manifest(folder: Path, told: dict[str, Any]) -> None:
    """Write the manifest and its digest."""
    raw = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    (folder / "manifest.json").write_bytes(raw)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(raw).hexdigest()}  manifest.json\n")


def made(folder: Path, entries: int, seed: int = 1, **how: Any) -> Made:
    """A bundle of so many entries in the folder."""
    full = how.pop("full", True)
    return Builder(folder, seed, full=full).build(entries, **how)
