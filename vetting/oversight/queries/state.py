"""The state of the log: how much there is, what is signed and anchored of it, and what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from audit import anchors, signing, state
from audit.clock import now
from audit.events import DAY_TREES
from audit.models import Entry, Tree
from vetting.policy.calendar import STOCKHOLM

LATE = timedelta(hours=1)
"""How old the newest checkpoint may be while entries wait: the worker signs every quarter of an hour."""


@dataclass(frozen=True, slots=True)
class TreeState:
    """One tree that is written to now. Of one that tells days, only what is signed of it and when is known here."""

    name: str
    size: int | None
    root: str
    mark: int | None
    signed_size: int | None
    signed: datetime | date | None
    anchored: Mapping[str, datetime | date]
    waiting: int | None


@dataclass(frozen=True, slots=True)
class LogState:
    """The trees, earlier trees that were ended (name, size), the newest entry's moment, and what needs attention.

    `vkeys`: the public keys of the trees' checkpoints, in the form that verifiers take.
    """

    trees: list[TreeState]
    ended: list[tuple[str, int]]
    newest: datetime | None
    ways: tuple[str, ...]
    vkeys: tuple[str, ...]
    faults: list[tuple[str, str]]

    @property
    def size(self) -> int:
        """Entries in all, but for those of trees that tell days."""
        return sum(tree.size or 0 for tree in self.trees) + sum(size for _name, size in self.ended)

    @property
    def waiting(self) -> int:
        """Entries that no anchor holds yet."""
        return sum(tree.waiting or 0 for tree in self.trees)

    @property
    def signed(self) -> datetime | None:
        """When the newest checkpoint was signed."""
        found = [tree.signed for tree in self.trees if isinstance(tree.signed, datetime)]
        return max(found, default=None)


def log_state() -> LogState:
    """A few queries per tree. `faults` are codes with what they are about, worst first."""
    known = anchors.state()
    rows = {tree.name: tree for tree in Tree.objects.all()}
    trees = [_tree(told, rows) for told in known.trees]
    writing = {tree.name for tree in trees}
    ended = sorted(
        (name, tree.size)
        for name, tree in rows.items()
        if name not in writing and tree.size and not _tells_days(name)
    )
    # Nor of a tree that tells days and was restarted: its newest day is that of a report.
    told = [tree.name for tree in trees if not _tells_days(tree.name)] + [name for name, _size in ended]
    newest = Entry.objects.filter(tree__in=told).order_by("-id").values_list("time", flat=True).first()
    keys = tuple(str(signing.signer(tree.name).verifier) for tree in trees) if known.has_key else ()
    return LogState(trees, ended, newest, known.ways, keys, [*_faults(trees, known)])


def _tree(told: anchors.TreeState, rows: Mapping[str, Tree]) -> TreeState:
    tells_days = _tells_days(told.tree)
    row = rows[told.tree]
    root = "" if tells_days or row.head is None else row.head.root().hex()
    mark = None if tells_days else state.read_mark(told.tree)

    def when(moment: datetime) -> datetime | date:
        return moment.astimezone(STOCKHOLM).date() if tells_days else moment

    return TreeState(
        name=told.tree,
        size=told.size,
        root=root,
        mark=mark.size if mark is not None else None,
        signed_size=told.signed.size if told.signed is not None else None,
        signed=when(told.signed.time) if told.signed is not None else None,
        anchored={kind: when(anchor.at) for kind, anchor in told.anchors.items()},
        waiting=told.waiting,
    )


def _faults(trees: list[TreeState], known: anchors.State) -> Iterator[tuple[str, str]]:
    for tree in trees:
        if why := state.broken(tree.name):
            yield "shut", why
        elif tree.size is not None and tree.mark is None:
            yield "no_mark", tree.name
        elif tree.size is not None and tree.mark is not None and tree.size < tree.mark:
            yield "behind", f"{tree.mark - tree.size}"
    if not known.has_key:
        yield "no_key", ""
    elif any(tree.waiting and _is_late(tree.signed) for tree in trees):
        yield "late", ""
    for name in known.first_keys:
        yield "first_key", name


def _is_late(signed: datetime | date | None) -> bool:
    return signed is None or (isinstance(signed, datetime) and now() - signed > LATE)


def _tells_days(tree: str) -> bool:
    return tree.partition(".")[0] in DAY_TREES
