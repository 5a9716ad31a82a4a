"""What a database that was put back lacks of its own log: told by what lies outside it, LOG_STATE."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from audit import anchor_files, checkpoint, signing, state
from audit.models import Entry, Tree
from audit.signatures import NoteError


def lines() -> Iterator[str]:
    """One line per tree of which entries are missing, with the last entry that is there and the newest anchor."""
    for tree in state.trees():
        mark = state.read_mark(tree)
        size = Tree.objects.filter(name=tree).values_list("size", flat=True).first() or 0
        if mark is None or mark.size <= size:
            continue
        told = f"{tree}: {state.missing(tree, mark.size, size)} entries are missing, {_last(tree)}"
        yield f"{told}; {_anchor(tree)}."


def _last(tree: str) -> str:
    last = Entry.objects.filter(tree=tree).order_by("-id").values_list("time", flat=True).first()
    if last is None:
        return "all there were"
    return (
        f"those after {last:%Y-%m-%d}"
        if signing.tells_days(tree)
        else f"those after {last:%Y-%m-%d %H:%M:%S} UTC"
    )


def _anchor(tree: str) -> str:
    with suppress(NoteError):
        head = checkpoint.parse(anchor_files.newest(tree).split("\n\n")[0] + "\n")
        when = " ".join(head.extra).removeprefix("time ")
        return f"the newest anchor here is of {when}" + (
            "" if signing.tells_days(tree) else f", of {head.size} entries"
        )
    return "there is no anchor here"
