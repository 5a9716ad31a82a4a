"""What is done with the triggers dropped is found, and the row or entry named."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection

from audit.finding import Finding
from audit.integrity import entry_findings, findings
from audit.merkle import leaf_hash
from audit.models import Entry, RowCommit
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(who: Who, no_triggers: None, found) -> Note:
    note, other = Note(text="first"), Note(text="other")
    for text in ("first", "second"):
        note.text = text
        with act("note.written", who, facts={"reference": "RK-1"}) as a:
            a.save(note)
    with act("note.written", who) as a:
        a.save(other)
    record("note.read", who)
    seal_pending()
    assert found() == []
    return note


def first(note: Note) -> UUID:
    return Note.history.get(id=note.pk, history_type="+").history_id


def test_an_edited_history_row(note: Note, sql, found) -> None:
    row = first(note)
    sql("UPDATE audit_tests_historicalnote SET text = 'y' WHERE history_id = %s", row)
    entry = RowCommit.objects.get(pk=row).entry_id
    assert found() == [("row-edited", entry, row)]


def test_a_deleted_history_row(note: Note, sql, found) -> None:
    row = first(note)
    sql("DELETE FROM audit_tests_historicalnote WHERE history_id = %s", row)
    assert found() == [("row-missing", RowCommit.objects.get(pk=row).entry_id, row)]


def test_a_forged_history_row(note: Note, sql, found) -> None:
    forged = uuid4()
    columns = [f.column for f in Note.history.model._meta.concrete_fields if f.column != "history_id"]
    names = ", ".join(f'"{name}"' for name in columns)
    copied = (
        "INSERT INTO audit_tests_historicalnote (history_id, names) SELECT %s, names"
        " FROM audit_tests_historicalnote WHERE history_id = %s"
    )
    sql(copied.replace("names", names), forged, first(note))
    assert found() == [("row-forged", None, forged)]


def test_an_edited_live_row(note: Note, sql, found) -> None:
    sql("UPDATE audit_tests_note SET count = 7 WHERE id = %s", note.pk)
    assert found() == [("live-edited", note.entry_id, note.pk)]


def test_a_deleted_live_row(note: Note, sql, found) -> None:
    sql("DELETE FROM audit_tests_note WHERE id = %s", note.pk)
    assert found() == [("live-missing", note.entry_id, note.pk)]


def test_a_forged_live_row(note: Note, sql, found) -> None:
    forged = uuid4()
    sql(
        "INSERT INTO audit_tests_note (id, entry_id, text, count, is_open)"
        " SELECT %s, entry_id, text, count, is_open FROM audit_tests_note WHERE id = %s",
        forged, note.pk,
    )  # fmt: skip
    assert found() == [("live-forged", note.entry_id, forged)]


def test_a_row_that_came_back_after_its_deletion(note: Note, who: Who, sql, found) -> None:
    with act("note.written", who) as a:
        a.delete(note)
    seal_pending()
    sql("INSERT INTO audit_tests_note (id, entry_id, text, count, is_open) VALUES (%s, %s, 'x', 0, %s)",
        first_deleted(), a.id, True)  # fmt: skip
    assert found() == [("live-forged", a.id, first_deleted())]


def first_deleted() -> UUID:
    return Note.history.get(history_type="-").id


def test_a_changed_leaf(note: Note, sql, found) -> None:
    entry = Entry.objects.first()
    sql(
        "UPDATE audit_entry SET leaf = %s WHERE id = %s",
        bytes(entry.leaf).replace(b"RK-1", b"RK-2"),
        entry.id,
    )
    assert ("leaf-changed", entry.id, None) in found()


def test_a_changed_leaf_with_its_hash(note: Note, sql, found) -> None:
    from audit.merkle import leaf_hash

    entry = Entry.objects.first()
    leaf = bytes(entry.leaf).replace(b"RK-1", b"RK-2")
    sql("UPDATE audit_entry SET leaf = %s, leaf_hash = %s WHERE id = %s", leaf, leaf_hash(leaf), entry.id)
    kinds = {kind for kind, _, _ in found()}
    assert "tree-root" in kinds
    assert ("tag-wrong" in kinds) == (connection.vendor == "postgresql")


@pytest.mark.parametrize(
    "change",
    ["action = 'note.read2'", "actor_person = NULL", "actor_role = 'x'", "purpose = 'x'", "tree = 'other'"],
)
def test_a_column_that_is_not_as_its_leaf(note: Note, sql, found, change: str) -> None:
    entry = Entry.objects.first()
    sql("UPDATE audit_entry SET change WHERE id = %s".replace("change", change), entry.id)
    assert ("entry-changed", entry.id, None) in found()


def test_a_deleted_entry(note: Note, sql, found) -> None:
    entry = Entry.objects.order_by("id")[1]
    sql("DELETE FROM audit_blind")
    sql("DELETE FROM audit_rowcommit WHERE entry_id = %s", entry.id)
    sql("DELETE FROM audit_entry WHERE id = %s", entry.id)
    assert "position-gap" in {kind for kind, _, _ in found()}
    sql("UPDATE audit_tests_note SET entry_id = (SELECT MAX(id) FROM audit_entry)")


def test_the_last_entry_deleted(note: Note, sql, found) -> None:
    sql("DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)")
    assert found() == [("tree-size", None, None)]


def test_a_commitment_changed_or_removed(note: Note, sql, found) -> None:
    commit = RowCommit.objects.get(pk=first(note))
    sql("UPDATE audit_rowcommit SET label = 'audit_tests.folder' WHERE row_id = %s", commit.pk)
    assert ("commitments-changed", commit.entry_id, None) in found()
    sql("UPDATE audit_rowcommit SET label = 'audit_tests.note' WHERE row_id = %s", commit.pk)
    sql("DELETE FROM audit_blind WHERE commit_id = %s", commit.pk)
    assert found() == [("blind-missing", commit.entry_id, commit.pk)]
    sql("DELETE FROM audit_rowcommit WHERE row_id = %s", commit.pk)
    assert set(found()) == {("commitments-changed", commit.entry_id, None), ("row-forged", None, commit.pk)}


def test_two_positions_exchanged(note: Note, sql, found) -> None:
    one, other = Entry.objects.order_by("id")[:2]
    for position, entry in ((99, one), (one.position, other), (other.position, one)):
        sql("UPDATE audit_entry SET position = %s WHERE id = %s", position, entry.id)
    assert found() == [
        ("seal-wrong", other.id, None),
        ("seal-wrong", one.id, None),
        ("tree-root", None, None),
    ]


def test_an_older_coverage_version_is_checked_by_its_own_columns(
    who: Who, settings, tmp_path, found, sql
) -> None:
    import json

    from audit import plan

    settings.AUDIT_COVERAGE = tmp_path / "coverage.json"
    label, current = "audit_tests.note", plan.plan_of(Note)
    older = plan.Plan(Note)
    older.version, older.columns = 0, tuple(name for name in current.columns if name != "blob")
    note = Note(text="x")
    with act("note.written", who) as a:
        a._keep = lambda _, values, kind: _keep_old(a, older, values, kind)
        a.save(note)
    assert [kind for kind, _, _ in found()] == ["version-unknown"]
    settings.AUDIT_COVERAGE.write_text(json.dumps({label: {"0": list(older.columns)}}))
    assert found() == []


def _keep_old(a, older, values: list, kind: str) -> tuple:
    """Commit as the service did before the column was there."""
    from audit.plan import Plan

    class Older(Plan):
        def row_bytes(self, values: list) -> bytes:
            from audit.plan import row_bytes

            kept = [value for name, value in zip(all_columns, values, strict=True) if name in self.columns]
            return row_bytes(self.label, self.version, self.columns, self.encoders(self.columns), kept)

    all_columns = Plan(Note).columns
    older.__class__ = Older
    return type(a)._keep(a, older, values, kind)


@pytest.mark.parametrize(
    "leaf",
    [
        b"x",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"rows":1}',
        b'{"rows":[["a"]]}',
        b'{"rows":[["a",1,"b","\\u00e5"]]}',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"1" * 5000 + b"}",
    ],
    ids=["text", "list", "bytes", "deep", "rows", "row", "base64", "surrogate", "digits"],
)
def test_a_leaf_that_cannot_be_read_is_named_and_hides_nothing(
    no_triggers: None, sql, who: Who, leaf: bytes
) -> None:
    """With the hash that goes with it, as the owner of the database can write: the other findings come all the same."""
    one, other = record("note.read", who), record("note.read", who)
    sql("UPDATE audit_entry SET leaf = %s, leaf_hash = %s WHERE id = %s", leaf, leaf_hash(leaf), one.id)
    sql("UPDATE audit_entry SET action = 'note.other' WHERE id = %s", other.id)
    found = [(each.kind, each.entry) for each in entry_findings() if each.kind != "tag-wrong"]
    assert found == [("leaf-not-canonical", one.id), ("entry-changed", other.id)]


def test_what_stops_one_check_does_not_stop_the_others(note: Note, sql, settings) -> None:
    settings.AUDIT_ALSO = ["tests.audit.test_integrity.stopped", *settings.AUDIT_ALSO]
    sql("INSERT INTO audit_tree (name, size, frontier) VALUES ('a.b', 0, %s)", b"")
    told = [(each.kind, each.label) for each in findings()]
    assert told == [("tree-unknown", "a.b"), ("one-more", ""), ("unreadable", "tests.audit.test_integrity")]


def stopped() -> Iterator[Finding]:
    """A check that meets a value which it cannot read."""
    yield Finding("one-more")
    raise ValueError


def test_a_tree_with_an_impossible_name_hides_nothing(note: Note, sql) -> None:
    sql("INSERT INTO audit_tree (name, size, frontier) VALUES ('a.b', 0, %s)", b"")
    assert [(each.kind, each.label) for each in findings()] == [("tree-unknown", "a.b")]


def test_nothing_found_tells_how_large_a_tree_that_tells_days_is(who: Who, no_triggers: None, sql) -> None:
    """Its size at a moment would tell when what it tells of happened."""
    for _ in range(23):
        record("report.read", who, seal=True)
    sql("UPDATE audit_tree SET size = 22 WHERE name = 'reports'")
    sql("UPDATE audit_entry SET position = 77 WHERE tree = 'reports' AND position = 19")
    told = list(findings())
    sql("UPDATE audit_entry SET position = 19 WHERE tree = 'reports' AND position = 77")
    told += findings()
    assert {each.kind for each in told} >= {"position-gap", "tree-size"}
    assert [each.detail for each in told if any(letter.isdigit() for letter in each.detail)] == []
