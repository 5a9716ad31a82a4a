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
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import override_settings

from config.routers import migrate_both
from tests.harness import migrated
from tests.harness.cluster import ran

ALIASES = ("default", "keystore")
RUN = "VETTING_TEST_RUN"
READ_IN = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")


@dataclass(frozen=True)
class RealDatabase:
    """One copy: the NAME of each database, and the environment that leads another process to it."""

    names: dict[str, str]
    env: dict[str, str]


class SqliteTemplates:
    """Templates as files; a copy is a copied file."""

    def __init__(self, shared: Path, own: Path) -> None:
        self.shared, self.own = shared, own

    def template(self, alias: str) -> str:
        return str(self.shared / f"template-{alias}.sqlite3")

    def create_empty(self, alias: str) -> None:
        Path(self.template(alias)).unlink(missing_ok=True)

    def recalled(self) -> bool:
        """Whether an earlier run on the very same program left its templates, which are then these."""
        try:
            for alias in ALIASES:
                shutil.copyfile(migrated.of(alias), self.template(alias))
        except FileNotFoundError:
            return False
        return True

    def remember(self) -> None:
        """Leave the templates to the next run."""
        for alias in ALIASES:
            migrated.keep(alias, Path(self.template(alias)))

    def copy(self, alias: str) -> str:
        name = str(self.own / f"{alias}-{uuid.uuid4().hex}.sqlite3")
        shutil.copyfile(self.template(alias), name)
        return name

    def again(self, name: str) -> str:
        """Another copy of a database that nobody is connected to."""
        copy = str(self.own / f"again-{uuid.uuid4().hex}.sqlite3")
        shutil.copyfile(name, copy)
        return copy

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def address(self, name: str) -> str:
        return f"sqlite:///{name}"


class PostgresTemplates:
    """Templates as databases of the server that TEST_DATABASE_URL names; a copy is CREATE DATABASE … TEMPLATE."""

    def __init__(self, shared: Path, own: Path) -> None:
        self.own = own
        self.prefix = f"vetting_{os.environ[RUN]}"

    def run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
            server.execute(statement.encode())

    def template(self, alias: str) -> str:
        return f"{self.prefix}_{alias}"

    def create_empty(self, alias: str) -> None:
        self.run(f'CREATE DATABASE "{self.template(alias)}"')

    def recalled(self) -> bool:
        """Whether what pg_dump wrote of an earlier run's templates could be read in: they are then these."""
        files = {alias: self.kept(alias) for alias in ALIASES}
        if not all(file.exists() for file in files.values()):
            return False
        for alias, file in files.items():
            self.create_empty(alias)
            if not ran("psql", self.address(self.template(alias)), *READ_IN, f"--file={file}"):
                for each in ALIASES:
                    self.drop(self.template(each))
                return False
        return True

    def remember(self) -> None:
        """Leave the templates to the next run, as files: the server keeps nothing."""
        for alias in ALIASES:
            file = self.own / f"{alias}.sql"
            if self.written(alias, file):
                migrated.keep(alias, file, "postgresql", self._version())

    def written(self, alias: str, file: Path) -> bool:
        """Whether pg_dump is here and wrote the template to the file."""
        return ran("pg_dump", self.address(self.template(alias)), "--no-owner", f"--file={file}")

    def kept(self, alias: str) -> Path:
        """Where the next run looks for it."""
        return migrated.of(alias, "postgresql", self._version())

    def _version(self) -> str:
        return f"pg{self._server_version()}.sql"

    def _server_version(self) -> int:
        import psycopg

        with psycopg.connect(os.environ["TEST_DATABASE_URL"]) as server:
            return server.info.server_version

    def copy(self, alias: str) -> str:
        return self.again(self.template(alias))

    def again(self, name: str) -> str:
        """Another copy of a database that nobody is connected to."""
        copy = f"{self.prefix}_{uuid.uuid4().hex[:12]}"
        self.run(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"{self._as_files}')
        return copy

    @cached_property
    def _as_files(self) -> str:
        """A third of the time of writing the copy to the write-ahead log, which is usual since PostgreSQL 15."""
        return " STRATEGY FILE_COPY" if self._server_version() >= 150000 else ""

    def drop(self, name: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def address(self, name: str) -> str:
        from urllib.parse import urlsplit, urlunsplit

        return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))


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
                names = {}
                for alias in ALIASES:
                    made.create_empty(alias)
                    names[alias] = made.template(alias)
                with django_db_blocker.unblock(), pointed_at(names, log_state(shared, names)):
                    migrate_both(verbosity=0)
                made.remember()
            ready.touch()
    return made


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
