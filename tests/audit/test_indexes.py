"""What is asked of the log on every page is answered by an index, however long the log has grown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from audit.models import Entry

ASKED = {
    "audit_entry_subject": lambda: Entry.objects.filter(subject=uuid4()).order_by("-id")[:20],
    "audit_entry_person": lambda: Entry.objects.filter(
        actor_person=uuid4(), time__gte=datetime(2026, 1, 1, tzinfo=UTC)
    ).order_by("-id"),
    "audit_entry_once": lambda: Entry.objects.filter(once=uuid4())[:1],
    "audit_entry_position": lambda: Entry.objects.filter(tree="main", position=7),
    "audit_entry_newest": lambda: (
        Entry.objects.filter(tree="reports").exclude(tree="main").order_by("-id")[:1]
    ),
    "audit_entry_pending": lambda: Entry.objects.filter(tree="main", position=None).order_by("id"),
}


@pytest.mark.parametrize("index", ASKED)
def test_the_log_is_asked_by_its_indexes(db: None, index: str) -> None:
    rows: Any = ASKED[index]()
    if connection.vendor == "sqlite":
        assert index in rows.explain()
        return
    with connection.cursor() as cursor:
        # A table of few rows is read whole whatever indexes there are; what counts is whether one could serve.
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Seq Scan" not in rows.explain()
