"""The state of the log: how much there is, and what has been written down about it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.events import DAY_TREES
from audit.merkle import Frontier
from audit.models import Entry, Tree


@dataclass(frozen=True, slots=True)
class TreeState:
    """One tree: its name, how many entries are in it, its root (hex), and whether later ones have taken its place."""

    name: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class LogState:
    """The trees, the entries that wait for their place, and the newest entry's moment."""

    trees: list[TreeState]
    waiting: int
    newest: datetime | None


def log_state() -> LogState:
    """Three queries. Of the reports' tree nothing is told: its size between two days would tell of a report."""
    trees = [
        TreeState(tree.name, tree.size, Frontier.from_bytes(tree.size, bytes(tree.frontier)).root().hex())
        for tree in Tree.objects.order_by("name")
        if tree.name.partition(".")[0] not in DAY_TREES
    ]
    entries = Entry.objects.filter(tree__in=[tree.name for tree in trees])
    newest = entries.order_by("-id").values_list("time", flat=True).first()
    return LogState(trees, entries.filter(position__isnull=True).count(), newest)
