"""Databases of a run: migrated once, copied for each size, thrown away at the end.

With BENCH_KEEP=folder what is seeded stays, and the next run with the same folder measures it: a hundred thousand
recruitments take longer to copy than to measure. What has been migrated since is migrated there too.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from config.routers import migrate_both
from tests.harness.databases import (
    ALIASES,
    RUN,
    PostgresTemplates,
    SqliteTemplates,
    as_it_was,
    log_state,
    pointed_at,
)

TOLD = int(os.environ.get("BENCH_TOLD", "1000"))
"""Recruitments that the demonstration tells whole."""
KEEP = os.environ.get("BENCH_KEEP", "")
"""Where seeded databases are kept, if anywhere."""


class Databases:
    """The templates of this run; SQLite unless TEST_DATABASE_URL names a PostgreSQL server."""

    def __init__(self, folder: Path) -> None:
        kind = PostgresTemplates if connection.vendor == "postgresql" else SqliteTemplates
        self.folder, self.templates = folder, kind(folder, folder)
        for alias in ALIASES:
            self.templates.create_empty(alias)
        with pointed_at({alias: self.templates.template(alias) for alias in ALIASES}, folder / "log"):
            migrate_both(verbosity=0)

    @contextmanager
    def empty(self) -> Iterator[None]:
        """A migrated database for the block."""
        names = {alias: self.templates.copy(alias) for alias in ALIASES}
        try:
            with pointed_at(names, log_state(self.folder, names)):
                yield
        finally:
            for name in names.values():
                self.templates.drop(name)

    @contextmanager
    def seeded(self, recruitments: int) -> Iterator[None]:
        """A demonstration of that many recruitments for the block; those past TOLD are copies of the others."""
        if not KEEP:
            with self.empty():
                _seed(recruitments)
                yield
            return
        folder = Path(KEEP) / f"{connection.vendor}-{recruitments}"
        known = folder / "names.json"
        is_new = not known.is_file()
        kept = type(self.templates)(self.folder, folder)
        if is_new:
            folder.mkdir(parents=True, exist_ok=True)
            names = {alias: kept.copy(alias) for alias in ALIASES}
        else:
            names = json.loads(known.read_text(encoding="utf-8"))
        if is_new:
            with pointed_at(names, log_state(folder, names)):
                _seed(recruitments)
            known.write_text(json.dumps(names), encoding="utf-8")
        # What is measured is a copy: what a run writes, and how often it has searched, is nothing to the next.
        with as_it_was(kept, names):
            migrate_both(verbosity=0)
            yield

    def drop(self) -> None:
        """Leave a named server as it was."""
        for alias in ALIASES:
            self.templates.drop(self.templates.template(alias))


def _seed(recruitments: int) -> None:
    sys.stderr.write(f"Seeding {recruitments} recruitments …\n")
    told = min(recruitments, TOLD)
    call_command("seed_demo", recruitments=told, stdout=sys.stderr, stderr=sys.stderr)
    if told < recruitments:
        from tests.benchmarks.copies import multiply

        multiply(recruitments)
    if connection.vendor == "postgresql":
        # What autovacuum does by itself in an installation.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@contextmanager
def databases() -> Iterator[Databases]:
    """The databases of one run."""
    os.environ.setdefault(RUN, uuid.uuid4().hex[:12])
    with tempfile.TemporaryDirectory() as folder:
        made = Databases(Path(folder))
        try:
            yield made
        finally:
            made.drop()
