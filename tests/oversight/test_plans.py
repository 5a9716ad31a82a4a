"""What the auditor's pages ask of the log is answered by its indexes, however long it has grown."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World

BIG = ("audit_entry", "audit_rowcommit", "recruitment_historical")


def plans(client: Any, address: str) -> list[str]:
    """The plan of every reading statement about a table that grows with the log."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith('SELECT "')  # the recorder's own begin otherwise
        and any(f'"{name}' in query["sql"] for name in BIG)
        and not query["sql"].endswith("LIMIT 1")  # the newest entry, from the end of the table
    ]
    assert asked
    with connection.cursor() as cursor:
        word = "EXPLAIN QUERY PLAN"
        if connection.vendor == "postgresql":
            # Few rows are read whole whatever indexes there are; what counts is whether one could serve.
            cursor.execute("SET LOCAL enable_seqscan = off")
            word = "EXPLAIN"
        found = []
        for sql in asked:
            cursor.execute(f"{word} {sql}")
            found += [str(row[-1]) for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/rekryteringar/{pk}/handelser/",
        "/rekryteringar/{pk}/handelser/?visa=kontroller",
        "/granskning/rekryteringar/{pk}/lasningar/",
        "/granskning/logg/?referens={reference}&slag=lage",
        "/granskning/logg/?person={person}&slag=lasningar",
    ],
)
def test_what_is_about_one_recruitment_or_person_is_found_by_it(world: World, address: str) -> None:
    walk = Walk(world, "assistant").open()
    walk.ready(walk.finalist())
    filled = address.format(
        pk=walk.pk, reference=walk.case().recruitment.reference, person=world.person_id("hr")
    )
    for line in plans(client_of(world, "auditor"), filled):
        assert not line.lstrip(" ->").startswith(("SCAN audit_", "SCAN recruitment_hist")), line
        assert "Seq Scan on audit_" not in line
        assert "Seq Scan on recruitment_hist" not in line
        assert "audit_rowcommit_label" not in line, "every row of a table there has ever been"


@pytest.mark.parametrize("query", ["", "?slag=granskning", "?fran=2020-01-01&till=2020-02-01"])
def test_the_newest_are_read_in_order_without_sorting_the_log(world: World, query: str) -> None:
    Walk(world, "assistant").open()
    if connection.vendor == "sqlite":
        for line in plans(client_of(world, "auditor"), f"/granskning/logg/{query}"):
            assert "TEMP B-TREE FOR ORDER BY" not in line, line
    else:
        for line in plans(client_of(world, "auditor"), f"/granskning/logg/{query}"):
            assert "Seq Scan on audit_" not in line, line
