"""Three times as many clearances, and as many opinions waiting: no more queries, and pages within 60 kB."""

from __future__ import annotations

import pytest

from tests.benchmarks import everyday, growing


@pytest.mark.deadline(180)
def test_as_many_queries_of_three_times_as_much(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everyday, "CLEARANCES", 90)
    monkeypatch.setattr(everyday, "WAITING", 90)
    monkeypatch.setattr(everyday, "TENTH", 3)
    monkeypatch.setattr(growing, "TURNS", 1)
    # More queries of many than of few are raised where the two are put beside each other.
    found = list(everyday.figures())
    pages = {figure.what: figure.queries for figure in found if figure.queries is not None}
    assert len(pages) == 7
    assert max(pages.values()) <= 15, pages
    assert [figure.what for figure in found if figure.unit == "B" and not figure.is_reached] == []
