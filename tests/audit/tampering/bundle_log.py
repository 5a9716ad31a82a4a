"""What can be done to the entries and notes of a bundle, every digest made right again."""

from __future__ import annotations

import json

from tests.audit.tampering.forger import EPOCH, Forger, an_entry
from tests.audit.tampering.opened import HASH, ID, POSITION, ROWS, SEAL, TREE, Opened, note
from tests.audit.tampering.scene import Told
from tests.audit.tampering.synthetic import Tree


def entry_removed_and_renumbered(opened: Opened, forger: Forger) -> list[Told]:
    line = an_entry(opened, forger)
    following = opened.placed("main")[line[POSITION] + 1]
    opened.entries.remove(line)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {following[ID]}")]


def entry_removed(opened: Opened, forger: Forger) -> list[Told]:
    line = an_entry(opened, forger)
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


def places_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    one, other = forger.drawn.sample(opened.placed("main"), 2)
    one[POSITION], other[POSITION] = other[POSITION], one[POSITION]
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {one[ID]}"), Told("seal-wrong", f"entry {other[ID]}")]


def time_changed(opened: Opened, forger: Forger) -> list[Told]:
    line = an_entry(opened, forger)
    opened.rewrite(line, time="2026-01-01T00:00:00.000001Z")
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {line[ID]}"), Told("time-falls", f"entry {line[ID]}")]


def columns_not_as_leaf(opened: Opened, forger: Forger) -> list[Told]:
    """The line says another number or another tree than the leaf."""
    line = forger.drawn.choice(
        [each for each in opened.placed("main")[1:-10] if each[ID] + 1 not in _ids(opened)] or [None]
    )
    if line is None or forger.drawn.random() < 0.5:
        line = an_entry(opened, forger)
        content = opened.content(line)
        opened.put(line, {**content, "id": content["id"] + 1000})
    else:
        line[ID] += 1
    return [Told("entry-malformed", f"entry {line[ID]}")]


def seal_forged(opened: Opened, forger: Forger) -> list[Told]:
    line = an_entry(opened, forger)
    line[SEAL] = forger.drawn.choice(
        [forger.drawn.randbytes(32).hex(), opened.placed("main")[line[POSITION] + 1][SEAL], "x"]
    )
    return [Told("seal-wrong", f"entry {line[ID]}")]


def seal_removed(opened: Opened, forger: Forger) -> list[Told]:
    line = an_entry(opened, forger)
    line[SEAL] = None
    return [Told("seal-missing", f"entry {line[ID]}")]


def restart_forged(opened: Opened, forger: Forger) -> list[Told]:
    line = json.loads(json.dumps(an_entry(opened, forger)))
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


def _ids(opened: Opened) -> set[int]:
    return {line[ID] for line in opened.entries}


def _root(hashes: list[bytes]) -> bytes:
    tree = Tree("", bytes(32))
    for hashed in hashes:
        tree.add(hashed)
    return tree.root()
