"""What whoever holds a bundle can do to it, every digest in it made right again; each says what must be found."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.audit.tampering.opened import HASH, ID, LEAF, POSITION, ROWS, SEAL, TREE, Opened, flip, note
from tests.audit.tampering.scene import Told
from tests.audit.tampering.synthetic import Tree, dumps

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


def _entry(opened: Opened, forger: Forger, tree: str = "main", last: int = 10) -> list[Any]:
    """An entry drawn by lot, neither the first nor one of the last."""
    return forger.drawn.choice(opened.placed(tree)[1:-last])


def _row(opened: Opened, forger: Forger) -> tuple[list[Any], int, str]:
    """A history row drawn by lot: its line, its place, and how it is named."""
    line = forger.drawn.choice(opened.with_rows())
    index = forger.drawn.randrange(len(line[ROWS]))
    label, _, name, _ = opened.commit(line, index)
    return line, index, f"entry {line[ID]} {label} {name}"


def _live(opened: Opened, forger: Forger) -> tuple[int, str, str]:
    """A row in use drawn by lot: its place, its newest entry with label and key, and the key."""
    place = forger.drawn.randrange(len(opened.live))
    row = opened.live[place]
    columns = opened.manifest["coverage"][row[0]][str(row[1])]
    told = dict(zip(columns, row[2:], strict=False))
    return place, f"entry {told['entry_id']} {row[0]} {told['id']}", told["id"]


def history_edited(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = _row(opened, forger)
    row = json.loads(line[ROWS][index][1])
    row[-2] = "2020-01-01T00:00:00.000000Z"
    line[ROWS][index][1] = dumps(row)
    return [Told("row-edited", name)]


def history_removed(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = _row(opened, forger)
    line[ROWS][index][1] = None
    return [Told("row-missing", name)]


def history_forged(opened: Opened, forger: Forger) -> list[Told]:
    line, _, _ = _row(opened, forger)
    line[ROWS].append(list(line[ROWS][0]))
    return [Told("commitments-changed", f"entry {line[ID]}")]


def entry_removed_and_renumbered(opened: Opened, forger: Forger) -> list[Told]:
    line = _entry(opened, forger)
    following = opened.placed("main")[line[POSITION] + 1]
    opened.entries.remove(line)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {following[ID]}")]


def entry_removed(opened: Opened, forger: Forger) -> list[Told]:
    line = _entry(opened, forger)
    following = opened.placed("main")[line[POSITION] + 1]
    opened.entries.remove(line)
    return [Told("position-gap", f"entry {following[ID]}")]


def last_entries_dropped(opened: Opened, forger: Forger) -> list[Told]:
    """And the notes that would tell; the auditor has one of them."""
    kept = forger.kept[-1]
    noted = int(kept.read_text().split("\n")[1])
    missing = forger.drawn.randrange(1, 30)
    _cut(opened, noted - missing)
    return [Told("checkpoint-size", kept.name, f"{missing} of {noted} entries are missing")]


def older_copy(opened: Opened, forger: Forger) -> list[Told]:
    """A bundle as it would have been long ago, rows in use and all."""
    kept = forger.kept[-1]
    noted = int(kept.read_text().split("\n")[1])
    missing = forger.drawn.randrange(30, noted - 10)
    _cut(opened, noted - missing)
    return [Told("checkpoint-size", kept.name, f"{missing} of {noted} entries are missing")]


def _cut(opened: Opened, size: int) -> None:
    for line in opened.placed("main")[size:]:
        opened.entries.remove(line)
    opened.regrow("main")
    for path in opened.notes():
        if int(path.read_text().split("\n")[1]) > size:
            path.unlink()
    newest = {}
    for name, versions in opened.versions().items():
        _, _, row = versions[-1]
        if row[-1] != "-":
            newest[name] = [row[0], row[1], *row[2:-3]]
    opened.live = list(newest.values())


def rewritten_with_the_signing_key(opened: Opened, forger: Forger) -> list[Told]:
    """Even the seals are right, as if the first key had been stolen: only the note the auditor kept contradicts."""
    kept = forger.kept[forger.drawn.randrange(len(forger.kept))]
    size = int(kept.read_text().split("\n")[1])
    line = opened.placed("main")[forger.drawn.randrange(1, size)]
    opened.rewrite(line, role="administrator")
    hashes = [bytes.fromhex(each[HASH]) for each in opened.placed("main")]
    opened.regrow("main")
    sizes = [int(path.read_text().split("\n")[1]) for path in opened.notes()]
    opened.resign(forger.signer, "main", [(size, _root(hashes[:size])) for size in sizes])
    return [Told("checkpoint-root", kept.name), Told("seal-wrong", f"entry {line[ID]}")]


def sealed_again_with_the_current_key(opened: Opened, forger: Forger) -> list[Told]:
    places = opened.placed("main")
    line = places[forger.drawn.randrange(1, forger.current[0] * EPOCH)]
    opened.rewrite(line, role="administrator")
    for later in places[line[POSITION] :]:
        if later[POSITION] // EPOCH < forger.current[0]:
            later[SEAL] = forger.seal("main", later[POSITION], later[HASH])
    opened.regrow("main")
    hashes = [bytes.fromhex(each[HASH]) for each in places]
    sizes = [int(path.read_text().split("\n")[1]) for path in opened.notes()]
    opened.resign(forger.signer, "main", [(size, _root(hashes[:size])) for size in sizes])
    return [Told("seal-wrong", f"entry {line[ID]}")]


def forked(opened: Opened, forger: Forger) -> list[Told]:
    path = forger.drawn.choice(opened.notes())
    name, size = path.read_text().split("\n")[:2]
    second = path.with_name(f"{path.stem}x.note")
    second.write_text(note(forger.signer, name, int(size), forger.drawn.randbytes(32)))
    both = f"{second.name} and {path.name}|{path.name} and {second.name}"
    return [Told("fork", both), Told("checkpoint-root", second.name)]


def ciphertexts_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = _row(opened, forger)
    other, second, name_of_other = _row(opened, forger)
    while line[ROWS][index][1] == other[ROWS][second][1]:
        other, second, name_of_other = _row(opened, forger)
    one, two = line[ROWS][index], other[ROWS][second]
    one[1], two[1] = two[1], one[1]
    return [Told("row-edited", name), Told("row-edited", name_of_other)]


def older_ciphertext_put_back(opened: Opened, forger: Forger) -> list[Told]:
    several = [rows for rows in opened.versions().values() if len(rows) > 1 and rows[-1][2][-1] != "-"]
    (_, _, older), (line, index, newest) = forger.drawn.choice(several)[-2:]
    label, _, name, _ = opened.commit(line, index)
    columns = opened.manifest["coverage"][label][str(newest[1])]
    place = 2 + columns.index("blob" if "blob" in columns else "title")
    newest[place] = older[place]
    line[ROWS][index][1] = dumps(newest)
    if older[place] == json.loads(line[ROWS][index][1])[place] and dumps(newest) == line[ROWS][index][1]:
        newest[place] = "AAAA"
        line[ROWS][index][1] = dumps(newest)
    return [Told("row-edited", f"entry {line[ID]} {label} {name}")]


def row_in_use_edited(opened: Opened, forger: Forger) -> list[Told]:
    place, name, _ = _live(opened, forger)
    row = opened.live[place]
    columns = opened.manifest["coverage"][row[0]][str(row[1])]
    column = forger.drawn.choice([c for c in columns if c in ("text", "title", "count", "blob", "is_open")])
    row[2 + columns.index(column)] = "bättre"
    return [Told("live-edited", name, column)]


def row_in_use_removed(opened: Opened, forger: Forger) -> list[Told]:
    place, name, _ = _live(opened, forger)
    del opened.live[place]
    return [Told("live-missing", name)]


def row_in_use_forged(opened: Opened, forger: Forger) -> list[Told]:
    place, name, key = _live(opened, forger)
    row, forged = list(opened.live[place]), str(uuid4())
    if forger.drawn.random() < 0.5:
        # A second row of an object that there is.
        opened.live.insert(forger.drawn.randrange(len(opened.live)), row)
        return [Told("live-forged", name)]
    opened.live.append([forged if value == key else value for value in row])
    return [Told("live-forged", f"entry -1 {row[0]} {forged}")]


def role_forged(opened: Opened, forger: Forger) -> list[Told]:
    """An entry at the end, with its row, its commitment, and a seal of the current key."""
    line = json.loads(json.dumps(opened.with_rows()[-1]))
    content = opened.content(line)
    number = opened.entries[-1][ID] + 1
    line[ID], line[TREE], line[POSITION] = number, "main", opened.manifest["trees"]["main"]["size"]
    content |= {"id": number, "tree": "main", "action": "role.confirmed"}
    opened.put(line, content)
    line[SEAL] = forger.seal("main", 0, line[HASH])
    opened.entries.append(line)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {number}")]


def places_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    one, other = forger.drawn.sample(opened.placed("main"), 2)
    one[POSITION], other[POSITION] = other[POSITION], one[POSITION]
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {one[ID]}"), Told("seal-wrong", f"entry {other[ID]}")]


def time_changed(opened: Opened, forger: Forger) -> list[Told]:
    line = _entry(opened, forger)
    opened.rewrite(line, time="2026-01-01T00:00:00.000001Z")
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {line[ID]}"), Told("time-falls", f"entry {line[ID]}")]


def columns_not_as_leaf(opened: Opened, forger: Forger) -> list[Told]:
    """The line says another number or another tree than the leaf."""
    line = forger.drawn.choice(
        [each for each in opened.placed("main")[1:-10] if each[ID] + 1 not in _ids(opened)] or [None]
    )
    if line is None or forger.drawn.random() < 0.5:
        line = _entry(opened, forger)
        content = opened.content(line)
        opened.put(line, {**content, "id": content["id"] + 1000})
    else:
        line[ID] += 1
    return [Told("entry-malformed", f"entry {line[ID]}")]


def commitment_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line = forger.drawn.choice([each for each in opened.with_rows() if each[TREE] == "main"])
    row = json.loads(line[ROWS][0][1])
    row[-2] = "2020-01-01T00:00:00.000000Z"
    opened.recommit(line, 0, row)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {line[ID]}")]


def commitments_changed(opened: Opened, forger: Forger) -> list[Told]:
    """Fewer rows than the leaf commits to, or in another order."""
    several = [line for line in opened.with_rows() if len(line[ROWS]) > 1]
    line = forger.drawn.choice(several)
    if forger.drawn.random() < 0.5:
        line[ROWS].pop()
        return [Told("commitments-changed", f"entry {line[ID]}")]
    line[ROWS].reverse()
    label, _, name, _ = opened.commit(line, 0)
    return [Told("row-edited", f"entry {line[ID]} {label} {name}")]


def blind_removed(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = _row(opened, forger)
    line[ROWS][index][0] = None
    return [Told("blind-missing", name)]


def blind_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = _row(opened, forger)
    line[ROWS][index][0] = forger.drawn.randbytes(32).hex()
    return [Told("row-edited", name)]


def seal_forged(opened: Opened, forger: Forger) -> list[Told]:
    line = _entry(opened, forger)
    line[SEAL] = forger.drawn.choice(
        [forger.drawn.randbytes(32).hex(), opened.placed("main")[line[POSITION] + 1][SEAL], "x"]
    )
    return [Told("seal-wrong", f"entry {line[ID]}")]


def seal_removed(opened: Opened, forger: Forger) -> list[Told]:
    line = _entry(opened, forger)
    line[SEAL] = None
    return [Told("seal-missing", f"entry {line[ID]}")]


def restart_forged(opened: Opened, forger: Forger) -> list[Told]:
    line = json.loads(json.dumps(_entry(opened, forger)))
    number = opened.entries[-1][ID] + 1
    content = {**opened.content(line), "id": number, "tree": "main.2", "action": "log.restarted"}
    content.pop("rows", None)
    end = opened.manifest["trees"]["main"]
    facts = {"tree": "main", "count": end["size"], "digest": end["root"], "result": "asked"}
    facts |= forger.drawn.choice([{"count": end["size"] - 1}, {"digest": "00" * 32}, {"tree": "reports"}])
    line[ID], line[TREE], line[POSITION], line[ROWS] = number, "main.2", 0, []
    opened.put(line, {**content, "facts": facts})
    opened.entries.append(line)
    opened.regrow("main.2")
    return [Told("restart-unanchored", f"entry {number}")]


# What is done to the files themselves: the digests are not made right again, as nobody meant it.


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


def _ids(opened: Opened) -> set[int]:
    return {line[ID] for line in opened.entries}


def _root(hashes: list[bytes]) -> bytes:
    tree = Tree("", bytes(32))
    for hashed in hashes:
        tree.add(hashed)
    return tree.root()


AS_IS = frozenset({bit_flipped, file_truncated, checkpoint_removed_or_edited})
