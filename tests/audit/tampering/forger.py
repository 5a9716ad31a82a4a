"""What whoever holds a bundle has at hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.audit.tampering.opened import ID, ROWS, Opened
from tests.audit.tampering.scene import Told
from tests.audit.tampering.synthetic import Tree

EPOCH = 128


@dataclass
class Forger:
    """What is at hand: chance, the signing key, the newest sealing key and its epoch; and what the auditor kept."""

    drawn: random.Random
    signer: Any
    current: tuple[int, bytes]
    kept: list[Path]

    def seal(self, tree: str, position: int, hashed: str) -> str:
        """A seal with the current key, whatever the place."""
        sealing = Tree(tree, self.current[1], size=position)
        # Made at any place as if its epoch were now's.
        sealing.kept = position // EPOCH, self.current[1]
        return sealing.add(bytes.fromhex(hashed))[1].hex()


Change = Callable[[Opened, Forger], list[Told]]


def an_entry(opened: Opened, forger: Forger, tree: str = "main", last: int = 10) -> list[Any]:
    """An entry drawn by lot, neither the first nor one of the last."""
    return forger.drawn.choice(opened.placed(tree)[1:-last])


def a_row(opened: Opened, forger: Forger) -> tuple[list[Any], int, str]:
    """A history row drawn by lot: its line, its place, and how it is named."""
    line = forger.drawn.choice(opened.with_rows())
    index = forger.drawn.randrange(len(line[ROWS]))
    label, _, name, _ = opened.commit(line, index)
    return line, index, f"entry {line[ID]} {label} {name}"


def a_live_row(opened: Opened, forger: Forger) -> tuple[int, str, str]:
    """A row in use drawn by lot: its place, its newest entry with label and key, and the key."""
    place = forger.drawn.randrange(len(opened.live))
    row = opened.live[place]
    columns = opened.manifest["coverage"][row[0]][str(row[1])]
    told = dict(zip(columns, row[2:], strict=False))
    return place, f"entry {told['entry_id']} {row[0]} {told['id']}", told["id"]
