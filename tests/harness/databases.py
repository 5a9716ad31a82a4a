"""Databases of the tests: migrated once per run into a template, copied for whoever needs one. Never a flush.

`db` (pytest-django's) is the quick way: both databases, rolled back after the test. `real_db` is for what needs real
commits, threads, other processes: a fresh copy of the template, thrown away afterwards.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import override_settings

from config.routers import migrate_both
from tests.harness.copies import ALIASES, RUN, PostgresTemplates, SqliteTemplates
from tests.harness.fields import copied


@dataclass(frozen=True)
class RealDatabase:
    """One copy: the NAME of each database, and the environment that leads another process to it."""

    names: dict[str, str]
    env: dict[str, str]


Templates = SqliteTemplates | PostgresTemplates


def pytest_configure(config: pytest.Config) -> None:
    """Name this run once, in the process that starts the others."""
    os.environ.setdefault(RUN, uuid.uuid4().hex[:12])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses `db` gets both databases: an act that seals a value writes to both."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and not marker.kwargs.get("databases"):
            item.add_marker(pytest.mark.django_db(databases=list(ALIASES)), append=False)
        elif marker is None and "db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=list(ALIASES)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave a named server as it was: drop what this run created."""
    if hasattr(session.config, "workerinput") or not os.environ.get("TEST_DATABASE_URL", "").startswith(
        "postgres"
    ):
        return
    import psycopg

    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"vetting_{os.environ[RUN]}%"]
        ).fetchall()
        for (name,) in found:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def log_state(shared: Path, names: dict[str, str]) -> Path:
    """The folder of what the log of these databases keeps outside them."""
    return shared / f"log-{Path(names['default']).stem}"


@contextmanager
def pointed_at(names: dict[str, str], state: Path | None = None) -> Iterator[None]:
    """Let Django's connections, of this thread and of those it starts, lead to the databases `names`.

    `state`: what the log keeps outside them; a folder of their own beside the present one where it is not said.
    """
    state = state or log_state(Path(settings.LOG_STATE).parent, names)
    earlier = {alias: connections[alias].settings_dict["NAME"] for alias in names}
    connections.close_all()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
    cache.clear()
    try:
        with override_settings(LOG_STATE=state):
            yield
    finally:
        connections.close_all()
        for alias, name in earlier.items():
            connections[alias].settings_dict["NAME"] = name
        cache.clear()


@pytest.fixture(scope="session")
def templates(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Templates:
    """The migrated templates; built by whichever worker comes first, while the others wait."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own
    kind = PostgresTemplates if "postgresql" in settings.DATABASES["default"]["ENGINE"] else SqliteTemplates
    made = kind(shared, own)
    with (shared / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = shared / "templates.ready"
        if not ready.exists():
            if not made.recalled():
                with django_db_blocker.unblock():
                    migrate(made)
            ready.touch()
    return made


def migrate(made: Templates) -> None:
    """Make the templates, and leave them to the next run."""
    names = {}
    for alias in ALIASES:
        made.create_empty(alias)
        names[alias] = made.template(alias)
    with pointed_at(names, log_state(made.shared, names)), copied():
        migrate_both(verbosity=0)
    made.remember()


@contextmanager
def as_it_was(made: Templates, names: dict[str, str]) -> Iterator[dict[str, str]]:
    """A copy of the databases `names`, as they are, and of what their log keeps outside them; thrown away afterwards.

    The same state again and again, with real commits, without building it again.
    """
    state = log_state(made.own, names)
    connections.close_all()
    copies = {alias: made.again(name) for alias, name in names.items()}
    beside = log_state(made.own, copies)
    if state.exists():
        shutil.copytree(state, beside)
    try:
        with pointed_at(copies, beside):
            yield copies
    finally:
        for name in copies.values():
            made.drop(name)
        shutil.rmtree(beside, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    templates: Templates, django_db_blocker: Any, django_test_environment: None
) -> Iterator[None]:
    """In place of pytest-django's: this worker's own copy, used by every test that rolls back."""
    names = {alias: templates.copy(alias) for alias in ALIASES}
    with django_db_blocker.unblock(), pointed_at(names, log_state(templates.own, names)):
        yield
    for name in names.values():
        templates.drop(name)


@pytest.fixture
def real_db(
    templates: Templates,
    django_db_setup: None,
    django_db_blocker: Any,
    request: pytest.FixtureRequest,
) -> Iterator[RealDatabase]:
    """A fresh copy for this test alone: real commits, real threads, other processes. Not together with `db`."""
    if "db" in request.fixturenames:
        pytest.fail("A test uses either db or real_db.")
    names = {alias: templates.copy(alias) for alias in ALIASES}
    state = log_state(templates.own, names)
    env = {
        "TEST_DATABASE_URL": templates.address(names["default"]),
        "TEST_KEYSTORE_URL": templates.address(names["keystore"]),
        "TEST_LOG_STATE": str(state),
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
    }
    with django_db_blocker.unblock(), pointed_at(names, state):
        yield RealDatabase(names, env)
    for name in names.values():
        templates.drop(name)
