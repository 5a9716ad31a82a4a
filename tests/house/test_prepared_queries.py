"""Each query that the product makes once says, with values in it, what it says when it is made anew."""

import inspect
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from audit.clock import now
from audit.prepared import Prepared

ROOT = Path(__file__).parents[2]
VALUES: dict[str, Any] = {"on": date(2026, 5, 4), "at": now(), "key": "a1" * 20}
"""Of parameters that are no ids of rows, by their name."""


def _value(name: str, turn: int) -> Any:
    return "0001." * (turn + 1) if name == "paths" else VALUES.get(name) or uuid4()


def prepared() -> Iterator[tuple[str, Prepared[Any]]]:
    """Every one that a module of the product holds, by its name."""
    for path in sorted(ROOT.glob("vetting/**/*.py")):
        if "Prepared(" in path.read_text(encoding="utf-8"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            held = vars(import_module(name))
            yield from (
                (f"{name}.{each}", found) for each, found in held.items() if isinstance(found, Prepared)
            )


EVERY = dict(prepared())


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERY)
def test_it_is_the_query_itself(name: str) -> None:
    each = EVERY[name]
    for number in (1, 3):
        values: list[Any] = []
        for place in inspect.signature(each._build).parameters.values():
            several = number if place.kind is place.VAR_POSITIONAL else 1
            values += [_value(place.name, turn) for turn in range(several)]
        rows = each.query(*values)
        sql, params = rows.query.get_compiler(rows.db).as_sql()
        assert each.asked(*values) == (sql, tuple(params))
        assert each(*values) == []


def test_there_are_such_queries() -> None:
    assert len(EVERY) > 10
