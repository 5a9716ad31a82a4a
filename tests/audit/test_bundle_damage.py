"""A database that its owner, or a bit, has done something to: each thing is named, and none ends the check."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from audit import bundle, integrity, state, verifier
from audit.models import Entry
from audit.recorder import Who
from tests.audit.test_bundle import keys, tell
from tests.audit.testapp.models import Note

pytestmark = pytest.mark.django_db
Verify = Callable[..., list[str]]


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Export, verify, and return the lines."""

    def run() -> list[str]:
        folder = tmp_path / f"bundle-{uuid4().hex}"
        bundle.write(folder, full=True)
        capsys.readouterr()
        verifier.main(["verify", str(folder), *keys()])
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def note(who: Who, no_triggers: None, settings, tmp_path: Path) -> Note:
    settings.LOG_STATE = tmp_path / "log"
    found = tell(who)
    assert [str(each) for each in integrity.findings()] == []
    assert list(state.trees()) == ["main", "reports"]
    return found


def test_rows_edited_removed_and_forged(note: Note, sql, verify: Verify) -> None:
    first, second = Note.history.filter(id=note.pk).order_by("entry_id")[:2]
    forged = uuid4()
    columns = [f.column for f in Note.history.model._meta.concrete_fields if f.name != "history_id"]
    copied = (
        "INSERT INTO audit_tests_historicalnote (history_id, names) SELECT %s, names"
        " FROM audit_tests_historicalnote WHERE history_id = %s"
    )
    sql(copied.replace("names", ", ".join(f'"{name}"' for name in columns)), forged, first.history_id)
    sql("UPDATE audit_tests_historicalnote SET text = 'x' WHERE history_id = %s", second.history_id)
    sql("DELETE FROM audit_tests_historicalnote WHERE history_id = %s", first.history_id)
    sql("UPDATE audit_tests_note SET count = 9 WHERE id = %s", note.pk)
    told = [
        f"row-missing: entry {first.entry_id} audit_tests.note {first.history_id}",
        f"row-edited: entry {second.entry_id} audit_tests.note {second.history_id}",
        f"row-forged: audit_tests.note {forged}",
        f"live-edited: entry {note.entry_id} audit_tests.note {note.pk} – count",
    ]
    assert sorted(verify()) == sorted(told)
    assert sorted(str(each) for each in integrity.findings()) == sorted(told)


def test_a_forged_row_with_a_commitment_that_no_leaf_makes(note: Note, sql, verify: Verify) -> None:
    row, forged = Note.history.latest("entry_id"), uuid4()
    sql(
        "INSERT INTO audit_rowcommit (row_id, entry_id, \"index\", label, version, commitment)"
        " SELECT %s, 999999, 0, label, version, commitment FROM audit_rowcommit WHERE row_id = %s",
        forged, row.history_id,
    )  # fmt: skip
    columns = [f.column for f in Note.history.model._meta.concrete_fields if f.name != "history_id"]
    copied = (
        "INSERT INTO audit_tests_historicalnote (history_id, names) SELECT %s, names"
        " FROM audit_tests_historicalnote WHERE history_id = %s"
    )
    sql(copied.replace("names", ", ".join(f'"{name}"' for name in columns)), forged, row.history_id)
    assert verify() == [f"row-forged: audit_tests.note {forged}"]


@pytest.mark.parametrize("place", [0, 40, -1])
@pytest.mark.parametrize("bit", [1, 0x80])
def test_a_bit_of_a_leaf(note: Note, sql, verify: Verify, place: int, bit: int) -> None:
    """Named by its entry alone: the tree over the hashes is what it was."""
    entry = Entry.objects.filter(tree="main", position=2).get()
    leaf = bytearray(entry.leaf)
    leaf[place] ^= bit
    sql("UPDATE audit_entry SET leaf = %s WHERE id = %s", bytes(leaf), entry.id)
    assert f"leaf-changed: entry {entry.id}" in verify()
    assert {line.split(":")[0] for line in verify()} <= {
        "leaf-changed", "entry-malformed", "commitments-changed", "row-forged", "live-edited",
    }  # fmt: skip
    assert [str(each) for each in integrity.findings()] == [f"leaf-changed: entry {entry.id}"]


def test_values_that_no_field_can_read(note: Note, sql, verify: Verify) -> None:
    """On SQLite, whose columns hold anything; on PostgreSQL a type holds only what it may."""
    if connection.vendor == "postgresql":
        assert verify() == []
        return
    sql("PRAGMA ignore_check_constraints = ON")
    try:
        row = Note.history.filter(id=note.pk).order_by("entry_id")[1]
        sql(
            "UPDATE audit_tests_historicalnote SET day = 'someday', extra = '{', amount = 'much', at = 5"
            " WHERE history_id = %s",
            row.history_id,
        )
        sql("UPDATE audit_tests_note SET folder_id = 'nowhere', amount = 'much' WHERE id = %s", note.pk)
        found = [str(each) for each in integrity.findings()]
        assert any(
            line.startswith(f"row-edited: entry {row.entry_id} audit_tests.note {row.history_id}")
            for line in found
        )
        live = f"live-edited: entry {note.entry_id} audit_tests.note {note.pk} – folder_id, amount"
        assert live in found
        assert verify() == [f"row-edited: entry {row.entry_id} audit_tests.note {row.history_id}", live]
        sql(
            "UPDATE audit_tests_historicalnote SET history_id = 'nobody' WHERE history_id = %s",
            row.history_id,
        )
        gone = f"row-missing: entry {row.entry_id} audit_tests.note {row.history_id}"
        for lines in (verify(), [str(each) for each in integrity.findings()]):
            assert "row-forged: audit_tests.note nobody" in lines
            assert gone in lines
        entry = Entry.objects.filter(tree="main", position=3).get()
        sql("UPDATE audit_entry SET time = 'noon', actor_person = 'x' WHERE id = %s", entry.id)
        found = [str(each) for each in integrity.findings()]
        for name in ("time", "person"):
            assert f"entry-changed: entry {entry.id} – {name}" in found
    finally:
        sql("PRAGMA ignore_check_constraints = OFF")
        sql("UPDATE audit_tests_note SET folder_id = NULL")


def test_pages_end_anywhere(note: Note, monkeypatch, verify: Verify) -> None:
    monkeypatch.setattr("audit.reading.CHUNK", 2)
    monkeypatch.setattr("audit.bundle.CHUNK", 3)
    assert verify() == []
    assert list(integrity.findings()) == []
