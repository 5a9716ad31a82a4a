"""Two databases told the same story: everything in them but chance, written so that it can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models

from audit.models import Entry, RowCommit, Tree
from audit.plan import HISTORY_COLUMNS, covered_models, plan_by_label
from vetting.accounts.models import Account
from vetting.crypto.errors import NoKey, SealError
from vetting.crypto.models import CaseKey
from vetting.crypto.sealed import Opening, SealedField, unseal
from vetting.recruitment.models import BlindIndex

OPENING = Opening(entry_id=0)
PERSONS = re.compile("[0-9a-f]{32}( [0-9a-f]{32})*")  # those a row is kept apart from
Told = list[tuple[Any, ...]]


class Names:
    """Ids are random: each is called by the order in which it first appears."""

    def __init__(self, known: dict[str, str] | None = None, *, learns: bool = True) -> None:
        self.known: dict[str, str] = {} if known is None else known
        self.learns = learns

    def peeking(self) -> Names:
        """The names given so far; ids met for the first time are all called alike."""
        return Names(self.known, learns=False)

    def of(self, value: Any) -> Any:
        """`value` with every id in it replaced by its name."""
        if isinstance(value, UUID):
            if not self.learns:
                return self.known.get(str(value), "new")
            return self.known.setdefault(str(value), f"id{len(self.known)}")
        if isinstance(value, dict):
            return sorted((self.of(key), self.of(one)) for key, one in value.items())
        if isinstance(value, list):
            return sorted((self.of(one) for one in value), key=repr)
        if isinstance(value, str) and PERSONS.fullmatch(value):
            return sorted(self.of(UUID(each)) for each in value.split())
        if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
            return self.of(UUID(value))
        return value


def everything() -> dict[str, Told]:
    """The log with its history rows in order, then every live row, the keys and the digests."""
    names = Names()
    log = list(_log(names))
    live: Told = []
    for model in covered_models():
        rows = [_values(row, names) for row in model._base_manager.all()]
        live += sorted(((model.__name__, *values) for values in rows), key=repr)
    return {
        "log": log,
        "live": live,
        "trees": list(Tree.objects.values_list("name", "size")),
        "keys": sorted((names.of(pk),) for pk in CaseKey.objects.values_list("pk", flat=True)),
        "digests": sorted(
            (names.of(pk), bytes(digest))
            for pk, digest in BlindIndex.objects.values_list("candidacy_id", "digest")
        ),
        "accounts": sorted(Account.objects.values_list("username", "person__display_name", "created_at")),
    }


def _log(names: Names) -> Iterator[tuple[Any, ...]]:
    history: dict[str, dict[UUID, models.Model]] = {}
    for label in RowCommit.objects.order_by().values_list("label", flat=True).distinct():
        plan = plan_by_label(label)
        assert plan is not None
        history[label] = {row.pk: row for row in plan.history._base_manager.all()}
    commits: dict[int, list[RowCommit]] = {}
    for commit in RowCommit.objects.order_by("entry_id", "index"):
        commits.setdefault(commit.entry_id, []).append(commit)
    for entry in Entry.objects.order_by("id"):
        leaf = entry.content
        kept = {name: value for name, value in leaf.items() if name not in {"event", "rows"}}
        # Where a sealer comes after, decisions are in the tree before what was told earlier and had not been sealed.
        place = entry.position if connection.vendor == "sqlite" else None
        yield ("entry", place, entry.time, json.dumps(names.of(kept), default=str))
        rows = [(commit, history[commit.label][commit.row_id]) for commit in commits.get(entry.id, [])]
        # The order of rows within one act is nobody's promise.
        for commit, row in sorted(
            rows, key=lambda pair: (pair[0].label, repr(_values(pair[1], names.peeking())))
        ):
            yield (commit.label, commit.version, *_values(row, names))


def _values(row: models.Model, names: Names) -> tuple[Any, ...]:
    return tuple(
        _opened(row, field) if isinstance(field, SealedField) else names.of(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in {HISTORY_COLUMNS[0], "history_change_reason"}
    )


def _opened(row: models.Model, field: SealedField) -> str | None:
    if getattr(row, field.attname) is None:
        return None
    try:
        return unseal(row, field.name, OPENING)
    except (NoKey, SealError):
        return "gone"
