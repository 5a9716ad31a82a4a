"""Small numbers: the agreed vectors of one dimension, and what a reader with the total can work out."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from vetting.figures.protection import Protected, protect, protect_each

X, ALL, NOTHING = None, "total_only", "drop"
VECTORS: tuple[tuple[str, list[int], dict[str, Any], Any], ...] = (
    ("A1", [14, 9, 3, 6, 2], {}, [14, 9, X, 6, X]),
    ("A2", [14, 9, 3, 6, 12], {}, [14, 9, X, X, 12]),
    ("A3", [2, 1, 30], {}, ALL),
    ("A4", [2, 1, 1], {}, NOTHING),
    ("A5", [14, 0, 6, 8], {}, [14, 0, 6, 8]),
    ("A6", [14, 0, 6, 8], {"zeros": True}, [14, X, X, 8]),
    ("A7", [8, 12, 6], {"reporters": {"0": 1, "1": 7, "2": 5}}, [X, 12, X]),
    ("A8", [7, 11, 14, 23, 6, 1], {"zeros": True, "coalition": True}, [X, 11, 14, 23, X, X]),
    ("A9", [7, 11, 14, 23, 6, 1], {"k": 10, "zeros": True, "coalition": True}, [X, X, 14, 23, X, X]),
    ("A10", [3, 6, 9], {}, [X, X, 9]),
    ("A11", [1, 5, 40, 50], {}, [X, X, 40, 50]),
    ("A12", [0, 0, 0, 30], {"zeros": True}, ALL),
    ("A13", [0, 25, 30], {"zeros": True, "impossible": frozenset({"0"})}, [0, 25, 30]),
    ("A14", [4, 4], {}, ALL),
    ("A15", [387, 14, 4, 7], {"k": 10}, [387, 14, X, X]),
    ("M0", [21, 16, 9, 16], {}, [21, 16, 9, 16]),
    ("M0b", [387, 14, 11], {"k": 10}, [387, 14, 11]),
)


@pytest.mark.parametrize(("name", "values", "how", "expected"), VECTORS, ids=[v[0] for v in VECTORS])
def test_the_agreed_vectors(name: str, values: list[int], how: dict[str, Any], expected: Any) -> None:
    found = protect({str(place): value for place, value in enumerate(values)}, **how)
    shown = list(found.cells.values())
    if expected == NOTHING:
        assert found == Protected(None, dict.fromkeys(found.cells))
    elif expected == ALL:
        assert (found.total, set(shown)) == (sum(values), {None})
    else:
        assert (found.total, shown) == (sum(values), expected)


@pytest.mark.parametrize("zeros", [False, True])
def test_no_reader_can_tell_that_a_protected_cell_is_small(zeros: bool) -> None:
    """Every table of three cells up to nine: what is kept back may be nothing, and may be `k` or more."""
    for values in product(range(10), repeat=3):
        found = protect({str(place): value for place, value in enumerate(values)}, zeros=zeros)
        hidden = [code for code, value in found.cells.items() if value is None]
        if found.total is None or not hidden:
            continue
        rest = found.total - sum(value for value in found.cells.values() if value is not None)
        assert len(hidden) >= 2, values
        assert rest >= 5, values


def test_where_several_answers_are_given_each_is_its_own_table() -> None:
    counts, told = {"a": 3, "b": 9, "c": 16, "d": 9}, {"a": 3, "b": 9, "c": 16, "d": 2}
    assert protect_each(counts, 20, reporters=told) == {"a": None, "b": 9, "c": None, "d": None}
