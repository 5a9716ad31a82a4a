"""Sealing behind on PostgreSQL. On SQLite every entry is sealed as it is written, and there is nothing to do."""

import pytest
from django.db import connection

from audit.models import Entry, Tree
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Note

pytestmark = pytest.mark.django_db


def positions(tree: str = "main") -> list[int | None]:
    return list(Entry.objects.filter(tree=tree).order_by("id").values_list("position", flat=True))


def test_entries_get_their_places_in_order(who: Who, found) -> None:
    for _ in range(5):
        record("note.read", who)
    record("report.read", who)
    behind = connection.vendor == "postgresql"
    assert positions() == ([None] * 5 if behind else list(range(5)))
    assert found() == []
    assert seal_pending(batch=2).count == (6 if behind else 0)
    assert positions() == list(range(5))
    assert positions("reports") == [0]
    assert dict(Tree.objects.values_list("name", "size")) == {"main": 5, "reports": 1}
    assert found() == []
    assert seal_pending().count == 0


def test_an_act_can_be_sealed_at_once(who: Who, found) -> None:
    record("note.read", who)
    with act("note.written", who, seal=True) as a:
        a.save(Note(text="x"))
    assert Entry.objects.get(id=a.id).position is not None
    assert Entry.objects.get(id=a.id).tag is None
    seal_pending()
    assert sorted(positions()) == [0, 1]
    assert found() == []


def test_an_entry_that_is_not_ours_is_not_sealed(who: Who, sql, no_triggers, caplog) -> None:
    if connection.vendor == "sqlite":
        assert seal_pending().refused == ()
        return
    first, second = record("note.read", who), record("note.read", who)
    sql("UPDATE audit_entry SET tag = leaf_hash WHERE id = %s", first.id)
    assert seal_pending(batch=1).refused == (first.id,)
    assert positions() == [None, 0]
    assert f"entry {first.id} is not sealed" in caplog.text
    assert Entry.objects.get(id=second.id).position == 0
