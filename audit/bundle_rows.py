"""The rows of a bundle: what the leaves commit to, what nobody commits to, and the rows in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from audit.canonical import Encoder, dumps
from audit.coverage import pinned
from audit.errors import NotCanonical
from audit.integrity_rows import Coverages, history_rows, live_rows, merged
from audit.models import Blind
from audit.plan import covered_models, plan_by_label, plan_of
from audit.reading import UNREADABLE, order, rows

# A commitment as a leaf tells it: label, coverage version, key of the history row, HMAC.
Commit = Sequence[Any]
# What is told of a row: its blind (hex) and how it is written; None for what is gone.
Told = list[str | None]


class Rows:
    """Finds the history rows that leaves commit to, a part of the log at a time, and keeps in mind which they were."""

    def __init__(self) -> None:
        self._coverages: dict[str, Coverages | None] = {}
        # On disk, so that memory does not grow with the log.
        self._named = sqlite3.connect("")
        self._named.execute("CREATE TABLE named (label TEXT, row TEXT)")

    def of(self, leaves: Sequence[Sequence[Commit]]) -> list[list[Told]]:
        """For each leaf, what is told of the rows it commits to, in order.

        A row that cannot be written is told as empty text, so that its commitment does not fit.
        """
        wanted: dict[str, dict[UUID, Any]] = {}
        for label, version, name, _ in (commit for leaf in leaves for commit in leaf):
            if (key := _key(name)) is not None:
                wanted.setdefault(label, {})[key] = version
        for label, keys in wanted.items():
            pairs = ((label, key.hex) for key in keys)
            self._named.executemany("INSERT INTO named VALUES (?, ?)", pairs)
        texts = {key: text for label, keys in wanted.items() for key, text in self._written(label, keys)}
        every = [key for keys in wanted.values() for key in keys]
        blinds = dict(Blind.objects.filter(commit_id__in=every).values_list("commit_id", "blind"))
        return [[_told(_key(name), blinds, texts) for _, _, name, _ in leaf] for leaf in leaves]

    def _written(self, label: str, versions: dict[UUID, Any]) -> Iterator[tuple[UUID, str]]:
        if label not in self._coverages:
            plan = plan_by_label(label)
            self._coverages[label] = None if plan is None else Coverages(plan)
        coverages = self._coverages[label]
        if coverages is None:
            return
        for row in history_rows(coverages.plan, list(versions)):
            key = row["history_id"]
            try:
                yield key, coverages.written(versions[key], row).decode()
            except NotCanonical:
                yield key, ""

    def forged(self) -> Iterator[list[str]]:
        """Label and key of every history row that no leaf asked about so far commits to."""
        self._named.execute("CREATE INDEX by_label ON named (label, row)")
        for plan in map(plan_of, covered_models()):
            named = self._named.execute(
                "SELECT DISTINCT row FROM named WHERE label = ? ORDER BY row", [plan.label]
            )
            there = ((order(key),) for (key,) in rows(plan.history._default_manager.all(), "history_id", ()))
            for row, name in merged(there, named):
                if name is None:
                    yield [plan.label, str(_key(row[0]) or row[0])]


def coverage() -> dict[str, dict[str, list[str]]]:
    """The columns of every coverage version there is or has been: label → version → columns."""
    found = {label: dict(versions) for label, versions in pinned().items()}
    for model in covered_models():
        plan = plan_of(model)
        found.setdefault(plan.label, {})[str(plan.version)] = list(plan.columns)
    return found


def live() -> Iterator[list[Any]]:
    """Every row in use: label, coverage version, values as they would be committed to."""
    for plan in map(plan_of, covered_models()):
        encoders = plan.encoders(plan.attnames)
        for key, *others in live_rows(plan):
            values = [*others[: plan.pk], key, *others[plan.pk :]]
            yield [plan.label, plan.version, *_encoded(encoders, values)]


def _encoded(encoders: Iterable[Encoder], values: Iterable[Any]) -> Iterator[Any]:
    for encode, value in zip(encoders, values, strict=True):
        try:
            found = None if value is None or value is UNREADABLE else encode(value)
            dumps(found)
        except NotCanonical:
            found = str(value)
        # Never as the history has it, whatever that is.
        yield "unreadable" if value is UNREADABLE else found


def _told(key: UUID | None, blinds: dict[UUID, Any], texts: dict[UUID, str]) -> Told:
    if key is None:
        return [None, None]
    return [bytes(blinds[key]).hex() if key in blinds else None, texts.get(key)]


def _key(name: Any) -> UUID | None:
    try:
        return UUID(name)
    except (ValueError, TypeError, AttributeError):
        return None
