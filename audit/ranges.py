"""Where each tree's entries have their ids.

Ids follow one another, so an entry between two others came between their moments. Entries of a tree that tells days
alone must not stand between entries that tell the microsecond: they have a range of their own, above all others, with a
sequence of its own. Within one tree ids still follow the order of the acts; between the ranges they say nothing.
"""

from __future__ import annotations

from audit.events import DAY_TREES

DAYS = 1 << 31
"""The first id of entries of trees that tell days. No other log comes so far."""
END = 1 << 32
"""No id reaches it: the verifier reads none that does."""
SEQUENCES = {1: "audit_entry_id_seq", DAYS: "audit_entry_days_seq"}
"""On PostgreSQL, what gives each range its numbers."""


def first_id(tree: str) -> int:
    """The first id of the range in which this tree (logical or physical) has its entries."""
    return DAYS if tree.partition(".")[0] in DAY_TREES else 1


def last_id(tree: str) -> int:
    """The last id of that range."""
    return END - 1 if first_id(tree) == DAYS else DAYS - 1
