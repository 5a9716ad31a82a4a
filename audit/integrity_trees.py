"""The trees against what is known of them: places, seals, the head, the mark, every signed checkpoint, and restarts."""

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest

from audit import signing, state
from audit.errors import NoSigningKey
from audit.finding import Finding
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry, Tree
from audit.notes import NoKnownSignature, open_note
from audit.outside import Outside
from audit.restart import EVENT
from audit.signatures import NoteError, Verifier

CHUNK = 2000
Notes = dict[str, list[tuple[str, int, bytes]]]


def tree_findings(known: Outside) -> Iterator[Finding]:
    """Everything about the trees that does not follow from single entries."""
    notes: Notes = {}
    yield from _notes(known, notes)
    heads = {tree.name: tree for tree in Tree.objects.all()}
    names = (
        set(Entry.objects.order_by().values_list("tree", flat=True).distinct())
        | heads.keys()
        | known.marks.keys()
    )
    ends: dict[str, Frontier] = {}
    for name in sorted(names):
        if not state.TREE.fullmatch(name):
            yield Finding("tree-unknown", label=name)
            continue
        walk = _Walk(name, known, {size for _, size, _ in notes.get(name, [])})
        yield from walk.findings()
        if walk.is_whole:
            ends[name] = walk.head
            yield from _head(name, heads.get(name), walk.head)
            if not _is_ended(name, known):
                # How a tree that was ended fell short is told by the entry that its successor began with.
                yield from _mark(name, known, walk)
            yield from _signed(name, notes.get(name, []), walk)
    yield from _restarts(ends)


def _is_ended(name: str, known: Outside) -> bool:
    """Whether another tree has taken over: with its first entry, not before (`state.physical`)."""
    following = state.following(name)
    mark = known.marks.get(following)
    return following in known.marks and (mark is None or mark.size > 0)


class _Walk:
    """Once through a tree: its places and seals judged, its roots at the sizes that somebody has noted."""

    def __init__(self, name: str, known: Outside, sizes: set[int]) -> None:
        mark = known.marks.get(name)
        self.name, self.head, self.is_whole = name, Frontier(), True
        self.wanted = sizes | ({mark.size} if mark else set())
        self.roots = {0: self.head.root()}
        start = known.keys.get(name)
        self._epoch = start[0] if start else 0
        self._key = start[1] if start else None

    def findings(self) -> Iterator[Finding]:
        rows = Entry.objects.filter(tree=self.name, position__isnull=False).order_by("position")
        for entry_id, position, hashed, seal in rows.values_list(
            "id", "position", "leaf_hash", "seal"
        ).iterator(CHUNK):
            size = self.head.size
            if position != size:
                self.is_whole = False
                detail = _unless_days(self.name, f"{position}, expected {size}")
                yield Finding("position-gap", entry_id, self.name, detail=detail)
                return
            if seal is None:
                yield Finding("seal-missing", entry_id)
            elif not self._is_sealed(position, bytes(hashed), bytes(seal)):
                yield Finding("seal-wrong", entry_id)
            self.head.append(bytes(hashed))
            if position + 1 in self.wanted:
                self.roots[position + 1] = self.head.root()

    def _is_sealed(self, position: int, hashed: bytes, seal: bytes) -> bool:
        epoch = position // state.EPOCH_SIZE
        if self._key is None or epoch < self._epoch:
            return True  # there is no key to tell by
        while self._epoch < epoch:
            self._epoch, self._key = self._epoch + 1, state.next_key(self._key)
        return compare_digest(seal, state.seal_of(self._key, self.name, position, hashed))


def _head(name: str, tree: Tree | None, head: Frontier) -> Iterator[Finding]:
    size, stored = (tree.size, bytes(tree.frontier)) if tree else (0, b"")
    if size != head.size:
        yield Finding("tree-size", label=name, detail=_unless_days(name, f"{head.size} leaves, {size} said"))
    elif stored != head.to_bytes():
        yield Finding("tree-root", label=name)


def _mark(name: str, known: Outside, walk: _Walk) -> Iterator[Finding]:
    mark, epoch = known.marks.get(name), known.epochs.get(name)
    if walk.head.size and (mark is None or epoch is None):
        yield Finding("state-missing", label=name, detail="LOG_STATE holds no mark or no key of it")
    elif mark is not None and mark.size > walk.head.size:
        yield Finding("mark-behind", label=name, detail=_missing(name, mark.size, walk.head.size))
    elif mark is not None and walk.roots[mark.size] != mark.root:
        which = _unless_days(name, f"first {mark.size} ")
        yield Finding("mark-root", label=name, detail=f"the {which}entries are not those that were written")
    elif epoch is not None and epoch > walk.head.size // state.EPOCH_SIZE:
        yield Finding("epoch-behind", label=name, detail="the key is for later entries than there are")


def _unless_days(name: str, detail: str) -> str:
    # How large a tree that tells days is at any moment would tell when what it tells of happened.
    return "" if signing.tells_days(name) else detail


def _missing(name: str, noted: int, size: int) -> str:
    # Of a tree that tells days, how many are missing would tell how many there are.
    return f"{'some' if signing.tells_days(name) else f'{noted - size} of {noted}'} entries are missing"


def _notes(known: Outside, found: Notes) -> Iterator[Finding]:
    """Read every note, of the database and of the folder outside it; what it says goes into `found`, by tree."""
    kept = {f"checkpoint {row.pk}": row.note for row in Checkpoint.objects.order_by("id").iterator(CHUNK)}
    for name, note in [*kept.items(), *known.notes.items()]:
        try:
            head = signing.head_of(note)
            tree = head.origin.rpartition("/")[2]
            open_note(note, _verifiers(tree, head.origin))
        except NoKnownSignature:
            pass  # of another key than today's: its root is judged all the same
        except NoteError as error:
            yield Finding("checkpoint-signature", label=name, detail=str(error))
            continue
        found.setdefault(tree, []).append((name, head.size, head.root))
    for name in sorted(
        known.notes.keys() - {n for n, note in known.notes.items() if note in set(kept.values())}
    ):
        yield Finding("checkpoint-missing", label=name, detail="the database does not have it")


def _verifiers(tree: str, origin: str) -> list[Verifier]:
    try:
        own = signing.signer(tree).verifier
    except NoSigningKey:
        return []
    return [own] if own.name == origin else []


def _signed(name: str, notes: list[tuple[str, int, bytes]], walk: _Walk) -> Iterator[Finding]:
    seen: dict[int, tuple[str, bytes]] = {}
    for note, size, root in notes:
        first, earlier = seen.setdefault(size, (note, root))
        if earlier != root:
            yield Finding(
                "fork", label=name, detail=f"{first} and {note} tell {size} entries with different roots"
            )
        if size > walk.head.size:
            yield Finding("checkpoint-size", label=note, detail=_missing(name, size, walk.head.size))
        elif walk.roots[size] != root:
            yield Finding(
                "checkpoint-root",
                label=note,
                detail=f"signed for other entries than the first {size}",
            )


def _restarts(ends: dict[str, Frontier]) -> Iterator[Finding]:
    """The first entry of every later generation says how the one before it ended."""
    for name in sorted(name for name in ends if "." in name):
        first = Entry.objects.filter(tree=name, position=0).first()
        if first is None:
            continue
        facts, logical, generation = first.facts, *name.split(".")
        before = logical if generation == "2" else f"{logical}.{int(generation) - 1}"
        told = (first.action, facts.get("tree"), facts.get("count"), facts.get("digest"))
        end = ends.get(before)
        if end is None or told != (EVENT, before, end.size, end.root().hex()):
            yield Finding("restart-unanchored", first.id, name, detail=f"does not go on from {before}")
