"""Conditions of triggers that look along foreign keys: SQL that both engines read, made of models' own names."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps

from audit.covered import Shut

_CODE = re.compile(r"[a-z0-9_]+")


def at_end(model: Any, path: str, row: str) -> str:
    """The value at the end of `path` (foreign keys, two underscores between) from the row named `row`."""
    name, _, rest = path.partition("__")
    field = model._meta.get_field(name)
    if not rest:
        return f'{row}."{field.column}"'
    target, below = field.related_model, f"{row.lower()}_{name}"
    value = at_end(target, rest, below)
    table, pk = target._meta.db_table, target._meta.pk.column
    return f'(SELECT {value} FROM "{table}" {below} WHERE {below}."{pk}" = {row}."{field.column}")'


def unlike(model: Any, key: str) -> str:
    """That NEW refers by `key` to a row that differs from it at the end of one of the model's paths, or to itself."""
    own, pk = model._meta.get_field(key).column, model._meta.pk.column
    same = " AND ".join(f"{at_end(model, p, 'c')} = {at_end(model, p, 'NEW')}" for p in model.ALIKE[key])
    table = model._meta.db_table
    there = f'SELECT 1 FROM "{table}" c WHERE c."{pk}" = NEW."{own}" AND c."{pk}" <> NEW."{pk}" AND {same}'
    return f'NEW."{own}" IS NOT NULL AND NOT EXISTS ({there})'


def dated_late(model: Any, shut: Shut) -> str:
    """That NEW is one of those that are shut, and its day comes after that of what shuts it."""
    by = apps.get_model(shut.by)
    column, day, key = (model._meta.get_field(n).column for n in (shut.column, shut.day, shut.key))
    their_key, their_day = (by._meta.get_field(name).column for name in (shut.key, shut.by_day))
    table = by._meta.db_table
    decided = (
        f'SELECT 1 FROM "{table}" d WHERE d."{their_key}" = NEW."{key}" AND d."{their_day}" < NEW."{day}"'
    )
    but = f"{at_end(model, shut.unless, 'NEW')} NOT IN ({listed(shut.unless_in)})"
    return f'NEW."{column}" IN ({listed(shut.values)}) AND NEW."{day}" IS NOT NULL AND {but} AND EXISTS ({decided})'


def listed(values: tuple[str, ...]) -> str:
    """Codes as the values of an IN.

    Raises ValueError for what is no code: nothing else is ever written into the SQL of a trigger.
    """
    if wrong := [value for value in values if not _CODE.fullmatch(value)]:
        raise ValueError(wrong)
    return ", ".join(f"'{value}'" for value in values)
