"""Is the database the one this service wrote? Asked when a web server or a worker starts; cheap after a clean stop."""

from __future__ import annotations

from collections.abc import Iterator

from audit import signing, state
from audit.merkle import Frontier
from audit.models import Entry, Tree

CHUNK = 5000


def problems() -> list[str]:
    """What is not as the log's state outside the database says, one line each; empty where all is well.

    Only reads, also outside: a finding here stops this start, and is made anew at the next.
    """
    heads = {tree.name: Frontier.from_bytes(tree.size, bytes(tree.frontier)) for tree in Tree.objects.all()}
    logical = {name.partition(".")[0] for name in [*heads, *state.trees()]}
    return [line for name in sorted(logical) for line in _tree(state.physical(name), heads)]


def _tree(tree: str, heads: dict[str, Frontier]) -> Iterator[str]:
    head, mark, epoch = heads.get(tree, Frontier()), state.read_mark(tree), state.read_epoch(tree)
    if state.broken(tree):
        yield f"The log was shut: {state.broken(tree)}"
    elif head.size == 0 and mark is None:
        return
    elif mark is None or epoch is None:
        yield (
            f"LOG_STATE holds nothing of the log {tree}, which has {head.size} entries:"
            " put the folder back, or go on with audit_restart."
        )
    elif head.size < mark.size:
        yield (
            f"The database is older than its log: {mark.size - head.size} of {mark.size} entries of {tree} are missing."
        )
    elif epoch > head.size // state.EPOCH_SIZE:
        yield f"The sealing key of {tree} is for later entries than the database has."
    elif _root(tree, head, mark.size) != mark.root:
        yield f"The first {mark.size} entries of {tree} are not those that were written."
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
