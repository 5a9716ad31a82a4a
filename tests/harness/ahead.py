"""Migrates on PostgreSQL what the second run of `make test` begins with: `python -m tests.harness.ahead`.

Beside the first run, in which one worker waits at the beginning while the other migrates SQLite's. Where this comes to
nothing the second run does it itself.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import django


def main() -> None:
    """Leave the migrated databases as files, and nothing on the server. Raises what the server refuses."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    django.setup()
    from tests.harness.databases import ALIASES, RUN, PostgresTemplates, migrate

    os.environ[RUN] = f"ahead{uuid.uuid4().hex[:8]}"
    with TemporaryDirectory() as room:
        made = PostgresTemplates(Path(room), Path(room))
        if all(made.kept(alias).exists() for alias in ALIASES):
            return
        try:
            migrate(made)
        finally:
            for alias in ALIASES:
                made.drop(made.template(alias))


if __name__ == "__main__":
    main()
