"""What the second run of `make test`, on PostgreSQL, takes: what can come out otherwise there, and a third of the rest.

The rest is pages, forms, words and rules: Python over the ORM, which the first run has met in whole. `SOAK=engine` of
`make soak` takes every test on PostgreSQL.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

DATABASES = {"db", "real_db", "live", "transactional_db", "seeded"}
WHOLE_ROOMS = {
    "audit": "triggers, sequences, who seals and the order of entries are written for each engine",
    "crypto": "the keystore is a database of its own, with locks and rows that both engines must hold",
    "house": "roles of the database, backups, jobs, leases and probes speak to the engine itself",
    "access": "the door's lists are SQL, and races are settled by the engine's locks",
}
WHOLE_FILES = {
    r"real_db|transactional_db": "real commits: locks, races, other processes",
    r"IntegrityError|DatabaseError|ProgrammingError|OperationalError|TamperAttempt": "what the database refuses",
    r"cursor\(|\bconnections?[.\[]|\braw_\w+\(|vendor": "SQL by hand, statements counted, an engine's own way",
    r"Thread|select_for_update": "several writers at once",
    r"ordning=|collat": "the order of rows, and letters that the engines sort",
    r"JSONField|__contains|__has_key": "how the engine keeps and searches structured values",
    r"migrat": "migrations",
}
"""What the text of a test says when it is about the engine → why."""
OF_THE_REST = 3
"""One test in so many: the first of each file, the fourth …"""


def left_to_the_first_run(items: list[pytest.Item]) -> list[pytest.Item]:
    """Those that this run leaves out: none in the first one, and none in `make soak`."""
    if not os.environ.get("OUTCOMES_FROM"):
        return []
    out, met = [], Counter[Path]()
    for item in items:
        if not _asks_a_database(item) or item.get_closest_marker("one_engine"):
            out.append(item)
        elif not why_whole(item.path):
            if met[item.path] % OF_THE_REST:
                out.append(item)
            met[item.path] += 1
    return out


@cache
def why_whole(path: Path) -> str:
    """Why every test of the file runs on both engines; empty where some of them stand for the rest."""
    room = path.relative_to(Path(__file__).parents[1]).parts[0]
    if room in WHOLE_ROOMS:
        return WHOLE_ROOMS[room]
    text = path.read_text(encoding="utf-8")
    return next((why for said, why in WHOLE_FILES.items() if re.search(said, text)), "")


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASES) or item.get_closest_marker("django_db") is not None
