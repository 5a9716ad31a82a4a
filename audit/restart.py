"""A log that was broken goes on as a new tree, whose first entry binds it to the one that ended."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from audit import startup, state
from audit.merkle import Frontier
from audit.models import Tree
from audit.recorder import Who, act

EVENT = "log.restarted"


def restart(logical: str, who: Who, *, other: UUID, reason: str) -> str:
    """End the tree that `logical` is written to now and begin the next; return the new tree's name.

    `who` acts, `other` is the person who agreed, `reason` a code. The new tree's first entry tells the name, size and
    root of the old one as the database has it, and what was wrong with it. Nothing of the old tree is changed.
    """
    generations = _generations(logical)
    old = generations[-1]
    new = state.following(old)
    row = Tree.objects.filter(name=old).first()
    head = Frontier.from_bytes(row.size, bytes(row.frontier)) if row else Frontier()
    result = state.broken(old) or next((line for line in startup.problems()), "")
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
    state.begin(new)
    try:
        with act(EVENT, who, facts=facts, seal=True) as first:
            first.spec, first.tree = dataclasses.replace(first.spec, tree=logical), new
    except BaseException:
        state.discard(new)
        raise
    return new


def _generations(logical: str) -> list[str]:
    """Every generation there has been, in order: in the database or in LOG_STATE, as either may have lost some."""
    known = {logical, *Tree.objects.values_list("name", flat=True), *state.trees()}
    mine = [name for name in known if name.partition(".")[0] == logical]
    return sorted(mine, key=lambda name: int(name.partition(".")[2] or 1))


def _code(told: str) -> str:
    """What was found, as a code: "main: mark-behind: 3 of …" is mark-behind."""
    parts = told.split(": ")
    return parts[1] if len(parts) > 2 else ("asked" if not told else "not-as-written")
