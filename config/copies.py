"""Copies of a database, consistent while others write, by its engine's own means; and back into an empty one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

from audit import progress

# What libpq reads of an address's options from the environment: the password must not be seen among the processes.
OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class CopyError(Exception):
    """A copy could not be made or read; the message is one line for the operator."""


def make(alias: str, target: Path) -> None:
    """Write a copy of the database to a file that is not there yet, readable by its owner alone, whole or not at all.

    SQLite: a database file. PostgreSQL: pg_dump's custom format. Raises CopyError.
    """
    if target.exists():
        raise CopyError(f"{target} is there already: name a new file.")
    unfinished = target.with_name(f".{target.name}.part")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        if connections[alias].vendor == "sqlite":
            name = connections[alias].settings_dict["NAME"]
            with progress.growing(f"backup {alias}", unfinished, Path(name).stat().st_size):
                _copy_sqlite(name, unfinished)
        else:
            with progress.growing(f"backup {alias}", unfinished, None):
                _run(
                    "pg_dump",
                    alias,
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--file={unfinished}",
                )
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{target} could not be written: {error}.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def put_back(alias: str, source: Path) -> None:
    """Fill the empty database from a copy. Raises CopyError; on PostgreSQL nothing is then left of a half one."""
    if not source.is_file():
        raise CopyError(f"{source} is not there.")
    connection = connections[alias]
    if connection.introspection.table_names():
        raise CopyError(
            f"The database of {alias} is not empty: move it away, so that nothing is written over."
        )
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        try:
            with progress.growing(f"restore {alias}", Path(name), source.stat().st_size):
                _copy_sqlite(source, Path(name))
        except sqlite3.Error as error:
            raise CopyError(f"{source} could not be put back: {error}.") from None
    else:
        arguments = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", alias, *arguments, f"--dbname={connection.settings_dict['NAME']}", str(source))
        connection.close()


def _copy_sqlite(source: str | Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{Path(source).absolute().as_uri()}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        # One file, without a log beside it.
        written.execute("PRAGMA journal_mode=DELETE")


def _run(program: str, alias: str, *arguments: str) -> None:
    try:
        ran = subprocess.run(
            [program, *arguments],
            env=os.environ | _libpq(connections[alias].settings_dict),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise CopyError(f"{program} is missing: install PostgreSQL's client programs.") from None
    if ran.returncode:
        raise CopyError(f"{program}: {(ran.stderr.strip() or 'failed').splitlines()[0]}")


def _libpq(settings: Mapping[str, Any]) -> dict[str, str]:
    """How libpq is told of the database, by its environment."""
    told = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
    }
    told |= {OPTIONS[name]: str(value) for name, value in settings["OPTIONS"].items() if name in OPTIONS}
    return {name: value for name, value in told.items() if value}
