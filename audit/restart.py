"""A log that was broken goes on as a new tree, whose first entry binds it to the one that ended."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from audit import startup, state
from audit.merkle import Frontier
from audit.models import Entry, Tree
from audit.recorder import Who, act

EVENT = "log.restarted"
CHUNK = 5000


def restart(logical: str, who: Who, *, other: UUID, reason: str) -> str:
    """End the tree that `logical` is written to now and begin the next; return the new tree's name.

    `who` acts, `other` is the person who agreed, `reason` a code. The new tree's first entry tells the name, size and
    root of the old one as the database has it, and what was wrong with it. Nothing of the old tree is changed.
    """
    generations = _generations(logical)
    old = generations[-1]
    new = state.following(old)
    head = _head(old)
    result = state.broken(old) or next((line for line in startup.problems(logical)), "")
    facts = {
        "role": who.role,
        "tree": old,
        "count": head.size,
        "digest": head.root().hex(),
        "result": _code(result),
        "reason_code": reason,
        "other": other,
    }
    for each in generations:
        state.end(each)
    # The new tree takes over when its first entry is committed (`state.physical`): cut off before, nothing has changed.
    with act(EVENT, who, facts=facts, seal=True) as first:
        first.spec, first.tree = dataclasses.replace(first.spec, tree=logical), new
    return new


def _head(tree: str) -> Frontier:
    """How the tree ended by its entries, up to the first that is missing: the head that is kept may be what broke."""
    head = Frontier()
    rows = Entry.objects.filter(tree=tree, position__isnull=False).order_by("position")
    for position, hashed in rows.values_list("position", "leaf_hash").iterator(CHUNK):
        if position != head.size:
            break
        head.append(bytes(hashed))
    return head


def _generations(logical: str) -> list[str]:
    """Every generation there has been, in order: in the database or in LOG_STATE, as either may have lost some.

    One that never took over is none: the restart that was cut off is done again.
    """
    known = {logical, *Tree.objects.values_list("name", flat=True), *state.trees()}
    mine = [
        name
        for name in known
        if state.TREE.fullmatch(name)
        and name.partition(".")[0] == logical
        and (name == logical or not state.is_unfinished(name))
    ]
    return sorted(mine, key=lambda name: int(name.partition(".")[2] or 1))


def _code(told: str) -> str:
    """What was found, as a code: "main: mark-behind: 3 of …" is mark-behind."""
    parts = told.split(": ")
    return parts[1] if len(parts) > 2 else ("asked" if not told else "not-as-written")
