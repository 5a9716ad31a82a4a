"""What the database refuses, whoever asks. Both engines."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_migrate, pre_migrate

from audit import checks, triggers
from audit.models import Entry
from audit.recorder import Who, act
from tests.audit.testapp.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(who: Who) -> Note:
    note = Note(text="x")
    for _ in range(2):
        with act("note.written", who) as a:
            a.save(note)
    # As at a commit; PostgreSQL does not alter tables that have checks waiting.
    connection.check_constraints()
    return note


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_tests_note SET text = 'y'",
        "UPDATE audit_tests_note SET text = 'y', entry_id = entry_id",
        "UPDATE audit_tests_note SET text = 'y', entry_id = entry_id - 1",
        "DELETE FROM audit_tests_note",
        "UPDATE audit_tests_historicalnote SET text = 'y'",
        "DELETE FROM audit_tests_historicalnote",
        "UPDATE audit_entry SET action = 'y'",
        "UPDATE audit_entry SET actor_person = NULL",
        "UPDATE audit_entry SET position = COALESCE(position, 0) + 7, leaf_hash = leaf",
        "DELETE FROM audit_entry",
        "UPDATE audit_rowcommit SET version = 9",
        "DELETE FROM audit_rowcommit",
        "UPDATE audit_blind SET blind = commit_id",
    ],
)
def test_refused(note: Note, sql, statement: str) -> None:
    if "blind" in statement and connection.vendor == "postgresql":
        statement = "UPDATE audit_blind SET blind = '\\x00'"
    if connection.vendor == "postgresql":
        # Also where a session says that it only replicates.
        sql("SET LOCAL session_replication_role = replica")
    with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
        sql(statement)


def test_a_place_in_the_tree_is_given_once(note: Note, sql) -> None:
    if connection.vendor == "postgresql":
        sql("UPDATE audit_entry SET position = id + 100, seal = leaf_hash WHERE position IS NULL")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        sql("UPDATE audit_entry SET position = position + 1")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        sql("UPDATE audit_entry SET seal = leaf")


def test_a_tree_does_not_shrink(note: Note, sql) -> None:
    if connection.vendor == "postgresql":
        sql("INSERT INTO audit_tree (name, size, frontier) VALUES ('main', 3, '')")
    for statement in ("UPDATE audit_tree SET size = size - 1", "DELETE FROM audit_tree"):
        with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
            sql(statement)


def test_replacing_and_emptying_tables_is_refused(note: Note, sql) -> None:
    if connection.vendor == "sqlite":
        attempts = [
            "INSERT OR REPLACE INTO t SELECT * FROM t".replace(" t", f" {table}")
            for table in ("audit_entry", "audit_rowcommit", "audit_tests_note", "audit_tests_historicalnote")
        ]
    else:
        attempts = [
            f"TRUNCATE {table} CASCADE"
            for table in ("audit_entry", "audit_rowcommit", "audit_tree", "audit_tests_historicalnote")
        ]
    for statement in attempts:
        with pytest.raises(IntegrityError, match="audit: "), transaction.atomic():
            sql(statement)


def test_a_new_entry_lets_a_row_change_but_not_its_key(note: Note, sql) -> None:
    with transaction.atomic():
        sql("UPDATE audit_tests_note SET text = 'y', entry_id = entry_id + 1")
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE audit_tests_note SET id = %s, entry_id = entry_id + 1", uuid4())


def test_what_is_missing_or_changed_is_told_and_mended(note: Note, sql) -> None:
    assert triggers.differences("default") == []
    assert checks.check_triggers(None, databases=["default"]) == []
    name = next(n for n, rule in triggers.declared("default").items() if rule.table == "audit_entry")
    with connection.cursor() as cursor:
        triggers._drop(connection, cursor, name)
    if connection.vendor == "postgresql":
        other = next(n for n in triggers.installed("default") if "delete" in n)
        table = triggers.declared("default")[other].table
        sql(f'ALTER TABLE "{table}" DISABLE TRIGGER "{other}"')
    else:
        sql("CREATE TRIGGER audit_guard_mine BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END")
    told = triggers.differences("default")
    assert len(told) == 2
    assert [each.id for each in checks.check_triggers(None, databases=["default"])] == ["audit.W001"] * 2
    triggers.install("default")
    assert triggers.differences("default") == []


def test_the_second_database_has_no_triggers_of_ours() -> None:
    assert triggers.declared("keystore") == {}


@pytest.mark.parametrize("command", checks.REFUSED_COMMANDS)
def test_commands_that_thin_the_history_are_refused(command: str) -> None:
    assert checks.check_history_commands(None) == []
    with pytest.raises(CommandError, match="only ever added"):
        call_command(command)


def test_the_log_starts_empty() -> None:
    assert Entry.objects.count() == 0


def test_tables_of_sqlite_are_remade_without_triggers_and_get_them_back() -> None:
    # A trigger that speaks of another table makes SQLite refuse to rename the new table into place.
    app = apps.get_app_config("audit")
    before = triggers.installed("default")
    pre_migrate.send(app, using="default", app_config=app, plan=[], verbosity=0, interactive=False)
    assert triggers.installed("default") == before
    plan = [("a migration", False)]
    pre_migrate.send(app, using="default", app_config=app, plan=plan, verbosity=0, interactive=False)
    assert triggers.installed("default") == ({} if connection.vendor == "sqlite" else before)
    post_migrate.send(app, using="default", app_config=app, plan=[], verbosity=0, interactive=False)
    assert triggers.installed("default") == before
    assert triggers.differences("default") == []
