from uuid import uuid4

import pytest
from django.db import connection

from audit import integrity, triggers
from audit.recorder import Who


@pytest.fixture(autouse=True)
def _events(settings) -> None:
    settings.AUDIT_EVENTS = "tests.audit.testapp.events.EVENTS"


@pytest.fixture
def who() -> Who:
    return Who(uuid4(), uuid4(), "hr_officer")


@pytest.fixture
def found():
    """The findings as (kind, entry, row)."""

    def find() -> list[tuple[str, int | None, object]]:
        return [(each.kind, each.entry, each.row) for each in integrity.findings()]

    return find


@pytest.fixture
def sql():
    """A statement as the owner of the database would type it."""

    def run(statement: str, *values: object) -> None:
        params = [
            value.hex
            if connection.vendor == "sqlite" and hasattr(value, "hex") and hasattr(value, "int")
            else value
            for value in values
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement, params)

    return run


@pytest.fixture
def no_triggers(db) -> None:
    """As the owner can have it: all triggers dropped."""
    with connection.cursor() as cursor:
        for name in triggers.installed("default"):
            triggers._drop(connection, cursor, name)
    assert triggers.installed("default") == {}
