"""Migrated databases of both engines: where the templates are, and how a copy is made of one."""

from __future__ import annotations

import os
import shutil
import uuid
from functools import cached_property
from pathlib import Path

from tests.harness import migrated
from tests.harness.cluster import ran

ALIASES = ("default", "keystore")
RUN = "VETTING_TEST_RUN"
READ_IN = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")


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
        self.shared, self.own = shared, own
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
