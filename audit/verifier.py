"""Verifies a bundle of the log on any machine, with this one file and Python 3.9 or later: no code of the service.
Exit 0: everything matches. 1: findings, one per line, naming entry or row. 2: could not, and standard error says why.
Example: python3 verifier.py verify bundle --first-key main.first --vkey 'log.example.se/main+1a2b3c4d+AQ…'"""

from __future__ import annotations

import argparse
import hmac
import json
import re
import sqlite3
import sys
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from hashlib import sha256, sha512
from itertools import accumulate
from pathlib import Path
from typing import Any

LISTS = {"disposals": "dispos", "break-glass": "break_glass", "delegations": "delegation"}
EPOCH, END, LONGEST, SLACK, DAY = 128, 1 << 32, 1 << 24, timedelta(minutes=2), timedelta(days=1)
STORE = "CREATE TABLE leaf (tree, position, entry, hash, seal); CREATE TABLE row (label, pk, entry, told)"
KEEP, LEAF = "INSERT INTO row VALUES (?, ?, ?, ?)", "INSERT INTO leaf VALUES (?, ?, ?, ?, ?)"
GONE = "SELECT seal FROM leaf WHERE position = -1 AND hash NOT IN (SELECT hash FROM leaf WHERE position = -2)"
PLACES = "SELECT position, entry, hash, seal FROM leaf WHERE tree = ? AND position BETWEEN ? AND ? ORDER BY 1"
NEWEST = "SELECT label, pk, MAX(entry), told, GROUP_CONCAT(told, '\n') FILTER (WHERE entry < 0) FROM row GROUP BY 1, 2"
NOTE: Any = re.compile(r"((\S+/(\S+))\n(\d{1,15})\n(\S+)\n(?:.+\n)*)\n((?:— \S+ \S+\n)+)")
BAD = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError)
Q, ORDER, DECIDES = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, ("proposed", "confirmed")
SMALL = {0, 1, Q - 1, (E := 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826), Q - E}
D, parse = -121665 * pow(121666, -1, Q) % Q, json.JSONDecoder().raw_decode
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def add(one: Any, other: Any) -> Any:
    """The sum of two points of the curve, in extended coordinates (RFC 8032 section 5.1.4)."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D % Q, 2 * one[2] * other[2]
    return ((b - a) * (d - c) % Q, (d + c) * (b + a) % Q, (d - c) * (d + c) % Q, (b - a) * (b + a) % Q)


def point(key: bytes, flip: int = 0) -> Any:
    """The point of a public key, negated where `flip` is 1. Raises ValueError for what is no key (5.1.3)."""
    y, odd = int.from_bytes(key, "little") & (1 << 255) - 1, key[-1] >> 7 ^ flip
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    x = x if (x * x - square) % Q == 0 else x * pow(2, (Q - 1) // 4, Q) % Q
    if len(key) != 32 or y >= Q or y in SMALL or (x * x - square) % Q:
        raise ValueError("not a key")
    return ((x := x if x & 1 == odd else Q - x), y, 1, x * y % Q)


@lru_cache(maxsize=64)
def multiples(key: bytes, flip: int) -> Any:
    """For each of 32 bytes of a number, every multiple of a key's point that it can stand for."""
    rows, start = [], point(key, flip)
    for _byte in range(32):
        rows.append(list(accumulate([start] * 255, add, initial=(0, 1, 1, 0))))
        start = add(rows[-1][-1], start)
    return rows


def is_signed(key: bytes, message: bytes, signed: bytes) -> bool:
    """Whether this is the key's Ed25519 signature, strictly: there is but one way to write it (5.1.7)."""
    base, s = (4 * pow(5, -1, Q) % Q).to_bytes(32, "little"), int.from_bytes(signed[32:], "little")
    k = int.from_bytes(sha512(signed[:32] + key + message).digest(), "little") % ORDER
    bytewise = zip(multiples(base, 0) + multiples(key, 1), signed[32:64] + k.to_bytes(32, "little"))
    found = reduce(add, (row[byte] for row, byte in bytewise))
    x, y = (value * pow(found[2], -1, Q) % Q for value in found[:2])
    return s < ORDER and y not in SMALL and (y | (x & 1) << 255 | s << 256).to_bytes(64, "little") == signed


def node(left: bytes, right: bytes) -> bytes:
    """An inner node of a Merkle tree (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(heads: list[bytes]) -> bytes:
    """The head of the whole tree."""
    return reduce(lambda right, left: node(left, right), reversed(heads)) if heads else sha256().digest()


def climb(take: Any, start: bytes, size: int, low: int, high: int, leaf: bool, whole: bool = True) -> Any:
    """The roots at `size` and `high` that a proof leads to: of the leaf `size - 1` (2.1.1), or of growth (2.1.2)."""
    if high - low == 1 if leaf else size == high:
        return (start if leaf or whole else take(low, high),) * 2
    middle = low + (1 << (high - low - 1).bit_length() - 1)
    left, side = (True, (low, middle)) if size <= middle else (False, (middle, high))
    old, new = climb(take, start, size, *side, leaf, left and whole)
    other = take(middle, high) if left else take(low, middle)
    return (old, node(new, other)) if left else (node(other, old), node(other, new))


class Bundle:
    """A bundle and what is wrong with it. Memory does not grow with it: what is sorted lies in a temporary file."""

    count = 0  # findings told

    def __init__(self, folder: Path) -> None:
        self.folder, self.at, self.restarts, self.last = folder, 0, list[Any](), dict[Any, datetime]()
        self.store, self.lots = sqlite3.connect("").executescript(STORE), dict[Any, set[Any]]()
        raw, digest = ((folder / name).read_bytes() for name in ("manifest.json", "manifest.sha256"))
        if digest != f"{sha256(raw).hexdigest()}  manifest.json\n".encode():
            self.found("file-changed", "manifest.json")
        self.said = said = json.loads(raw)
        self.full = ["log-bundle/1 log", "log-bundle/1 full"].index(said["format"]) == 1
        self.names = {(name, int(v)): c for name, all in said["coverage"].items() for v, c in all.items()}
        self.ids = {key: 2 + columns.index("id") for key, columns in self.names.items()}
        self.trees = {"main": (0, "")} | {n: (t["size"], t["root"]) for n, t in said["trees"].items()}

    def found(self, kind: str, place: object, detail: str = "") -> None:
        """Tell a finding; an entry is given by its number."""
        Bundle.count += 1
        text = f"{kind}: {f'entry {place}' if isinstance(place, int) else place}{detail and ' – ' + detail}"
        print(text if text.isprintable() else ascii(text))

    def lines(self, name: str, width: int) -> Any:
        """The lines of a file, lists of so many values (0: any); others are findings, as is a file that was changed."""
        digest = sha256()
        with (self.folder / name).open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                digest.update(raw)
                try:
                    line, end = parse(text := raw.decode())
                    if len(line) != (width or len(line)) or text[end:] != "\n":
                        raise ValueError
                    yield line
                except BAD:
                    self.found("line-damaged", f"{name} line {number}", f"after entry {self.at}")
        if self.said["files"].get(name) != digest.hexdigest():
            self.found("file-changed", name)

    def read(self, shown: str = "\n") -> None:
        """Take in every entry, the rows it wrote and the rows in use; print the entries of the acts `shown`."""
        for entry, tree, position, leaf, seal, hashed, rows in self.lines("entries.jsonl", 7):
            if not self.at < entry < END or not -1 < (position or 0) < END:
                self.found("entry-order", entry, f"after entry {self.at}")
                continue
            self.at, own = entry, sha256(b"\x00" + leaf.encode("utf-8", "surrogatepass")).digest()
            self.trees.setdefault(tree, (0, ""))
            held = bytes.fromhex(hashed) if re.fullmatch("[0-9a-f]{64}", hashed) else own
            self.store.execute(LEAF, (tree, position, entry, held, seal))
            if own.hex() != hashed:
                self.found("leaf-changed", entry)
            try:
                lot = (said := parse(leaf)[0]).get("facts", {}).get("lot")
                act, time = said["action"], datetime.fromisoformat(said["time"][:-1])
                if canonical(said) != leaf or (said["v"], said["id"], said["tree"]) != (1, entry, tree):
                    raise ValueError
                if self.last.get(tree, time) - time > (DAY if "T00:00:00.000000Z" in said["time"] else SLACK):
                    self.found("time-falls", entry, f"{time} after {self.last[tree]}")
                self.last[tree] = max(time, self.last.get(tree, time))
                if "." in tree and position == 0:
                    self.restarts.append((entry, *map(said["facts"].get, ("tree", "count", "digest"))))
                who = {said.get("person")} if act[9:] in DECIDES else set()
                self.lots[lot] = who | self.lots.get(lot, set()) if act != "disposal.rejected" else set()
                if act == "disposal.carried_out" and len(self.lots[lot] - {None}) < 2:
                    self.found("disposal-undecided", entry)
                if shown in act:
                    print(leaf)
                if self.full and len(said.get("rows", [])) != len(rows):
                    self.found("commitments-changed", entry)
                for commit, row in zip(said.get("rows", []), rows or []):
                    self.judge(entry, *commit, *row)
            except BAD:
                self.found("entry-malformed", entry)
        for label, name in self.lines("forged.jsonl", 2):
            self.found("row-forged", f"{label} {name}")
        for row in self.lines("live.jsonl", 0):
            self.store.execute(KEEP, (row[0], row[self.ids[row[0], row[1]]], -1, canonical(row)))

    def judge(self, entry: int, label: str, version: int, pk: str, made: str, blind: Any, text: Any) -> None:
        """Hold a history row against the commitment to it, made under a blind."""
        mac = b64encode(hmac.digest(bytes.fromhex(blind or ""), (text or "").encode(), "sha256")).decode()
        wrong = "row-edited" if mac != made else ("version-unknown", "")[(label, version) in self.ids]
        wrong = "row-missing" if text is None else "blind-missing" if blind is None else wrong
        if text is None and blind is None:  # by a disposal, or stolen
            self.store.execute(LEAF, ("", -1, entry, pk.replace("-", ""), f"entry {entry} {label} {pk}"))
        elif wrong:
            self.found(wrong, f"entry {entry} {label} {pk}")
        if wrong in ("", "blind-missing"):
            self.store.execute(KEEP, (label, parse(text)[0][self.ids[label, version]], entry, text))
            if label == "disposal.disposed":
                keys = parse(text)[0][2 + self.names[label, version].index("rows")].split()
                self.store.executemany(LEAF, (("", -2, 0, key, "") for key in keys))

    def compare(self) -> None:
        """Hold each row in use against its newest history row."""
        for label, pk, entry, told, live in self.store.execute(NEWEST):
            rows, where = [told, *(live or "[0, 0]").split("\n")], f"entry {entry} {label} {pk}"
            old, now = (dict(zip(self.names.get((a, b), ()), c)) for (a, b, *c), _ in map(parse, rows[:2]))
            is_gone = old.get("history_type", "-") == "-"
            changed = [name for name in now if repr(now[name]) != repr(old.get(name, now[name]))]
            kind = "live-missing" if not live and not is_gone else "live-edited" if changed else ""
            if kind := "live-forged" if len(rows) > 2 or (live and is_gone) else kind:
                self.found(kind, where, ", ".join(changed) * (kind == "live-edited"))

    def grown(self, tree: str, low: int, high: int, wanted: Any = (), key: Any = None) -> dict[int, bytes]:
        """Put the leaves [low, high) together, judging place and seal: the roots at the sizes wanted, and of all."""
        heads, roots, size, epoch = list[bytes](), {0: root([])}, 0, 0
        for position, entry, own, seal in self.store.execute(PLACES, (tree, low, high - 1)):
            if position != low:
                self.found("position-gap", entry, f"place {position} of {tree}, expected {low}")
            while key and epoch < position // EPOCH:
                epoch, key = epoch + 1, sha256(b"log next epoch\x00" + key).digest()
            place = b"log position\x00" + tree.encode() + b"\x00" + position.to_bytes(8, "big") + own
            if seal is None or (key and hmac.digest(key, place, "sha256").hex() != seal):
                self.found("seal-wrong" if seal else "seal-missing", entry)
            full = [heads.pop() for _ in range((~size & size + 1).bit_length() - 1)]
            own = reduce(lambda right, left: node(left, right), full, own)
            heads, low, size = [*heads, own], position + 1, size + 1
            roots.update({size: root(heads)} if size in wanted else {})
        return {**roots, size: root(heads)}

    def notes(self, vkeys: list[str], given: list[str]) -> Any:
        """Every signed checkpoint, of the bundle and of the auditor: its file, tree, size and root."""
        keys = {b64decode(v.split("+", 2)[2]) for v in vkeys or filter(None, self.said["vkeys"].values())}
        for path in [*sorted((self.folder / "checkpoints").glob("*.note")), *map(Path, given)]:
            try:
                text, origin, tree, size, digest, tail = NOTE.fullmatch(path.read_bytes().decode()).groups()
                ours = {sha256(f"{origin}\n".encode() + key).digest()[:4]: key[1:] for key in keys}
                blobs = [b64decode(blob) for blob in re.findall(f"— {re.escape(origin)} (.+)\n", tail)]
                signed = [is_signed(ours[b[:4]], text.encode(), b[4:]) for b in blobs if b[:4] in ours]
                if not all(signed) or (vkeys and not signed):
                    raise ValueError
                yield path.name, tree, int(size), b64decode(digest)
            except BAD:
                self.found("checkpoint-signature", path.name)

    def verify(self, first: dict[str, bytes], vkeys: list[str], given: list[str]) -> None:
        """Everything; then tell what could not be checked, and how much there was."""
        self.compare()
        for (place,) in self.store.execute(GONE):
            self.found("row-missing", place)
        for name in filter(lambda name: not (self.folder / name).exists(), self.said["files"]):
            self.found("checkpoint-missing", name)
        notes, roots, seen = list(self.notes(vkeys, given)), dict[str, dict[int, bytes]](), dict[Any, Any]()
        for tree, said in self.trees.items():
            roots[tree] = self.grown(tree, 0, END, {note[2] for note in notes}, first.get(tree))
            size, head = max(roots[tree].items())
            if (size, head.hex()) != said or not size:
                self.found("tree-root", tree, f"{size} entries, and the bundle says {said[0]}")
        for file, tree, size, head in notes:
            here = roots.get(tree, {0: b""})
            if seen.setdefault((tree, size), (head, file))[0] != head:
                self.found("fork", f"{file} and {seen[tree, size][1]}")
            if size > max(here):
                self.found("checkpoint-size", file, f"{size - max(here)} of {size} entries are missing")
            elif here[size] != head:
                self.found("checkpoint-root", file, f"signed for other entries than the first {size}")
        for entry, tree, *end in self.restarts:
            if end != [(last := max(roots.get(tree, {0: b""}).items()))[0], last[1].hex()]:
                self.found("restart-unanchored", entry, f"does not go on from {tree}")
        waiting = self.store.execute("SELECT COUNT(*) FROM leaf WHERE position IS NULL").fetchone()[0]
        left = [f"the seals of {tree} (no --first-key)" for tree in roots if tree not in first]
        left += ["who signed the notes (no --vkey)"][: not vkeys] + ["the rows (left out)"][: not self.full]
        left += [f"{waiting} entries without a place in a tree"] * (waiting > 0)
        told = f"{sum(map(max, roots.values()))} entries and {len(notes)} notes: {Bundle.count} findings"
        print(*(f"not checked: {each}" for each in left), told, sep="\n", file=sys.stderr)

    def prove(self, tree: str, numbers: list[int], leaf: bool) -> None:
        """Print a root and the proof that leads to it, and check it. Raises ValueError for what is not in the tree."""
        told = self.trees.get(tree, (0,))[0]
        size, high = (numbers[0] + 1, told) if leaf else numbers
        if not 0 < size <= high <= told:
            raise ValueError(f"{tree} has {told} entries; places are counted from 0")
        low, via = size - 1 if leaf else 0, dict[tuple[int, int], bytes]()
        own, whole = self.grown(tree, low, size)[size - low], self.grown(tree, 0, high)[high]
        got = climb(lambda *a: via.setdefault(a, self.grown(tree, *a)[a[1] - a[0]]), own, size, 0, high, leaf)
        print(*(b64encode(each).decode() for each in (whole, *via.values())), sep="\n")
        if got[leaf:] != (own, whole)[leaf:]:
            self.found("proof-wrong", tree)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=["verify", "inclusion", "consistency", "list"])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("what", nargs="*", help="TREE POSITION, TREE SIZE SIZE or " + ", ".join(LISTS))
    for name, value in (("--first-key", "TREE=KEY|FILE"), ("--vkey", "KEY"), ("--note", "FILE")):
        parser.add_argument(name, action="append", default=[], metavar=value)
    args, Bundle.count = parser.parse_args(arguments), 0
    try:
        keys = [k.split("=", 1) if "=" in k else (Path(k).stem, Path(k).read_text()) for k in args.first_key]
        bundle = Bundle(args.bundle)
        bundle.read(LISTS[args.what[0]] if args.command == "list" else "\n")
        if args.command == "verify":
            bundle.verify({tree: b64decode(key) for tree, key in keys}, args.vkey, args.note)
        elif args.command != "list":
            bundle.prove(args.what[0], list(map(int, args.what[1:])), args.command == "inclusion")
    except (OSError, sqlite3.Error, *BAD) as error:
        print(f"could not verify: {error}", file=sys.stderr)
        return 1 if Bundle.count else 2
    return int(Bundle.count > 0)


if __name__ == "__main__":
    raise SystemExit(main())
