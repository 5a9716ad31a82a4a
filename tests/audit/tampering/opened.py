"""A bundle in the hands of whoever wants to change it: its files as lists, and the digests made right again."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.audit.tampering.synthetic import Tree, dumps, write_manifest

# Places in a line of entries.jsonl.
ID, TREE, POSITION, LEAF, SEAL, HASH, ROWS = range(7)


class Opened:
    """The bundle in a folder. Nothing is written before `save`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries, self.live, self.forged = (
            [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]
            for name in ("entries", "live", "forged")
        )
        self.manifest = json.loads((folder / "manifest.json").read_text())

    def save(self) -> None:
        """Write the files, and the manifest with digests that are right."""
        for name in ("entries", "live", "forged"):
            text = "".join(dumps(line) + "\n" for line in getattr(self, name))
            (self.folder / f"{name}.jsonl").write_text(text)
        self.digest()

    def digest(self) -> None:
        """Only the manifest and its digest."""
        self.manifest["files"] = {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith("manifest")
        }
        write_manifest(self.folder, self.manifest)

    def content(self, line: list[Any]) -> dict[str, Any]:
        """The leaf as data."""
        found: dict[str, Any] = json.loads(line[LEAF])
        return found

    def rewrite(self, line: list[Any], **changes: Any) -> None:
        """Change the leaf, and its hash with it."""
        self.put(line, {**self.content(line), **changes})

    def put(self, line: list[Any], content: dict[str, Any]) -> None:
        """Exchange the leaf, and its hash with it."""
        line[LEAF] = dumps(content)
        line[HASH] = hashlib.sha256(b"\x00" + line[LEAF].encode()).hexdigest()

    def placed(self, tree: str) -> list[list[Any]]:
        """The tree's entries in order of place."""
        found = (line for line in self.entries if line[TREE] == tree and line[POSITION] is not None)
        return sorted(found, key=lambda line: line[POSITION])

    def regrow(self, tree: str, key: bytes | None = None, first: int = 0) -> Tree:
        """Number the tree's entries without gaps and tell its new root; with a first key, seal from a place on."""
        grown = Tree(tree, key or bytes(32))
        for number, line in enumerate(self.placed(tree)):
            line[POSITION] = number
            _, seal = grown.add(bytes.fromhex(line[HASH]))
            if key is not None and number >= first:
                line[SEAL] = seal.hex()
        self.manifest["trees"][tree] = {"size": grown.size, "root": grown.root().hex()}
        return grown

    def with_rows(self) -> list[list[Any]]:
        """The entries that wrote rows."""
        return [line for line in self.entries if line[ROWS]]

    def versions(self) -> dict[str, list[tuple[list[Any], int, list[Any]]]]:
        """Per object that was written, its history rows in order: the line, which of its rows, and its values."""
        found: dict[str, list[tuple[list[Any], int, list[Any]]]] = {}
        for line in self.with_rows():
            for index, (_, text) in enumerate(line[ROWS]):
                row = json.loads(text)
                columns = self.manifest["coverage"][row[0]][str(row[1])]
                found.setdefault(f"{row[0]} {row[2 + columns.index('id')]}", []).append((line, index, row))
        return found

    def commit(self, line: list[Any], index: int) -> list[Any]:
        """The leaf's commitment to one of its rows: label, version, history row, HMAC."""
        found: list[Any] = self.content(line)["rows"][index]
        return found

    def recommit(self, line: list[Any], index: int, row: Sequence[Any]) -> None:
        """Exchange a history row with everything that commits to it, the leaf's hash included."""
        blind, text = bytes.fromhex(line[ROWS][index][0]), dumps(list(row))
        content = self.content(line)
        content["rows"][index][3] = b64encode(hmac.digest(blind, text.encode(), "sha256")).decode()
        line[ROWS][index][1] = text
        self.put(line, content)

    def notes(self, tree: str = "main") -> list[Path]:
        """The tree's notes, smallest first."""
        return sorted((self.folder / "checkpoints").glob(f"{tree}-*.note"))

    def resign(self, signer: Any, tree: str, grown: Sequence[tuple[int, bytes]]) -> None:
        """Throw the tree's notes away and sign these heads instead."""
        name = self.notes(tree)[0].read_text().split("\n")[0]
        for path in self.notes(tree):
            path.unlink()
        for size, root in grown:
            (self.folder / "checkpoints" / f"{tree}-{size:012}.note").write_text(
                note(signer, name, size, root)
            )


def note(signer: Any, name: str, size: int, root: bytes) -> str:
    """A signed note of this head."""
    text = f"{name}\n{size}\n{b64encode(root).decode()}\ntime 2026-02-01T08:00:00Z\n"
    public = b"\x01" + signer.public_key().public_bytes_raw()
    blob = hashlib.sha256(f"{name}\n".encode() + public).digest()[:4] + signer.sign(text.encode())
    return f"{text}\n— {name} {b64encode(blob).decode()}\n"


def flip(path: Path, drawn: random.Random) -> int:
    """Turn one bit of a file over; which byte it was."""
    raw = bytearray(path.read_bytes())
    place = drawn.randrange(len(raw))
    raw[place] ^= 1 << drawn.randrange(8)
    path.write_bytes(bytes(raw))
    return place


def blob(text: str) -> bytes:
    return b64decode(text)
