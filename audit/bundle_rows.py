"""The covered rows of a bundle: what was committed to, what is in use, and what no commitment names."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from audit.canonical import dumps
from audit.coverage import columns_of, pinned
from audit.errors import NotCanonical
from audit.models import RowCommit
from audit.plan import covered_models, plan_by_label, plan_of, row_bytes

CHUNK = 500
# Blind (hex) and the row's canonical text, each null where it is gone.
Row = list[str | None]


def of_entries(first: int, last: int) -> dict[int, list[Row]]:
    """The rows of the entries with these ids and all between: entry → its rows in the order of its commitments."""
    commits = list(
        RowCommit.objects.filter(entry_id__gte=first, entry_id__lte=last)
        .order_by("entry_id", "index")
        .values_list("entry_id", "label", "version", "row_id", "blind__blind")
    )
    wanted: dict[str, list[UUID]] = {}
    for _, label, _, row_id, _ in commits:
        wanted.setdefault(label, []).append(row_id)
    stored = {label: _stored(label, ids) for label, ids in wanted.items()}
    found: dict[int, list[Row]] = {}
    for entry, label, version, row_id, blind in commits:
        row = stored[label].get(row_id)
        text = None if row is None else _text(label, version, row)
        found.setdefault(entry, []).append([None if blind is None else bytes(blind).hex(), text])
    return found


def forged() -> Iterator[list[str]]:
    """History rows that no entry commits to."""
    for model in covered_models():
        plan = plan_of(model)
        named = RowCommit.objects.filter(row_id=OuterRef("history_id"), label=plan.label)
        rows = plan.history._default_manager.filter(~Exists(named)).order_by("history_id")
        for row_id in rows.values_list("history_id", flat=True).iterator(CHUNK):
            yield [plan.label, str(row_id)]


def live() -> Iterator[list[Any]]:
    """Every covered row in use, its values as they would be committed to."""
    for model in covered_models():
        plan = plan_of(model)
        encoders = plan.encoders(plan.attnames)
        rows = model._base_manager.order_by("pk").values_list(*plan.attnames).iterator(CHUNK)
        for row in rows:
            values = [
                None if v is None else _plain(encode, v) for encode, v in zip(encoders, row, strict=True)
            ]
            yield [plan.label, plan.version, *values]


def coverage() -> dict[str, dict[str, list[str]]]:
    """The columns of every coverage version there is or has been: label → version → columns."""
    found = {label: dict(versions) for label, versions in pinned().items()}
    for model in covered_models():
        plan = plan_of(model)
        found.setdefault(plan.label, {})[str(plan.version)] = list(plan.columns)
    return found


def _stored(label: str, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    plan = plan_by_label(label)
    if plan is None:
        return {}
    names = [field.attname for field in plan.history._meta.concrete_fields]
    found = {}
    for start in range(0, len(ids), CHUNK):
        rows = plan.history._default_manager.filter(history_id__in=ids[start : start + CHUNK])
        for values in rows.values_list(*names):
            row = dict(zip(names, values, strict=True))
            found[row["history_id"]] = row
    return found


def _text(label: str, version: int, row: dict[str, Any]) -> str:
    plan, columns = plan_by_label(label), columns_of(label, version)
    if plan is None or columns is None or any(name not in row for name in columns):
        return _unwritable(label, version, row)
    try:
        values = [row[name] for name in columns]
        return row_bytes(label, version, columns, plan.encoders(columns), values).decode()
    except (NotCanonical, UnicodeDecodeError):
        return _unwritable(label, version, row)


def _unwritable(label: str, version: int, row: dict[str, Any]) -> str:
    """Of a row that is not of its columns' types, or whose columns nobody knows: enough to name it."""
    return dumps([label, version, str(row.get("id")), str(row.get("history_id"))]).decode()


def _plain(encode: Any, value: Any) -> Any:
    try:
        return encode(value)
    except NotCanonical:
        return b64encode(repr(value).encode()).decode()
