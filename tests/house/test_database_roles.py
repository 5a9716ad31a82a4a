"""The roles in PostgreSQL: the service works as one that can add to the log and change nothing of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from audit import anchors, integrity
from audit.models import Checkpoint, Entry
from audit.sealer import seal_pending
from audit.triggers import declared
from config import checks, database_roles
from config.database_roles import Names
from tests.harness.databases import RealDatabase
from tests.recruitment.clicks import client_of
from tests.recruitment.test_open_at_once import ANSWERS
from tests.recruitment.test_open_at_once import send as open_at_once
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world

ALIASES = ("default", "keystore")
NAMES = Names(*(f"vetting_test_{part}_{os.getpid()}" for part in ("owner", "app", "auditor")))
# Entries, commitments, checkpoints and a history, each with a column of its own.
LOG = {
    "audit_entry": "leaf",
    "audit_rowcommit": "version",
    "audit_blind": "blind",
    "audit_tree": "name",
    "audit_checkpoint": "note",
    "audit_anchor": "kind",
    "recruitment_historicalcheck": "state",
}
RULES = (
    "DROP TRIGGER {trigger} ON audit_entry",
    "ALTER TABLE audit_entry DISABLE TRIGGER {trigger}",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "DROP FUNCTION {trigger}() CASCADE",
    "CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "SET ROLE {owner}",
    "ALTER TABLE audit_entry OWNER TO {service}",
    "DROP TABLE audit_entry CASCADE",
    "ALTER TABLE audit_entry ADD COLUMN more text",
    "CREATE TABLE more (id int)",
    "CREATE TEMP TABLE more (id int)",
    "CREATE TRIGGER more BEFORE INSERT ON audit_entry EXECUTE FUNCTION {trigger}()",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
)


def _arguments() -> list[str]:
    return [f"--owner={NAMES.owner}", f"--application={NAMES.application}", f"--auditor={NAMES.auditor}"]


@pytest.fixture
def roles(real_db: RealDatabase) -> Iterator[None]:
    """Both databases with their roles set up by the command; taken away again afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL has roles.")
    for alias in ALIASES:
        call_command("database_roles", f"--database={alias}", *_arguments())
    yield
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            for name in (NAMES.owner, NAMES.application, NAMES.auditor):
                cursor.execute(f'REASSIGN OWNED BY "{name}" TO CURRENT_USER')
                cursor.execute(f'DROP OWNED BY "{name}"')
    with connection.cursor() as cursor:
        for name in (NAMES.owner, NAMES.application, NAMES.auditor):
            cursor.execute(f'DROP ROLE "{name}"')


@contextmanager
def signed_in_as(name: str) -> Iterator[None]:
    """Let Django's connections be that role's, as with its address in DATABASE_URL."""
    earlier = {alias: connections[alias].settings_dict["USER"] for alias in ALIASES}
    connections.close_all()
    for alias in ALIASES:
        connections[alias].settings_dict["USER"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias, user in earlier.items():
            connections[alias].settings_dict["USER"] = user


def refused(statement: str, using: str = "default") -> str:
    """What the database says to it; fails where it lets it pass."""
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute(statement)
            pytest.fail(f"not refused: {statement}")
    except DatabaseError as error:
        return str(error)


@pytest.fixture
def walked(roles: None) -> tuple[World, Walk]:
    """A recruitment that the service took forward, as its own role, to an asked opinion."""
    with signed_in_as(NAMES.application):
        world = build_world()
        walk = Walk(world, "assistant").open()
        walk.ready(walk.finalist())
        seal_pending()
        anchors.checkpoint()
    return world, walk


def test_the_service_works_as_its_own_role(walked: tuple[World, Walk]) -> None:
    world, walk = walked
    with signed_in_as(NAMES.application):
        client = client_of(world, "hr")
        for address in ("/arbete/", "/rekryteringar/", f"/rekryteringar/{walk.pk}/", "/min-laslogg/"):
            assert client.get(address).status_code == 200, address
        assert open_at_once(client, world, **ANSWERS).status_code == 302
        call_command("work", "--once")
        assert Entry.objects.filter(position=None).count() == 0
        assert Checkpoint.objects.exists()
        assert checks.roles_apart(databases=["default"]) == []
        assert [str(found) for found in integrity.findings()] == []


def test_the_service_cannot_change_the_log(roles: None) -> None:
    with signed_in_as(NAMES.application):
        for table, column in LOG.items():
            for how in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"):
                assert "permission denied" in refused(how.format(table, column))


def test_the_service_gives_an_entry_its_place_and_nothing_else(walked: tuple[World, Walk]) -> None:
    with signed_in_as(NAMES.application):
        for column in ("leaf", "leaf_hash", "tag", "time", "action", "actor_person"):
            assert "permission denied" in refused(f"UPDATE audit_entry SET {column} = {column}")
        assert "audit: " in refused("UPDATE audit_entry SET position = position + 1")
        assert "audit: " in refused("UPDATE audit_tree SET size = size - 1")
        assert "permission denied" in refused("UPDATE audit_tree SET name = 'other'")


def test_the_service_cannot_change_the_rules(roles: None) -> None:
    trigger = next(name for name, rule in declared("default").items() if rule.table == "audit_entry")
    with signed_in_as(NAMES.application):
        for statement in RULES:
            said = refused(statement.format(trigger=trigger, owner=NAMES.owner, service=NAMES.application))
            assert "permission denied" in said or "must be owner" in said, said
        # To give what one has not is no error, only without effect.
        with connection.cursor() as cursor:
            cursor.execute(f'GRANT ALL ON audit_entry TO "{NAMES.application}"')
        assert "permission denied" in refused("DELETE FROM audit_entry")


def test_the_owner_is_stopped_by_the_triggers_also_when_it_says_it_replicates(
    walked: tuple[World, Walk],
) -> None:
    connections.close_all()
    for statement in (
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_rowcommit SET version = 9",
        "DELETE FROM recruitment_historicalcheck",
        "UPDATE recruitment_check SET state = 'done'",
        "UPDATE audit_checkpoint SET note = ''",
    ):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f'SET ROLE "{NAMES.owner}"')
            assert "audit: " in refused(statement)
            cursor.execute("RESET ROLE")
            cursor.execute("RESET session_replication_role")


def test_the_auditor_reads_the_log_and_nothing_of_a_case(walked: tuple[World, Walk]) -> None:
    readable = {
        table for model, table in database_roles.tables("default") if database_roles.auditor_may_read(model)
    }
    log = ("entry", "rowcommit", "tree", "checkpoint", "anchor", "erased")
    assert readable == {f"audit_{name}" for name in log}
    with signed_in_as(NAMES.auditor):
        for _model, table in database_roles.tables("default"):
            if table in readable:
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM {table}")
                assert "permission denied" in refused(f"DELETE FROM {table}")
            else:
                assert "permission denied" in refused(f"SELECT 1 FROM {table}")
    with signed_in_as(NAMES.auditor), pytest.raises(DatabaseError, match="permission denied"):
        connections["keystore"].ensure_connection()


def test_no_table_is_left_without_a_decision(roles: None) -> None:
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            there = set(connections[alias].introspection.table_names(cursor))
        assert there == {table for _, table in database_roles.tables(alias)}


def test_it_is_done_again_after_a_migration_by_the_owner_and_changes_nothing_else(roles: None) -> None:
    with signed_in_as(NAMES.owner), connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_session")
        cursor.execute(
            "CREATE TABLE django_session (session_key varchar(40), session_data text, expire_date timestamptz)"
        )
        cursor.execute(f'GRANT DELETE ON audit_entry TO "{NAMES.application}"')
    with signed_in_as(NAMES.application):
        assert [found.id for found in checks.roles_apart(databases=["default"])] == ["config.W007"]
    with signed_in_as(NAMES.owner):
        call_command("database_roles", *_arguments())
        assert [found.id for found in checks.roles_apart(databases=["default"])] == ["config.W008"]
    with signed_in_as(NAMES.application):
        assert checks.roles_apart(databases=["default"]) == []
        assert "permission denied" in refused("DELETE FROM audit_entry")


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = 0
    try:
        call_command("database_roles", *arguments)
    except SystemExit as stop:
        code = int(str(stop.code))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_roles_that_may_more_than_a_grant_can_take_are_refused(roles: None, capsys) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT "{NAMES.owner}" TO "{NAMES.application}"')
    code, _out, err = _said(capsys, *_arguments())
    assert (code, err) == (2, f"{NAMES.application} is a member of {NAMES.owner}: REVOKE it first.\n")
    with connection.cursor() as cursor:
        cursor.execute(f'REVOKE "{NAMES.owner}" FROM "{NAMES.application}"')
        cursor.execute(f'ALTER ROLE "{NAMES.auditor}" SUPERUSER')
    code, _out, err = _said(capsys, *_arguments())
    assert (code, err) == (2, f"{NAMES.auditor} has powers over the whole server: ALTER ROLE first.\n")


def test_the_sql_is_printed_and_nothing_done(real_db: RealDatabase, capsys) -> None:
    if connection.vendor == "sqlite":
        assert _said(capsys, "--print") == (
            2, "", "SQLite has no roles: whoever can write the file owns it. Use PostgreSQL.\n",
        )  # fmt: skip
        return
    code, out, err = _said(capsys, "--print", *_arguments())
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"{said};" for said in database_roles.statements("default", NAMES)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname LIKE %s", [f"vetting_test_%{os.getpid()}"]
        )
        assert cursor.fetchone() == (0,)
    for wrong in ('x" SUPERUSER', "A", "", NAMES.owner):
        code, _out, err = _said(capsys, "--print", f"--owner={NAMES.owner}", f"--application={wrong}")
        assert (code, err.count("\n")) == (2, 1)
