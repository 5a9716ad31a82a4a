"""What acts changed: for entries of the log, the columns of their rows before and after, out of the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit.models import Entry, RowCommit
from audit.plan import plan_by_label
from vetting.policy.column_labels import COLUMNS_TOLD


@dataclass(frozen=True, slots=True)
class Change:
    """One told column of one row. `row` is the row as the act left it; sealed values are ciphertext, unopened."""

    label: str
    row: Any
    column: str
    before: Any
    after: Any


def changes_of(entries: Iterable[Entry]) -> dict[int, list[Change]]:
    """Entry id → what it changed, in the order of its rows. One query, and one more for each table concerned.

    Rows that an act created are not told: its sentence does that.
    """
    ids = [entry.pk for entry in entries]
    # By entry alone: told the labels too, a planner may go through all rows of a table instead.
    commits = RowCommit.objects.filter(entry__in=ids).values_list("label", "row_id", "index")
    by_label: dict[str, dict[UUID, int]] = defaultdict(dict)
    for label, row_id, place in commits:
        if label in COLUMNS_TOLD:
            by_label[label][row_id] = place
    found: dict[int, list[tuple[int, Change]]] = defaultdict(list)
    for label, places in by_label.items():
        for before, after in _versions(label, places, max(ids)):
            place = places[after.history_id]
            found[after.entry_id] += [(place, change) for change in _compared(label, before, after)]
    return {
        entry: [change for _place, change in sorted(told, key=lambda pair: pair[0])]
        for entry, told in found.items()
    }


def people_in(changes: Iterable[Change]) -> set[UUID]:
    """The persons that changed columns name."""
    return {
        value
        for change in changes
        if COLUMNS_TOLD[change.label][change.column].kind == "person"
        for value in (change.before, change.after)
        if value is not None
    }


def _versions(label: str, wanted: Iterable[UUID], newest: int) -> Iterator[tuple[Any, Any]]:
    """The wanted history rows of one table that changed a row, each with the version before it."""
    plan = plan_by_label(label)
    if plan is None:
        return
    history: Any = plan.history._default_manager
    keys = set(wanted)
    rows = history.filter(id__in=history.filter(history_id__in=keys).values("id"), entry_id__lte=newest)
    earlier: Any = None
    for version in rows.order_by("id", "entry_id"):
        # A row begins with "+"; only what disposal has left of one has no earlier version, and tells of no change.
        has_earlier = earlier is not None and earlier.id == version.id
        if has_earlier and version.history_id in keys and version.history_type == "~":
            yield earlier, version
        earlier = version


def _compared(label: str, before: Any, after: Any) -> Iterator[Change]:
    for column in COLUMNS_TOLD[label]:
        old, new = getattr(before, column), getattr(after, column)
        if old != new:
            yield Change(label, after, column, old, new)
