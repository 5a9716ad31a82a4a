"""The tests' databases are those of an installation, though their migrations were run with copied fields."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field

from config.routers import migrate_both
from tests.harness.copies import ALIASES, SqliteTemplates
from tests.harness.databases import log_state, pointed_at
from tests.harness.fields import copied


@pytest.mark.one_engine
def test_a_copied_field_is_the_field_and_nobody_elses(db: None) -> None:
    usual, state = Field.clone, MigrationLoader(None).project_state()
    fields = [field for model in state.models.values() for field in model.fields.values()]
    assert len(fields) > 500
    with copied():
        made = [(field, field.clone()) for field in fields]
    assert Field.clone is usual
    for field, copy in made:
        again = field.clone()
        assert copy is not field
        assert type(copy) is type(again)
        assert copy.deconstruct()[1:] == again.deconstruct()[1:]
        assert not hasattr(copy, "model")
        if field.remote_field:
            assert copy.remote_field is not field.remote_field
            assert copy.remote_field.field is copy


@pytest.mark.soak
@pytest.mark.deadline(1200)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the state of a migration is the same on any engine"
)
def test_the_statements_are_the_same(templates: SqliteTemplates, django_db_blocker, tmp_path: Path) -> None:
    anew = SqliteTemplates(tmp_path, tmp_path)
    names = {alias: anew.template(alias) for alias in ALIASES}
    with django_db_blocker.unblock(), pointed_at(names, log_state(tmp_path, names)):
        migrate_both(verbosity=0)
    for alias in ALIASES:
        assert statements(names[alias]) == statements(templates.template(alias))


def statements(name: str) -> list[tuple[str, str, str, str]]:
    """Every table, index and trigger of the file, as it was written."""
    file = sqlite3.connect(name)
    try:
        return sorted(file.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"))
    finally:
        file.close()
