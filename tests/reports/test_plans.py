"""Receiving a report, and the inbox, read nothing whole: not the reports there have been, nor the keys they left."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.reports.pages import recipient
from tests.reports.recipients import Desk
from vetting.policy.workflow import MACHINES
from vetting.reports.needs import OPEN, OVER

GROWING = ("reports_report", "reports_member", "reports_message", "crypto_envelope")
WHOLE = ("SCAN ", "Seq Scan")


def whole_readings(alias: str, queries: list[dict[str, str]]) -> list[str]:
    """The steps in which a table that grows is read from end to end."""
    connection = connections[alias]
    asked = [
        query["sql"]
        for query in queries
        if query["sql"].split(" ", 1)[0] in ("SELECT", "DELETE", "UPDATE")
        and any(f'"{name}"' in query["sql"] for name in GROWING)
    ]
    is_postgresql = connection.vendor == "postgresql"
    found: list[str] = []
    with connection.cursor() as cursor:
        if is_postgresql:
            # Few rows are read whole whatever indexes there are; what counts is whether one could serve.
            cursor.execute("SET enable_seqscan = off")
        for sql in asked:
            cursor.execute(f"EXPLAIN {'' if is_postgresql else 'QUERY PLAN '}{sql}")
            found += [str(row[-1]) for row in cursor.fetchall()]
        if is_postgresql:
            cursor.execute("RESET enable_seqscan")
    return [step for step in found if any(word in step for word in WHOLE) and _is_growing(step)]


def _is_growing(step: str) -> bool:
    # SQLite names the alias of a table where it has one: those of subqueries are U0, U1 …
    return any(name in step for name in GROWING) or "SCAN U" in step


def test_a_report_is_received_without_reading_those_before_it(desk: Desk) -> None:
    desk.send()
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["keystore"]) as keys,
    ):
        desk.send()
    assert any(query["sql"].startswith("DELETE") for query in keys.captured_queries)
    assert whole_readings("default", rows.captured_queries) == []
    assert whole_readings("keystore", keys.captured_queries) == []


@pytest.mark.parametrize("which", ["oppna", "mina", "utan"])
def test_the_open_ones_are_found_by_their_state(desk: Desk, which: str) -> None:
    desk.send()
    client: Any = recipient(desk, "rita", is_open=False)
    client.get("/anmalningar/", {"visa": which})
    with CaptureQueriesContext(connections["default"]) as rows:
        assert client.get("/anmalningar/", {"visa": which}).status_code == 200
    assert any('"reports_member"' in query["sql"] for query in rows.captured_queries)
    assert whole_readings("default", rows.captured_queries) == []


def test_every_state_is_open_or_over() -> None:
    assert set(OPEN) | set(OVER) == {state.code for state in MACHINES["report"].states}
    assert not set(OPEN) & set(OVER)
