"""Is the database the one this service wrote? Asked when a web server or a worker starts; cheap after a clean stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit import signing, state
from audit.merkle import Frontier
from audit.models import Entry, Tree

CHUNK = 5000
Known = tuple[state.Mark | None, int | None]


def problems(only: str = "") -> list[str]:
    """What is not as the log's state outside the database says, one line each; empty where all is well.

    `only` one logical tree, where it is given.

    Only reads, also outside: a finding here stops this start, and is made anew at the next.
    """
    # First what lies outside: another process that writes meanwhile takes the database further, never behind it.
    known = {tree: (state.read_mark(tree), state.read_epoch(tree)) for tree in state.trees()}
    heads = {tree.name: tree.head for tree in Tree.objects.all()}
    logical = {name.partition(".")[0] for name in [*heads, *known]}
    wanted = sorted(logical & {only} if only else logical)
    return [line for name in wanted for line in _tree(state.physical(name), heads, known)]


def _tree(tree: str, heads: Mapping[str, Frontier | None], known: Mapping[str, Known]) -> Iterator[str]:
    head, (mark, epoch) = heads.get(tree, Frontier()), known.get(tree, (None, None))
    begun = Tree.objects.filter(name=state.following(tree), size__gt=0).exists()
    if state.broken(tree):
        yield f"The log was shut: {state.broken(tree)}"
    elif head is None:
        yield f"The head of {tree} cannot be read in the database."
    elif begun:
        yield f"{tree} was ended, but its successor did not take over: run audit_restart again."
    elif head.size == 0 and mark is None:
        return
    elif mark is None or epoch is None:
        yield (
            f"LOG_STATE holds nothing of the log {tree}, which has {_count(tree, head)} entries:"
            " put the folder back, or go on with audit_restart."
        )
    elif head.size < mark.size:
        yield (
            f"The database is older than its log: {state.missing(tree, mark.size, head.size)}"
            f" entries of {tree} are missing."
        )
    elif epoch > head.size // state.EPOCH_SIZE:
        yield f"The sealing key of {tree} is for later entries than the database has."
    elif _root(tree, head, mark.size) != mark.root:
        first = "" if signing.tells_days(tree) else f"first {mark.size} "
        yield f"The {first}entries of {tree} are not those that were written."
    elif wrong := signing.kept_contradiction(tree):
        yield f"The log {tree} does not continue a checkpoint that was signed: {wrong}."


def _root(tree: str, head: Frontier, size: int) -> bytes:
    """The root the tree had at an earlier size, worked out from the leaves' hashes where it has grown since."""
    if size == head.size:
        return head.root()
    found = Frontier()
    rows = Entry.objects.filter(tree=tree, position__lt=size).order_by("position")
    for hashed in rows.values_list("leaf_hash", flat=True).iterator(CHUNK):
        found.append(bytes(hashed))
    return found.root()


def _count(tree: str, head: Frontier) -> str:
    return "some" if signing.tells_days(tree) else str(head.size)
